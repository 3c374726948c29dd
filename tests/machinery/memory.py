"""Where files of a test run lie: in memory where there is room, since nobody needs them after the run."""

import shutil
from pathlib import Path

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108  # whoever puts something there makes a private folder in it


def in_memory(room: int) -> Path | None:
    """The folder in memory if at least `room` bytes of it are free; None means the usual folder for such files."""
    if SHARED_MEMORY.is_dir() and shutil.disk_usage(SHARED_MEMORY).free > room:
        return SHARED_MEMORY
    return None
