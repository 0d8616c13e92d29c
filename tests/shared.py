"""What the workers of a test run have in common: made by the first that needs it, gone when the run ends.

Processes accompany a run as long as it holds a lock: they end with it, however it ends.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parent.parent


class Shared:
    """The folder of one run. Its path is short: that of a socket may not be longer than 107 characters."""

    def __init__(self, folder: str | None = None) -> None:
        """A new folder, of a run that begins in this process; or that of a run, for one of its workers."""
        self.folder = Path(folder or tempfile.mkdtemp(prefix="tests", dir="/tmp"))
        self._run = None if folder else _locked(self.folder / "run", fcntl.LOCK_EX)
        self._companions: list[subprocess.Popen[bytes]] = []

    def once(self, name: str, make: Callable[[Path], None]) -> Path:
        """The path of that name in the folder, once `make` has been there: the first time that any worker asks. Where
        that raised, the next one tries again."""
        path, made = self.folder / name, self.folder / f"{name}.made"
        with _locked(self.folder / f"{name}.lock", fcntl.LOCK_EX):
            if not made.exists():
                make(path)
                made.touch()
        return path

    def accompanied(self, name: str, module: str) -> Path:
        """The path that `python -m MODULE PATH` serves in the background; it says when it is ready."""

        def begin(path: Path) -> None:
            companion = subprocess.Popen(
                [sys.executable, "-m", module, str(path)], cwd=ROOT, stdout=subprocess.PIPE,
                start_new_session=True,
            )  # fmt: skip
            self._companions.append(companion)
            assert companion.stdout
            with companion.stdout as pipe:
                assert pipe.read(1), f"{module} did not start"

        return self.once(name, begin)

    def end(self) -> None:
        """End the run: wait until those are gone that accompany it, and remove all."""
        assert self._run
        self._run.close()
        with _locked(self.folder / "companions", fcntl.LOCK_EX):
            shutil.rmtree(self.folder)


class Run:
    """The run that this process accompanies, by its folder."""

    def __init__(self, folder: Path) -> None:
        self._here, self._run = _locked(folder / "companions", fcntl.LOCK_SH), (folder / "run").open()

    def ended(self) -> bool:
        """Whether it is over."""
        try:
            fcntl.flock(self._run, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def leave(self) -> None:
        """Accompany it no longer."""
        self._here.close()
        self._run.close()


def ready() -> None:
    """Tell whoever started this process that it serves now."""
    os.write(1, b"+")


def _locked(path: Path, how: int) -> IO[str]:
    file = path.open("w")
    fcntl.flock(file, how)
    return file
