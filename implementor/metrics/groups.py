"""A metric of two groups of records over the same days: those of some people, and those of all others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import mean, median
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, select
from sqlalchemy.orm import Session

from implementor.foundation.errors import Refusal
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say
from implementor.metrics.comparing import Bounds, shares_apart, values_apart
from implementor.metrics.compiling import records_of
from implementor.metrics.conditions import AsOf, measurable_of
from implementor.metrics.definition_json import definition_from
from implementor.metrics.definitions import AVERAGE, COUNT, MEDIAN, SHARE, Query
from implementor.metrics.few import sees_records
from implementor.metrics.models import Metric
from implementor.metrics.stretches import LONGEST, values_of, windowed

TOLD = (COUNT, SHARE, AVERAGE, MEDIAN)


class NotParted(Refusal):
    """The figure has no sides; the sentence says why."""


@dataclass(frozen=True)
class Group:
    """One side: its figure (None for none), of how many records."""

    value: Decimal | None
    n: int


@dataclass(frozen=True)
class Grouped:
    """Both sides over so many `days`; counts have no bounds, since groups are not equally large."""

    days: int
    members: Group | None = None
    others: Group | None = None
    bounds: Bounds | None = None
    refusal: Phrase | None = None

    @property
    def difference(self) -> Decimal | None:
        """What the figure of the members is more than that of the others."""
        if self.members is None or self.others is None or self.members.value is None or self.others.value is None:
            return None
        return self.members.value - self.others.value


def grouped_by_people(
    session: Session, metric: Metric, since: date, members: Select[int], *, until: AsOf, actor: Actor
) -> Grouped:
    """A metric from a day on, of the records whose owner is among `members` (ids) and of all others."""
    days = min((until.on - since).days + 1, LONGEST)
    try:
        query, theirs = parted(metric, days, members, actor)
    except NotParted as why:
        return Grouped(days, refusal=why.reason)
    sides = [_side(session, metric, query, until, condition) for condition in (theirs, ~theirs)]
    (first, mine), (second, rest) = sides
    return Grouped(days, first, second, _bounds(query, (first, mine), (second, rest)))


def parted(metric: Metric, days: int, members: Select[int], actor: Actor) -> tuple[Query, ColumnElement[bool]]:
    """The metric over so many days, and which of its records belong to `members`. Raises NotParted."""
    query = windowed(definition_from(metric.definition), days)
    if not isinstance(query, Query) or query.aggregate not in TOLD:
        raise NotParted(say("Only shares, counts, averages and medians of a stretch of days are parted."))
    owner = getattr(measurable_of(query).entity.model, "owner_id", None)
    if owner is None or not sees_records(actor, query):
        raise NotParted(say("These records have no owner, or you do not see them."))
    return query, func.coalesce(owner.in_(members), false())


def ids_of_side(
    metric: Metric, since: date, members: Select[int], *, theirs: bool, until: AsOf, actor: Actor
) -> tuple[str, Rows]:
    """The kind and the ids of the records that one side of `grouped_by_people` counts. Raises NotParted."""
    query, condition = parted(metric, min((until.on - since).days + 1, LONGEST), members, actor)
    found = records_of(query, until).where(condition if theirs else ~condition)
    return query.entity, found.with_only_columns(measurable_of(query).entity.model.id)


def _side(
    session: Session, metric: Metric, query: Query, as_of: AsOf, condition: ColumnElement[bool]
) -> tuple[Group, Sequence[Decimal]]:
    """The figure of one side, with the values it is made of (of a share: how many are part of it)."""
    n = _count(session, records_of(query, as_of).where(condition))
    if query.aggregate == COUNT:
        return Group(Decimal(n), n), ()
    if query.aggregate == SHARE:
        part = _count(session, records_of(query, as_of, part=True).where(condition))
        return Group(Decimal(100 * part) / n if n else None, n), (Decimal(part),)
    values = values_of(session, metric, query, as_of, n, condition)
    told = mean if query.aggregate == AVERAGE else median
    return Group(Decimal(told(values)) if values else None, n), values


def _bounds(query: Query, first: Any, second: Any) -> Bounds | None:
    """Of the members less the others."""
    if query.aggregate == COUNT:
        return None
    (mine, parts), (rest, others) = first, second
    if query.aggregate == SHARE:
        return shares_apart((int(others[0]), rest.n), (int(parts[0]), mine.n))
    return values_apart(others, parts)


def _count(session: Session, found: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(found.subquery())) or 0
