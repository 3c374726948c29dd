"""What the workers of one run share: a folder, files that one of them makes for all, and being the first to look."""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.machinery.memory import in_memory

ROOM = 512 * 1024**2  # bytes


class Run:
    """The shared folder of a run; the process that opened it takes it away."""

    def __init__(self) -> None:
        self.folder: Path | None = None

    def open(self) -> None:
        """Make the folder."""
        self.folder = Path(tempfile.mkdtemp(prefix="implementor-run-", dir=in_memory(ROOM)))

    def join(self, folder: str) -> None:
        """Use the folder that another process opened."""
        self.folder = Path(folder)

    def close(self) -> None:
        """Take the folder away."""
        if self.folder is not None:
            shutil.rmtree(self.folder)
            self.folder = None

    def file(self, name: str, make: Callable[[Path], None]) -> Path:
        """A file that the first who asks makes, while the others wait."""
        assert self.folder is not None
        target = self.folder / name
        with (self.folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not target.exists():
                draft = self.folder / f"{name}.draft"
                make(draft)
                draft.rename(target)
        return target

    def is_first(self, what: str) -> bool:
        """Whether nobody in this run asked for this before."""
        assert self.folder is not None
        looked = self.folder / "looked"
        looked.mkdir(exist_ok=True)
        try:
            os.close(os.open(looked / hashlib.sha256(what.encode()).hexdigest(), os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return False
        return True


run = Run()
