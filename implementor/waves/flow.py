"""Flow: how many stories stood where on each day, how long they took, how old is what is under way; read from facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import groupby
from math import ceil

from implementor.stories.statuses import FINISHED, OVER

UNDER_WAY = ("doing", "review")
BANDS = ("finished", "review", "doing", "planned")
"""The bands of a cumulative flow, from the bottom; what is not planned yet is no work of a wave."""


@dataclass(frozen=True)
class Move:
    """A story came from one status into another at a moment; None for "not there"."""

    story_id: int
    before: str | None
    after: str | None
    at: datetime


@dataclass(frozen=True)
class Cycle:
    """A finished story: the days of its beginning and of its end, both counted in `days`."""

    story_id: int
    began: date
    finished: date

    @property
    def days(self) -> int:
        """Calendar days from the first in progress to the one it was finished on; at least 1."""
        return (self.finished - self.began).days + 1


@dataclass(frozen=True)
class Age:
    """A story under way: the status it is in, since when it is under way, and how many days that is."""

    story_id: int
    status: str
    began: date
    days: int


def band_of(status: str | None) -> str | None:
    """The band of a status; None where it belongs to none."""
    if status in FINISHED:
        return "finished"
    return status if status in BANDS else None


def cumulative_flow(
    moves: Sequence[Move], present: Mapping[str, int], *, first: date, last: date, zone: tzinfo
) -> list[tuple[date, dict[str, int]]]:
    """How many stories stood in each band at the end of each day, from what stands there now (`present`, by status).

    `moves` are all those since the beginning of `first`, up to now, in any order.
    """
    now = dict.fromkeys(BANDS, 0)
    for status, count in present.items():
        band = band_of(status)
        if band is not None:
            now[band] += count
    changes: dict[date, list[Move]] = {}
    for move in moves:
        changes.setdefault(move.at.astimezone(zone).date(), []).append(move)
    days, day = [], max([last, *changes])
    while day >= first:
        if day <= last:
            days.append((day, dict(now)))
        for move in changes.get(day, ()):
            _take_back(now, move)
        day -= timedelta(days=1)
    return days[::-1]


def _take_back(now: dict[str, int], move: Move) -> None:
    before, after = band_of(move.before), band_of(move.after)
    if after is not None:
        now[after] -= 1
    if before is not None:
        now[before] += 1


def lives(moves: Iterable[Move]) -> dict[int, list[Move]]:
    """The moves of each story in the order of time; `moves` come in that order."""
    ordered = sorted(moves, key=lambda move: move.story_id)
    return {story_id: list(group) for story_id, group in groupby(ordered, key=lambda move: move.story_id)}


def cycle_of(life: Sequence[Move], zone: tzinfo) -> Cycle | None:
    """How long a story took from its first day in progress to the day it was finished for good; None where it was not.

    A story that was never in progress took the one day on which it was finished.
    """
    if not life or life[-1].after not in FINISHED:
        return None
    ended = next(move for move in reversed(life) if move.before not in FINISHED)
    began = next((move for move in life if move.after in UNDER_WAY), ended)
    finished = ended.at.astimezone(zone).date()
    return Cycle(ended.story_id, min(began.at.astimezone(zone).date(), finished), finished)


def age_of(life: Sequence[Move], *, today: date, zone: tzinfo) -> Age | None:
    """How long a story has been under way; None where it is not."""
    if not life or life[-1].after not in UNDER_WAY:
        return None
    began = next(move for move in life if move.after in UNDER_WAY).at.astimezone(zone).date()
    return Age(life[-1].story_id, str(life[-1].after), began, (today - began).days + 1)


def time_in_status(life: Sequence[Move], *, at: datetime) -> dict[str, float]:
    """Days that a story spent in each status, up to its end or `at`; times before its first move are not known."""
    spent: dict[str, float] = {}
    for move, following in zip(life, [*life[1:], None], strict=True):
        if move.after is None or move.after in OVER:
            continue
        until = following.at if following is not None else at
        spent[move.after] = spent.get(move.after, 0.0) + (until - move.at).total_seconds() / 86400
    return spent


def percentile(values: Sequence[float], share: int) -> float | None:
    """The smallest value that at least `share` per cent of all do not exceed (nearest rank); None of none."""
    if not values:
        return None
    return sorted(values)[max(ceil(len(values) * share / 100), 1) - 1]
