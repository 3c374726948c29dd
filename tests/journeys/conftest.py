"""The fixture `filled`: the demo world, built once for all workers that walk through it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.journeys.world import World
from tests.machinery.copies import Copies


@pytest.fixture(scope="session")
def filled() -> Iterator[Copies[World]]:
    """One per worker."""
    made = Copies[World]()
    yield made
    made.close()
