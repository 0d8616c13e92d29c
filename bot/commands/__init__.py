"""The commands of `claimbot`, a file a topic; `bot.cli` puts them together."""
