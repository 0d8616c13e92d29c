"""claimbot as real processes that start at once: forked from a parent that has imported everything already.

A forked process has its own id, files, environment and working folder, and is ended by signals like any other; only
the seconds of importing are saved. What the interpreter's start itself does is tested elsewhere (`test_cli.py`).
"""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

ROOT = Path(__file__).parent.parent
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
    """The parent of the processes; use as a context manager."""

    def __enter__(self) -> "Forks":
        self._folder = tempfile.TemporaryDirectory(prefix="forks", dir="/tmp")
        self._path = f"{self._folder.name}/line"
        ready, told = os.pipe()
        self._parent = subprocess.Popen(
            [sys.executable, "-m", "tests.processes", self._path, str(told)], cwd=ROOT, pass_fds=[told]
        )
        os.close(told)
        with os.fdopen(ready, "rb") as pipe:
            assert pipe.read(1) == b"+", "the parent of the processes did not start"
        return self

    def __exit__(self, *_: object) -> None:
        self._parent.terminate()
        self._parent.wait()
        self._folder.cleanup()

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
        order = {"arguments": list(arguments), "folder": str(folder), "env": dict(env or {}), "code": code}
        line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        line.connect(self._path)
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


def _serve(path: str, told: int) -> None:
    """Fork a process for each order that comes in, and tell of its end."""
    _warm_up()
    door = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    door.bind(path)
    door.listen(64)
    door.settimeout(0.02)
    running: dict[int, socket.socket] = {}
    os.write(told, b"+")
    os.close(told)
    while os.getppid() != 1:
        with suppress(TimeoutError):
            line, _ = door.accept()
            message, files, _, _ = socket.recv_fds(line, _MOST, 3)
            child = os.fork()
            if child == 0:
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


def _become(order: dict[str, Any], files: list[int]) -> None:
    """The forked process: another folder, environment, input and output; never comes back."""
    for target, file in enumerate(files):
        os.dup2(file, target)
        os.close(file)
    os.chdir(order["folder"])
    measured = {name: value for name, value in os.environ.items() if name.startswith("COV")}
    os.environ.clear()
    os.environ.update({"PATH": "/usr/bin:/bin", "HOME": order["folder"], **measured, **order["env"]})
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
    """Import what any command needs, and load the language data."""
    import logging

    import alembic.command
    import psycopg
    import trafilatura

    import bot.cli
    import bot.demo
    import bot.telegram.app
    from bot.warm import warm

    used = (alembic.command, psycopg, trafilatura, bot.cli, bot.demo, bot.telegram.app)
    logging.getLogger(__name__).debug("imported: %s", used)
    warm()


if __name__ == "__main__":
    _serve(sys.argv[1], int(sys.argv[2]))
