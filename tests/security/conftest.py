"""The fixture `walker`: the world in the test's database, copied from one that each worker builds once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from implementor.web.database import sqlite_driver
from tests.security.walking import Walker
from tests.security.world import World, build_world


class Copies:
    """The SQLite database of the world as it was built, to be put back after every change."""

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


@pytest.fixture(scope="session")
def copies() -> Iterator[Copies]:
    """One per worker."""
    made = Copies()
    yield made
    if made.kept is not None:
        made.kept.close()


@pytest.fixture
def walker(app: Flask, workshop: Any, database_kind: str, copies: Copies) -> Walker:
    """Somebody who can send requests as any actor of the world."""
    if database_kind != "sqlite":
        return Walker(app, build_world(app))
    stored = workshop.databases["sqlite"]
    if copies.world is None:
        copies.keep(stored.file, build_world(app))
    else:
        copies.put_back(stored.file)
        workshop.watch.written.add(str(stored.file))
    assert copies.world is not None
    return Walker(app, copies.world)


@pytest.fixture
def put_back(walker: Walker, workshop: Any, copies: Copies) -> Callable[[], None]:
    """Undo whatever was changed since the test began."""
    file = workshop.databases["sqlite"].file
    return lambda: copies.put_back(file)
