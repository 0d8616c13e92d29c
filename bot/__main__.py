"""`python -m bot` is `claimbot`."""

from bot.cli import main

main()
