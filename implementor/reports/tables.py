"""Drawing a report up: what is found today in each part, as far as the reader sees the records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.errors import Refusal
from implementor.foundation.fields import Kind, Scope
from implementor.foundation.measures import Tally
from implementor.foundation.model import Rows
from implementor.foundation.parting import Split
from implementor.foundation.text import folded
from implementor.foundation.words import say
from implementor.metrics.compiling import figures_by, ids_in_parts, number_of
from implementor.metrics.conditions import AsOf, measurable_of
from implementor.metrics.defining import units_for
from implementor.metrics.definitions import Query
from implementor.metrics.measuring import Ruler
from implementor.metrics.names import names_of_parts
from implementor.metrics.periods import NAMES, WITHIN, split_called
from implementor.metrics.tallying import Terms, kept, tallies
from implementor.reports.plans import BY_PART, SMALLEST, Plan

MOST_GROUPS, MOST_SHOWN = 5000, 200
NOTHING = Tally(None)
Key = tuple[Any, ...]


class TooManyParts(Refusal):
    """There are more parts than anybody reads."""


@dataclass(frozen=True)
class Unit:
    """What a figure is told in: see `metrics.models.UNITS`; money has a `currency`."""

    unit: str
    currency: str | None = None


@dataclass(frozen=True)
class Line:
    """One part: the values that it is told by, what they are called, and a tally for each figure.

    `ranks` say where its values stand among others: words in the order of their list, times in theirs.
    """

    key: Key
    names: tuple[str, ...]
    tallies: tuple[Tally, ...]
    ranks: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Table:
    """A report as it was drawn up: its parts in order and the figures of the whole. `left_out` parts are not shown."""

    plan: Plan
    splits: tuple[Split, ...]
    units: tuple[Unit, ...]
    lines: tuple[Line, ...]
    whole: tuple[Tally, ...]
    left_out: int = 0

    @property
    def is_several(self) -> bool:
        """Whether a record may stand in more than one part."""
        return any(one.several for one in self.splits)

    @property
    def grid(self) -> Grid:
        """The parts of a cross table; columns go by name or time."""
        by_name = in_order(self.lines, BY_PART)
        rows, columns = (
            tuple(dict.fromkeys(Side(one.key[place], one.names[place]) for one in many))
            for place, many in enumerate((self.lines, sorted(by_name, key=lambda one: _by_name(one, 1))))
        )
        return Grid(rows, columns, {one.key: one for one in self.lines})

    @property
    def largest(self) -> Decimal:
        """The largest of the first figure, for bars."""
        return max((one.tallies[0].value or Decimal(0) for one in self.lines), default=Decimal(0))


@dataclass(frozen=True)
class Side:
    """A row or a column of a cross table: its value and what that is called."""

    value: Any
    name: str


@dataclass(frozen=True)
class Grid:
    """A table of one figure parted by two things: its rows in order, its columns, and the part where they cross."""

    rows: tuple[Side, ...]
    columns: tuple[Side, ...]
    cells: Mapping[Key, Line]


def splits_of(plan: Plan, as_of: AsOf) -> tuple[Split, ...]:
    """What parts its figures. Raises CannotMeasure."""
    known = measurable_of(plan.base)
    return tuple(split_called(known, key, as_of, plan.base.window) for key in plan.by)


def table_of(session: Session, plan: Plan, as_of: AsOf, scope: Scope, *, most: int | None = MOST_SHOWN) -> Table:
    """What a report of figures finds. Raises CannotMeasure and TooManyParts; see `checking.check_plan`."""
    splits, ruler = splits_of(plan, as_of), Ruler(session, as_of)
    found = [_parted(ruler, query, splits) for query in plan.queries]
    whole = found if not splits else [_parted(ruler, query, ()) for query in plan.queries]
    keys = list(dict.fromkeys(key for one in found for key in one)) if splits else []
    names = _names(session, splits, keys, scope)
    ranks = [_ranks(split, known) for split, known in zip(splits, names, strict=True)]
    lines = [
        Line(key, _told(names, key), tuple(one.get(key, NOTHING) for one in found), _ranked(ranks, key)) for key in keys
    ]
    lines = in_order(lines, plan.sort)
    shown = lines if most is None else lines[:most]
    units = tuple(_unit(query, ruler) for query in plan.queries)
    totals = tuple(one.get((), NOTHING) for one in whole)
    return Table(plan, splits, units, tuple(shown), totals, len(lines) - len(shown))


def in_order(lines: Iterable[Line], sort: str) -> list[Line]:
    """Parts by their first figure or by name; those without come last."""
    by_name = sorted(lines, key=lambda one: [_by_name(one, place) for place in range(len(one.key))])
    if sort == BY_PART:
        return by_name
    sign = 1 if sort == SMALLEST else -1
    return sorted(by_name, key=lambda one: (one.tallies[0].value is None, sign * (one.tallies[0].value or 0)))


def _by_name(line: Line, place: int) -> tuple[bool, int, str]:
    """Words and times in their own order, the rest by name; nothing comes last."""
    rank = line.ranks[place] if line.ranks else 0
    return line.key[place] is None, rank, folded(line.names[place])


def _ranks(split: Split, names: Mapping[Any, str]) -> Mapping[Any, int]:
    """Where the values of a part stand in an order of their own."""
    if WITHIN in split.key:
        return {one: place for place, one in enumerate(sorted(names))}
    if split.of is not None and split.of.kind is Kind.CHOICE:
        return {one.key: place for place, one in enumerate(split.of.known_choices)}
    if split.of is not None and split.of.options is not None:
        return {one: place for place, one in enumerate(names)}
    return {}


def _ranked(ranks: Sequence[Mapping[Any, int]], key: Key) -> tuple[int, ...]:
    return tuple(known.get(one, len(known)) for known, one in zip(ranks, key, strict=True))


def ids_behind(plan: Plan, figure: int, values: Sequence[Any], as_of: AsOf) -> Rows:
    """The ids of the records that a figure of one part (by its values), or of the whole (no values), is of."""
    query = plan.base if plan.is_of_records else plan.queries[figure]
    return ids_in_parts(query, as_of, zip(splits_of(plan, as_of), values, strict=False))


def _parted(ruler: Ruler, query: Query, splits: Sequence[Split]) -> dict[Key, Tally]:
    """Tallies by the values of the parts."""
    number = number_of(measurable_of(query), query)
    rows = ruler.session.execute(figures_by(query, splits, ruler.as_of).limit(MOST_GROUPS + 1)).all()
    if len(rows) > MOST_GROUPS:
        raise TooManyParts(
            say("There are more than %(most)s parts. Part by something that more records share.", most=MOST_GROUPS)
        )
    unit = _unit(query, ruler)
    terms = Terms(unit.unit, ruler.base, ruler.rates) if number is not None else Terms(unit.unit)
    width = len(splits)
    keyed = [(tuple(row[:width]), *row[max(width, 1) :]) for row in rows]
    asked = replace(query, group_by="parts")
    found = tallies(asked, number, keyed, terms)
    if not splits and not found:
        found = {(): tallies(query, number, [], terms)[None]}
    return {key: kept(one) for key, one in found.items()}


def _unit(query: Query, ruler: Ruler) -> Unit:
    unit = units_for(query)[0]
    return Unit(unit, ruler.base if unit == "money" else None)


def _names(session: Session, splits: Sequence[Split], keys: Iterable[Key], scope: Scope) -> list[Mapping[Any, str]]:
    """What the values of each part are called."""
    found: list[Mapping[Any, str]] = []
    for place, split in enumerate(splits):
        values = {key[place] for key in keys} - {None}
        if WITHIN in split.key:
            found.append({one: str(NAMES.get(one, one)) for one in values})
        else:
            found.append(names_of_parts(session, split, values, scope))
    return found


def _told(names: Sequence[Mapping[Any, str]], key: Key) -> tuple[str, ...]:
    none = str(say("None"))
    return tuple(none if one is None else str(known.get(one, one)) for known, one in zip(names, key, strict=True))


def names_of_key(session: Session, splits: Sequence[Split], key: Key, scope: Scope) -> tuple[str, ...]:
    """What the values of one part are called."""
    return _told(_names(session, splits, [key], scope), key)
