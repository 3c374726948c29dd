"""Burn-up: how much a wave held and how much of it was validated at the end of each day, read from facts alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from itertools import pairwise

from implementor.stories.statuses import FINISHED

NOTHING = Decimal(0)
LONGEST = 1100
"""Days that a chart goes back at most; what is older belongs to its first day."""


@dataclass(frozen=True)
class Fact:
    """A story's status, wave or points became another at a moment; values as text, None for "not there"."""

    story_id: int
    kind: str
    before: str | None
    after: str | None
    at: datetime


@dataclass(frozen=True)
class StoryThen:
    """A story as it stood at the end of a day; `changed` names the facts of that day."""

    story_id: int
    wave: str | None = None
    status: str | None = None
    points: str | None = None
    changed: tuple[Fact, ...] = ()

    @property
    def weight(self) -> Decimal:
        """Points, where the story had any."""
        return Decimal(self.points) if self.points else NOTHING

    @property
    def is_finished(self) -> bool:
        return self.status in FINISHED

    def after(self, fact: Fact) -> StoryThen:
        """The story once this fact has happened."""
        story = replace(self, changed=(*self.changed, fact))
        match fact.kind:
            case "wave":
                return replace(story, wave=fact.after)
            case "status":
                return replace(story, status=fact.after)
            case "points":
                return replace(story, points=fact.after)
        return story


@dataclass(frozen=True)
class DayTotal:
    """What a wave held at the end of a day: points and number of stories, in scope and validated."""

    day: date
    scope: Decimal = NOTHING
    validated: Decimal = NOTHING
    stories: int = 0
    stories_validated: int = 0


@dataclass
class Ledger:
    """The stories that were ever in a wave, replayed day by day. `wave` is the wave's id as facts write it."""

    wave: str
    stories: dict[int, StoryThen] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)

    def inside(self) -> list[StoryThen]:
        """Stories that count: in the wave and not dropped."""
        return [story for story in self.stories.values() if story.wave == self.wave and story.status != "dropped"]

    def take(self, facts: Iterable[Fact]) -> None:
        """Let these facts happen, on a new day."""
        for story_id in self.touched:
            self.stories[story_id] = replace(self.stories[story_id], changed=())
        self.touched.clear()
        for fact in facts:
            known = self.stories.get(fact.story_id, StoryThen(fact.story_id))
            self.stories[fact.story_id] = known.after(fact)
            self.touched.add(fact.story_id)

    def total(self, day: date) -> DayTotal:
        """The sums at the end of the day."""
        inside = self.inside()
        finished = [story for story in inside if story.is_finished]
        return DayTotal(
            day,
            sum((story.weight for story in inside), NOTHING),
            sum((story.weight for story in finished), NOTHING),
            len(inside),
            len(finished),
        )


def beginnings(wave: str, facts: Sequence[Fact], present: Iterable[StoryThen]) -> Ledger:
    """Every story before its first fact; what no fact tells is as it is now, at `present`."""
    ledger = Ledger(wave, {story.story_id: story for story in present})
    told: set[tuple[int, str]] = set()
    for fact in facts:
        if (fact.story_id, fact.kind) not in told:
            told.add((fact.story_id, fact.kind))
            story = ledger.stories.get(fact.story_id, StoryThen(fact.story_id))
            first = story.after(replace(fact, after=fact.before))
            ledger.stories[fact.story_id] = replace(first, changed=())
    return ledger


def burnup(
    wave: str, facts: Sequence[Fact], present: Iterable[StoryThen], *, first: date, last: date, zone: tzinfo
) -> list[DayTotal]:
    """One total for each day from `first` to `last`; `facts` in the order of time, days begin in `zone`."""
    first = max(first, last - timedelta(days=LONGEST))
    ledger = beginnings(wave, facts, present)
    by_day: dict[date, list[Fact]] = {}
    for fact in facts:
        by_day.setdefault(max(fact.at.astimezone(zone).date(), first), []).append(fact)
    totals = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day in by_day:
            ledger.take(by_day[day])
            totals.append(ledger.total(day))
        else:
            totals.append(replace(totals[-1], day=day) if totals else ledger.total(day))
    return totals


def stories_on(
    wave: str, facts: Sequence[Fact], present: Iterable[StoryThen], *, day: date, zone: tzinfo
) -> list[StoryThen]:
    """The stories behind a day's totals, and those that left that day; with what happened to each on it."""
    ledger = beginnings(wave, facts, present)
    ledger.take(fact for fact in facts if fact.at.astimezone(zone).date() < day)
    ledger.take(fact for fact in facts if fact.at.astimezone(zone).date() == day)
    inside = {story.story_id for story in ledger.inside()}
    return [
        story
        for story in ledger.stories.values()
        if story.story_id in inside
        or any(wave in (fact.before, fact.after) for fact in story.changed if fact.kind == "wave")
    ]


def turning_days(totals: Sequence[DayTotal]) -> set[date]:
    """Days whose totals differ from the day before, and both ends: the marks of a chart."""
    turns = {totals[0].day, totals[-1].day} if totals else set()
    for before, after in pairwise(totals):
        if replace(before, day=after.day) != after:
            turns.add(after.day)
    return turns
