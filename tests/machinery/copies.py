"""SQLite databases that take long to fill: each worker fills one once, and tests begin with its content."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Generic, TypeVar

from implementor.web.database import sqlite_driver

World = TypeVar("World")


class Copies(Generic[World]):
    """A database as it was when filled, to be put back after every change, with what is known about it."""

    def __init__(self) -> None:
        self.world: World | None = None
        self.kept: Any = None

    def keep(self, file: Path, world: World) -> None:
        """Remember the file's content."""
        self.kept, self.world = sqlite_driver().connect(":memory:"), world
        with closing(sqlite_driver().connect(file)) as source:
            source.backup(self.kept)

    def put_back(self, file: Path) -> None:
        """Make the file what it was."""
        with closing(sqlite_driver().connect(file)) as target:
            self.kept.backup(target)

    def open(self, workshop: Any, fill: Callable[[], World]) -> World:
        """Fill the worker's SQLite database, by the function the first time and from the copy afterwards."""
        stored = workshop.databases["sqlite"]
        if self.world is None:
            self.keep(stored.file, fill())
        else:
            self.put_back(stored.file)
            workshop.watch.written.add(str(stored.file))
        assert self.world is not None
        return self.world

    def close(self) -> None:
        """Let the memory go."""
        if self.kept is not None:
            self.kept.close()
