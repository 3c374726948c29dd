"""The fixture `walker`: the world in the test's database, copied from one that is built once for all workers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from tests.machinery.copies import Copies
from tests.security.walking import Walker
from tests.security.world import World, build_world


@pytest.fixture(scope="session")
def copies() -> Iterator[Copies[World]]:
    """One per worker."""
    made = Copies[World]()
    yield made
    made.close()


@pytest.fixture
def walker(app: Flask, workshop: Any, database_kind: str, copies: Copies[World]) -> Walker:
    """Somebody who can send requests as any actor of the world."""
    if database_kind != "sqlite":
        return Walker(app, build_world(app))
    return Walker(app, copies.open(workshop, "walks", lambda: build_world(app)))


@pytest.fixture
def put_back(walker: Walker, workshop: Any, copies: Copies[World]) -> Callable[[], None]:
    """Undo whatever was changed since the test began."""
    file = workshop.databases["sqlite"].file
    return lambda: copies.put_back(file)
