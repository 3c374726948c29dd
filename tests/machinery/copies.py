"""SQLite databases that take long to fill: one worker fills one for the run, and tests begin with its content."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Generic, TypeVar

from implementor.web.database import sqlite_driver
from tests.machinery.emptying import shape_of
from tests.machinery.runs import run

World = TypeVar("World")
STORED = ("files", "imports")
"""Folders in which the application keeps what people attach and import."""


class Copies(Generic[World]):
    """A database as it was when filled, to be put back after every change, with what is known about it."""

    def __init__(self) -> None:
        self.world: World | None = None
        self.kept: Any = None
        self.shape = -1

    def keep(self, file: Path, world: World) -> None:
        """Remember the file's content."""
        self.kept, self.world = sqlite_driver().connect(":memory:"), world
        _copy(file, self.kept)

    def put_back(self, file: Path) -> None:
        """Make the file what it was; whoever is connected need not read its schema again where that did not change."""
        with closing(sqlite_driver().connect(file)) as target:
            before = shape_of(target)
            self.kept.backup(target)
            if before == self.shape:
                target.execute(f"PRAGMA schema_version = {before}")  # a copy counts as a change
            self.shape = shape_of(target)

    def open(self, workshop: Any, name: str, fill: Callable[[], World]) -> World:
        """Bring the worker's SQLite database to the state of this name; who is first in the run calls the function.

        The files that it stores are shared too. What it returns must be plain values.
        """
        stored = workshop.databases["sqlite"]
        if self.world is None:
            filled = run.file(name, lambda draft: _fill(draft, stored.file, workshop.folder, fill))
            self.keep(filled / "database", pickle.loads((filled / "world").read_bytes()))  # noqa: S301  # of this run
            _share(filled, workshop.folder)
        self.put_back(stored.file)
        workshop.watch.written.add(str(stored.file))
        assert self.world is not None
        return self.world

    def close(self) -> None:
        """Let the memory go."""
        if self.kept is not None:
            self.kept.close()


def _fill(draft: Path, database: Path, folder: Path, fill: Callable[[], World]) -> None:
    world = fill()
    draft.mkdir()
    (draft / "world").write_bytes(pickle.dumps(world))
    with closing(sqlite_driver().connect(draft / "database")) as target:
        _copy(database, target)
    _share(folder, draft)


def _share(source: Path, target: Path) -> None:
    for name in STORED:
        if (source / name).exists():
            shutil.copytree(source / name, target / name, dirs_exist_ok=True)


def _copy(file: Path, target: Any) -> None:
    with closing(sqlite_driver().connect(file)) as source:
        source.backup(target)
