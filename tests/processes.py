"""claimbot as real processes that start at once: forked from a parent that has imported everything already.

A forked process has its own id, files, environment and working folder, and is ended by signals like any other; only
the seconds of importing are saved. What the interpreter's start itself does is tested elsewhere (`test_cli.py`).
One parent serves all workers of a test run. What a test starts is measured where the test is.
"""

import asyncio
import atexit
import json
import logging
import os
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import httpx
from coverage import Coverage

from tests.shared import Run, ready

_MOST = 1 << 20


@dataclass(eq=False)
class Process:
    """A running process. `code` is its exit code once it ended, negative for a signal."""

    pid: int
    _line: socket.socket
    code: int | None = field(default=None)

    def poll(self) -> int | None:
        """The exit code, None while it runs."""
        return self._ended(0)

    def wait(self, seconds: float = 30) -> int:
        """The exit code. Raises TimeoutError where it still runs after so many seconds."""
        code = self._ended(seconds)
        if code is None:
            raise TimeoutError(f"process {self.pid} still runs after {seconds} s")
        return code

    def _ended(self, seconds: float) -> int | None:
        if self.code is None:
            self._line.settimeout(seconds or 0.001)
            with suppress(TimeoutError, BlockingIOError):
                self.code = int(self._line.recv(20) or b"-9")
                self._line.close()
        return self.code

    def signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """kill -9, and wait until it is gone."""
        self.signal(signal.SIGKILL)
        self.wait()


@dataclass(frozen=True)
class Finished:
    """What a process that ended has left."""

    code: int
    stdout: str
    stderr: str


class Forks:
    """Asks the parent that listens at an address for processes."""

    def __init__(self, address: Path) -> None:
        self._address = str(address)

    def start(
        self,
        arguments: Sequence[str] = (),
        *,
        folder: Path,
        env: Mapping[str, str] | None = None,
        code: str | None = None,
        stdin: BinaryIO | None = None,
        out: BinaryIO | None = None,
        err: BinaryIO | None = None,
    ) -> Process:
        """Start `claimbot ARGUMENTS…`, or Python `code` with the arguments, in a folder."""
        order = {
            "arguments": list(arguments), "folder": str(folder), "env": dict(env or {}), "code": code,
            "measured": Coverage.current() is not None,
        }  # fmt: skip
        line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        line.connect(self._address)
        with open(os.devnull, "r+b") as nothing:  # noqa: PTH123 -- a device
            files = [(one or nothing).fileno() for one in (stdin, out, err)]
            socket.send_fds(line, [json.dumps(order).encode()], files)
        return Process(int(line.recv(20)), line)

    def run(
        self,
        arguments: Sequence[str] = (),
        *,
        folder: Path,
        env: Mapping[str, str] | None = None,
        code: str | None = None,
        stdin: bytes = b"",
        seconds: float = 60,
    ) -> Finished:
        """Start and wait for the end."""
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            given.write(stdin)
            given.seek(0)
            process = self.start(arguments, folder=folder, env=env, code=code, stdin=given, out=out, err=err)
            try:
                ended = process.wait(seconds)
            finally:
                process.kill()
            out.seek(0)
            err.seek(0)
            return Finished(ended, out.read().decode("utf-8", "replace"), err.read().decode("utf-8", "replace"))


def _serve(address: Path) -> None:
    """Fork a process for each order that comes in, and tell of its end."""
    run = Run(address.parent)
    tempfile.tempdir = str(address.parent)
    _warm_up()
    if coverage := Coverage.current():
        coverage.save()
    door = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    door.bind(str(address))
    door.listen(64)
    door.settimeout(0.02)
    running: dict[int, socket.socket] = {}
    ready()
    while not run.ended():
        with suppress(TimeoutError):
            line, _ = door.accept()
            message, files, _, _ = socket.recv_fds(line, _MOST, 3)
            child = os.fork()
            if child == 0:
                run.leave()
                door.close()
                for other in (*running.values(), line):
                    other.close()
                _become(json.loads(message), files)
            for file in files:
                os.close(file)
            line.send(str(child).encode())
            running[child] = line
        for child, line in list(running.items()):
            if os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                _, status = os.waitpid(child, 0)
                with suppress(OSError):
                    line.send(str(os.waitstatus_to_exitcode(status)).encode())
                line.close()
                del running[child]
    for child in running:
        os.kill(child, signal.SIGKILL)


def _become(order: dict[str, Any], files: list[int]) -> None:
    """The forked process: another folder, environment, input and output; never comes back."""
    for target, file in enumerate(files):
        os.dup2(file, target)
        os.close(file)
    os.chdir(order["folder"])
    measured = {name: value for name, value in os.environ.items() if name.startswith("COV") and order["measured"]}
    os.environ.clear()
    os.environ.update({"PATH": "/usr/bin:/bin", "HOME": order["folder"], **measured, **order["env"]})
    if not order["measured"] and (coverage := Coverage.current()):
        coverage.stop()
    time.tzset()
    sys.stdin = open(0, encoding="utf-8")  # noqa: SIM115 -- the process's own
    sys.stdout = open(1, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", buffering=1)  # noqa: SIM115
    sys.argv = ["claimbot", *order["arguments"]]
    os._exit(_outcome(order["code"]))  # taking the big interpreter down properly would take a second


def _outcome(code: str | None) -> int:
    """Run the program to its end; gives the exit code. Then all is done that an interpreter does before it ends."""
    outcome: object = 0
    try:
        if code is None:
            from bot.cli import main

            main()
        else:
            exec(code, {"__name__": "__main__"})
    except SystemExit as end:
        outcome = end.code
    except BaseException as error:
        sys.excepthook(type(error), error, error.__traceback__)
        outcome = 1
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(ValueError, OSError):
            stream.flush()
    return outcome if isinstance(outcome, int) else int(outcome is not None)


def _warm_up() -> None:
    """Import what any command needs, and load the data of languages, by playing the demo; and go through what else is
    the same at each start."""
    import alembic.command
    import psycopg
    import trafilatura
    import typer.main

    import bot.demo
    import bot.telegram.app
    from bot.cli import app
    from bot.telegram.polling import certificates
    from bot.warm import warm

    used = (alembic.command, psycopg, trafilatura, bot.telegram.app)
    logging.getLogger(__name__).debug("imported: %s", used)
    typer.main.get_command(app)
    bot.demo.play(lambda line: None, None, "en")
    asyncio.run(_ask_nobody())
    certificates()
    warm()


async def _ask_nobody() -> None:
    """What speaks HTTP is imported when it is first used."""
    async with httpx.AsyncClient() as client:
        with suppress(httpx.TransportError):
            await client.get("http://127.0.0.1:9")


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
