"""How money developed month by month: what was approved, due, earned and paid until the end of each month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from itertools import accumulate

from implementor.finance.earned_value import PlannedStory, Points, earned_value, points_of
from implementor.finance.forecast import months_between, next_month
from implementor.stories.statuses import FINISHED

LONGEST = 120
"""Months that a picture shows at most, the latest."""


@dataclass(frozen=True)
class Promise:
    """A story the approved budget counts on; `status` is its present one."""

    story_id: int
    points: Decimal
    due_on: date | None
    status: str


@dataclass(frozen=True)
class Turn:
    """A story's status became another at a moment."""

    story_id: int
    at: datetime
    before: str | None
    after: str | None


@dataclass(frozen=True)
class MonthEnd:
    """What had come together by the end of a month, in minor units; None after the day one looks at, or unmeasurable.

    `approved` is what the approved budget spreads over the months, `due` the planned value by points.
    """

    month: date
    last: date
    approved: int
    due: int | None
    earned: int | None
    paid: int | None


def month_ends(
    approved: Mapping[date, int], paid: Mapping[date, int], promises: Sequence[Promise], turns: Iterable[Turn], *,
    on: date, zone: tzinfo,
) -> list[MonthEnd]:  # fmt: skip
    """One row for each month from the first to the last that anything is known of; the present month ends on `on`."""
    days = [*approved, *paid, *(one.due_on for one in promises if one.due_on is not None)]
    if not days:
        return []
    months = months_between(min(days), max(*days, on) if min(days) <= on else max(days))[-LONGEST:]
    before = months[0]
    budget = sum(approved.values())
    by_story = _turns_by_story(turns)
    approved_until = accumulate((approved.get(month, 0) for month in months),
                                initial=sum(value for month, value in approved.items() if month < before))  # fmt: skip
    paid_until = accumulate((paid.get(month, 0) for month in months),
                            initial=sum(value for month, value in paid.items() if month < before))  # fmt: skip
    rows = []
    for month, approved_so_far, paid_so_far in zip(months, list(approved_until)[1:], list(paid_until)[1:], strict=True):
        last = next_month(month) - timedelta(days=1)
        is_over = month <= on
        day = min(last, on) if is_over else last
        points = points_on(promises, by_story, day, zone)
        value = earned_value(budget=budget, actual=paid_so_far, points=points)
        rows.append(
            MonthEnd(month, day, approved_so_far, value.planned, value.earned if is_over else None,
                     paid_so_far if is_over else None)
        )  # fmt: skip
    return rows


def points_on(promises: Sequence[Promise], turns: Mapping[int, Sequence[Turn]], day: date, zone: tzinfo) -> Points:
    """The points of the plan at the end of a day."""
    stories = (
        PlannedStory(one.points, one.due_on, status_on(one, turns.get(one.story_id, ()), day, zone) in FINISHED)
        for one in promises
    )
    return points_of(stories, on=day)


def status_on(story: Promise, turns: Sequence[Turn], day: date, zone: tzinfo) -> str | None:
    """A story's status at the end of a day, by what happened to it (in the order of time); else its present one."""
    status: str | None = turns[0].before if turns else story.status
    for turn in turns:
        if turn.at.astimezone(zone).date() > day:
            break
        status = turn.after
    return status


def _turns_by_story(turns: Iterable[Turn]) -> dict[int, list[Turn]]:
    found: dict[int, list[Turn]] = {}
    for turn in turns:
        found.setdefault(turn.story_id, []).append(turn)
    return found
