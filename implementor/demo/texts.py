"""The words of the demo world: its stories, and the sentences from which their details are made."""

from __future__ import annotations

import csv
import random
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class StoryText:
    """One story as it is told; `wave` is empty for the backlog."""

    project: str
    wave: str
    type: str
    area: str
    language: str
    as_a: str
    title: str
    so_that: str

    @property
    def what(self) -> str:
        """The title in the middle of a sentence."""
        return self.title[0].lower() + self.title[1:]


@cache
def stories() -> tuple[StoryText, ...]:
    """Every story of the world, in the order in which they came up."""
    with (FOLDER / "stories.csv").open(encoding="utf-8", newline="") as file:
        return tuple(StoryText(**row) for row in csv.DictReader(file, delimiter="|"))


@cache
def phrases() -> dict[str, dict[str, Any]]:
    """Sentences by language and purpose."""
    return tomllib.loads((FOLDER / "phrases.toml").read_text(encoding="utf-8"))


def one_of(rng: random.Random, language: str, purpose: str, **inserted: str) -> str:
    """A sentence for a purpose."""
    return str(rng.choice(phrases()[language][purpose])).format(**inserted)


def some_of(rng: random.Random, language: str, purpose: str, count: int, **inserted: str) -> list[str]:
    """Different sentences for a purpose."""
    return [str(one).format(**inserted) for one in rng.sample(phrases()[language][purpose], count)]
