"""The weeks after going live by what people ask: how many of each kind, and whether it has become calm."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = 7  # days
WAITS_LONG = 5  # days
MOST_WEEKS = 26
_WORD = re.compile(r"\w{5,}")


@dataclass(frozen=True)
class Asked:
    """A request: its first line, kind, priority, the day on which it came, and whether it is to be taken up still."""

    name: str
    kind: str
    priority: str
    on: date
    is_open: bool


@dataclass(frozen=True)
class Week:
    """A week since going live: its days, and requests by kind."""

    first: date
    last: date
    counts: Counter[str]


@dataclass(frozen=True)
class Calm:
    """What has to hold before the weeks of special care end; each with the number that speaks against it."""

    urgent_faults: int
    waiting_long: int
    how_to_now: int
    how_to_before: int

    @property
    def is_easing(self) -> bool:
        """Whether people ask less how things are done than the week before, or not at all."""
        return self.how_to_now == 0 or self.how_to_now < self.how_to_before

    @property
    def is_calm(self) -> bool:
        """Whether all of it holds."""
        return not self.urgent_faults and not self.waiting_long and self.is_easing


def weeks_of(asked: Iterable[Asked], live_on: date, today: date) -> list[Week]:
    """Week by week from the day of going live until today, the last one perhaps not over; at most half a year."""
    by_week: dict[int, Counter[str]] = {}
    for one in asked:
        if live_on <= one.on <= today:
            by_week.setdefault((one.on - live_on).days // WEEK, Counter())[one.kind] += 1
    count = min((today - live_on).days // WEEK + 1, MOST_WEEKS) if today >= live_on else 0
    return [
        Week(live_on + timedelta(days=place * WEEK), min(live_on + timedelta(days=place * WEEK + 6), today),
             by_week.get(place, Counter()))
        for place in range(count)
    ]  # fmt: skip


def calm_of(asked: Sequence[Asked], today: date) -> Calm:
    """What speaks against calm: open urgent faults, requests that wait longer than five days, and how-to by weeks."""
    how_to = [(today - one.on).days for one in asked if one.kind == "how_to"]
    return Calm(
        sum(one.is_open and one.kind == "fault" and one.priority == "urgent" for one in asked),
        sum(one.is_open and (today - one.on).days > WAITS_LONG for one in asked),
        sum(0 <= days < WEEK for days in how_to),
        sum(WEEK <= days < 2 * WEEK for days in how_to),
    )


def asked_about(topic: str, asked: Iterable[Asked]) -> int:
    """How many people asked how something is done in words of a topic; words of five letters and more."""
    words = set(_WORD.findall(topic.casefold()))
    return sum(one.kind == "how_to" and bool(words & set(_WORD.findall(one.name.casefold()))) for one in asked)
