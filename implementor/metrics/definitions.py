"""How a metric is measured, as typed values: a query, a ratio, a formula, or people."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from implementor.foundation.errors import Refusal

MANUAL, QUERY, RATIO, FORMULA, NAMED = "manual", "query", "ratio", "formula", "named"
WAYS = (MANUAL, QUERY, RATIO, FORMULA, NAMED)
COUNT, SHARE, SUM, AVERAGE, MEDIAN, PERCENTILE, DISTINCT = (
    "count", "share", "sum", "average", "median", "percentile", "distinct",
)  # fmt: skip
AGGREGATES = (COUNT, SHARE, SUM, AVERAGE, MEDIAN, PERCENTILE, DISTINCT)
OF_VALUES = (SUM, AVERAGE, MEDIAN, PERCENTILE)
"""Aggregates of a field's numbers or of the time between two events."""
ALL, ROLLING, SINCE = "all", "rolling", "since"
PERIODS = ("month", "quarter", "year", "last_month", "last_quarter", "last_year")
"""Of the calendar: the one that holds the day, as far as it has gone, and the one before it."""
WINDOWS = (ALL, ROLLING, SINCE, *PERIODS)
LONGEST_WINDOW, LONGEST_EXPRESSION, MOST_FILTERS = 3660, 500, 20
Asked = Mapping[str, tuple[str, ...]]
"""Filters by field name in the text form of `foundation/filters`; days may be said from the day of measuring on
(`today`, `today-30`, `..today+7`)."""


class BadDefinition(Refusal):
    """What is kept or was given is no definition; the reason is a sentence."""


@dataclass(frozen=True)
class Window:
    """The records whose time `by` lies in a stretch: of `days` that end with the day, from `since` on, or a period."""

    kind: str = ALL
    by: str = ""
    days: int | None = None
    since: date | None = None


@dataclass(frozen=True)
class Query:
    """A figure over the records of an entity. `part` is what a share is of; `between` names two times of a record."""

    entity: str
    aggregate: str = COUNT
    field: str = ""
    between: tuple[str, str] | None = None
    percentile: int | None = None
    filters: Asked = dataclasses.field(default_factory=dict)
    part: Asked = dataclasses.field(default_factory=dict)
    window: Window = dataclasses.field(default_factory=Window)
    group_by: str = ""


@dataclass(frozen=True)
class Ratio:
    """One query divided by another; in a metric of per cents a hundred times that."""

    part: Query
    whole: Query


@dataclass(frozen=True)
class Formula:
    """An expression over the keys of other metrics of the project, see `metrics.expressions`."""

    expression: str


@dataclass(frozen=True)
class Named:
    """A measure that a package declared, see `foundation.measures.named_measures`."""

    measure: str
    window: Window = dataclasses.field(default_factory=Window)
    filters: Asked = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Manual:
    """People write it down, with evidence."""


Definition = Query | Ratio | Formula | Named | Manual
WAY_OF: Mapping[type, str] = {Query: QUERY, Ratio: RATIO, Formula: FORMULA, Named: NAMED, Manual: MANUAL}


def way_of(definition: Definition) -> str:
    """The key of the way in which it is measured."""
    return WAY_OF[type(definition)]


def queries_of(definition: Definition) -> tuple[Query, ...]:
    """The queries it is made of: what its number is, then what that is divided by."""
    match definition:
        case Query():
            return (definition,)
        case Ratio(part, whole):
            return (part, whole)
    return ()
