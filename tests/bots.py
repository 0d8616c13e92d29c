"""The bot as a process beside a Bot API server: started, stopped, killed, and spoilt on purpose."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.processes import Forks, Process
from tests.telegram_server import TOKEN, TelegramServer

ADMIN = 7
SECRET = TOKEN.partition(":")[2]


@dataclass
class Bots:
    """Starts bots for one server, one database and one folder, where they log at DEBUG."""

    forks: Forks
    server: TelegramServer
    url: str
    folder: Path

    @property
    def log(self) -> str:
        """All that they have logged."""
        file = self.folder / "log"
        return file.read_text("utf-8") if file.exists() else ""

    def start(self, *, spoilt: str = "", **settings: str) -> Process:
        """A bot that runs until it ends, or is ended. `spoilt` is Python code to be run in it before it starts."""
        env = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": self.server.base_url,
            "TELEGRAM_FILE_URL": self.server.file_url,
            "DATABASE_URL": self.url,
            "ADMIN_IDS": str(ADMIN),
            "LOG_LEVEL": "DEBUG",
            "GATHER_SECONDS": "0.5",
            **settings,
        }
        code = f"{spoilt}\nfrom bot.cli import main\nmain()" if spoilt else None
        with (self.folder / "log").open("ab") as out:
            return self.forks.start(["run"], folder=self.folder, env=env, code=code, out=out, err=out)

    @contextmanager
    def running(self, *, spoilt: str = "", **settings: str) -> Iterator[Process]:
        """A bot that runs until the block ends, then stops by itself on SIGTERM; the token is in no line it logged."""
        process = self.start(spoilt=spoilt, **settings)
        try:
            yield process
            process.signal(signal.SIGTERM)
            assert process.wait(30) == 0
            assert SECRET not in self.log
        except BaseException:
            print(self.log)  # what a failed test is told by
            raise
        finally:
            process.kill()

    def once(self, **settings: str) -> tuple[int, str]:
        """Run a bot that cannot start; gives its exit code and what it said."""
        file = self.folder / "once"
        with file.open("wb") as out:
            env = {"TELEGRAM_API_URL": self.server.base_url, "DATABASE_URL": self.url, "TELEGRAM_BOT_TOKEN": TOKEN}
            process = self.forks.start(
                ["run"], folder=self.folder, env={**env, "LOG_LEVEL": "ERROR", **settings}, out=out, err=out
            )
        return process.wait(60), file.read_text("utf-8")


#: lets the database do what a file, that the test makes and removes, names: "full" or "readonly"
SPOILT_DISK = """
import pathlib
from sqlalchemy import Engine, event

@event.listens_for(Engine, "before_cursor_execute")
def spoil(connection, cursor, statement, *rest):
    if connection.dialect.name == "sqlite" and statement.startswith(("INSERT", "UPDATE", "DELETE")):
        what = pathlib.Path("disk").read_text() if pathlib.Path("disk").exists() else ""
        pragmas = connection.connection.cursor()
        pragmas.execute(f"PRAGMA max_page_count = {1 if what == 'full' else 1 << 30}")
        pragmas.execute(f"PRAGMA query_only = {int(what == 'readonly')}")
"""
#: the first two questions raise in the middle of being answered
SPOILT_HANDLER = """
from bot.service import Service
left, ask = 2, Service.ask_in_chat

def spoilt(*arguments, **more):
    global left
    left -= 1
    if left >= 0:
        raise ZeroDivisionError("spoilt on purpose")
    return ask(*arguments, **more)

Service.ask_in_chat = spoilt
"""
