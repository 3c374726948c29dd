"""How people use the CRM in the weeks around their training, by the month in which they were trained."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from sqlalchemy.orm import Session

from implementor.adoption import queries
from implementor.adoption.days import WEEK
from implementor.foundation.small_groups import FEWEST_PEOPLE, told
from implementor.training.figures import Share
from implementor.training.result_queries import logins_trained

WEEKS = (0, 1, 2, 4, 8, 12)
"""Weeks after the day of training; 0 is the week that ends with it, before anything was learned."""
AT_ONCE = 500
Seen = Mapping[tuple[int, date], bool]


@dataclass(frozen=True)
class Cohort:
    """People trained in the same months. `months` are first days; `active` the share that wrote, by weeks after."""

    months: tuple[date, ...]
    people: int
    active: Mapping[int, Share | None]


def cohorts(trained: Mapping[int, date], seen: Seen, *, named: bool) -> list[Cohort]:
    """Cohorts by month, small ones together; a week of which fewer than five are known is not told.

    `trained` is the first day on which each person completed a course; `seen` says of a person and a day whether
    anything was written in the seven days that end with it. Unless `named`, nothing is told of fewer than five.
    """
    by_month: dict[date, list[int]] = defaultdict(list)
    for user_id, day in sorted(trained.items(), key=lambda pair: pair[1]):
        by_month[day.replace(day=1)].append(user_id)
    fewest = 1 if named else FEWEST_PEOPLE
    groups = told({month: len(people) for month, people in by_month.items()}, fewest)
    lines: list[tuple[date, ...]] = [(month,) for month in groups.shown]
    if groups.merged and groups.is_whole:
        lines.append(groups.merged)
    return [_cohort(months, [one for month in months for one in by_month[month]], trained, seen, fewest)
            for months in lines]  # fmt: skip


def _cohort(
    months: tuple[date, ...], people: Sequence[int], trained: Mapping[int, date], seen: Seen, fewest: int
) -> Cohort:
    active: dict[int, Share | None] = {}
    for week in WEEKS:
        days = [(one, trained[one] + timedelta(days=WEEK * week)) for one in people]
        known = [seen[pair] for pair in days if pair in seen]
        active[week] = Share(sum(known), len(known)) if len(known) >= fewest else None
    return Cohort(months, len(people), active)


def cohorts_of(session: Session, project_id: int, *, named: bool) -> list[Cohort]:
    """The cohorts of a project, from what is known of its people day by day."""
    trained = {row.user_id: row.trained_on for row in session.execute(logins_trained(project_id=project_id))}
    wanted = [(one, day + timedelta(days=WEEK * week)) for one, day in trained.items() for week in WEEKS]
    seen: dict[tuple[int, date], bool] = {}
    for pairs in _chunks(wanted):
        for row in session.execute(queries.activity_on(pairs)):
            seen[row.user_id, row.day] = row.active_7
    return cohorts(trained, seen, named=named)


def _chunks(pairs: Collection[tuple[int, date]]) -> Iterator[list[tuple[int, date]]]:
    rest = iter(pairs)
    while part := list(islice(rest, AT_ONCE)):
        yield part
