"""The weeks after going live by what people ask: how many of each kind, and whether it has become calm."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile

from implementor.foundation.text import folded

WEEK = 7  # days
WAITS_LONG = 5  # days
MOST_WEEKS = 26
SHORTEST_STEM = 5  # letters
MOST_ENDING = 3  # letters
_WORD = re.compile(rf"\w{{{SHORTEST_STEM},}}")


@dataclass(frozen=True)
class Asked:
    """A request: its first line, kind, priority, the day on which it came, whether it is open still, and its area."""

    name: str
    kind: str
    priority: str
    on: date
    is_open: bool
    area_id: int | None = None
    area: str | None = None


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
    """Week by week from the day of going live until today, the last one perhaps not over; its last half year."""
    by_week: dict[int, Counter[str]] = {}
    for one in asked:
        if live_on <= one.on <= today:
            by_week.setdefault((one.on - live_on).days // WEEK, Counter())[one.kind] += 1
    count = (today - live_on).days // WEEK + 1 if today >= live_on else 0
    return [
        Week(live_on + timedelta(days=place * WEEK), min(live_on + timedelta(days=place * WEEK + 6), today),
             by_week.get(place, Counter()))
        for place in range(max(count - MOST_WEEKS, 0), count)
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
    """How many requests ask how something is done in words of a topic, whatever their accents and endings."""
    words = _words(topic)
    return sum(
        one.kind == "how_to" and any(is_same_word(word, other) for word in words for other in _words(one.name))
        for one in asked
    )


def is_same_word(one: str, other: str) -> bool:
    """Whether words begin alike for five letters or more and differ in endings of up to three: quote and quotes."""
    alike = sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return alike >= SHORTEST_STEM and max(len(one), len(other)) - alike <= MOST_ENDING


def _words(text: str) -> set[str]:
    return set(_WORD.findall(folded(text)))


def open_by_area(asked: Iterable[Asked]) -> list[tuple[int | None, str | None, int]]:
    """What is to be taken up by area of its sender as (id, name, requests), the most first; without an area last."""
    areas = {one.area_id: one.area for one in asked if one.is_open}
    counts = Counter(one.area_id for one in asked if one.is_open)
    rows = [(area_id, name, counts[area_id]) for area_id, name in areas.items()]
    return sorted(rows, key=lambda row: (row[0] is None, -row[2], row[1] or ""))
