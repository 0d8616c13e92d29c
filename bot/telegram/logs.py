"""Logs without the token: it is taken out of every line, whoever wrote it and at whatever level."""

import logging
import sys


class Redacting(logging.Formatter):
    """Formats a record, traceback included, and then hides the secrets in it."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        """The line, without secrets."""
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, "…")
        return line


def set_up(level: str, *secrets: str) -> None:
    """Log to stderr at a level, without the secrets; the libraries that write addresses only from WARNING on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redacting(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    # what nobody caught would print the addresses that it met, token included
    sys.excepthook = lambda *error: logging.getLogger("claimbot").critical("the bot ends", exc_info=error)
    for name in ("httpx", "httpcore", "apscheduler", "telegram.ext", "trafilatura", "htmldate", "tornado"):
        logging.getLogger(name).setLevel(logging.WARNING)
