"""A metric over two equally long stretches of days, the one before something happened and the one after it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from implementor.foundation.measures import Tally
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say
from implementor.metrics.comparing import Bounds, counts_apart, shares_apart, values_apart
from implementor.metrics.compiling import number_of, records_of
from implementor.metrics.conditions import AsOf, measurable_of
from implementor.metrics.definition_json import definition_from
from implementor.metrics.definitions import ALL, COUNT, ROLLING, SHARE, Definition, Named, Query, Ratio, Window
from implementor.metrics.few import sees_records, told_to_all
from implementor.metrics.measuring import REASONS, Ruler
from implementor.metrics.models import Metric
from implementor.metrics.tallying import Terms, Unmeasured, told

LONGEST = 90
MOST_VALUES = 400
"""Of each side; of more of them every second, third ... record by its number is read."""


@dataclass(frozen=True)
class Stretch:
    """Days `first` to `last`, and what was found in them."""

    first: date
    last: date
    tally: Tally


@dataclass(frozen=True)
class Compared:
    """Both stretches of so many `days`; `bounds` of the difference where they can be told. `refusal` says why not."""

    days: int
    before: Stretch | None = None
    after: Stretch | None = None
    bounds: Bounds | None = None
    refusal: Phrase | None = None

    @property
    def difference(self) -> Decimal | None:
        """What the figure is more after than before."""
        if self.before is None or self.after is None:
            return None
        was, became = self.before.tally.value, self.after.tally.value
        return None if was is None or became is None else became - was


def windowed(definition: Definition, days: int) -> Definition | None:
    """The definition over as many days that end with the day of measuring; None for one that no days narrow."""
    match definition:
        case Query(window=Window(kind=kind, by=by)) if kind != ALL:
            return replace(definition, window=Window(ROLLING, by, days))
        case Ratio(part, whole):
            above, below = windowed(part, days), windowed(whole, days)
            return Ratio(above, below) if isinstance(above, Query) and isinstance(below, Query) else None
        case Named(window=Window(kind=kind, by=by)) if kind != ALL:
            return replace(definition, window=Window(ROLLING, by, days))
    return None


def around(session: Session, metric: Metric, day: date, *, today: AsOf, actor: Actor) -> Compared:
    """The metric in as many days before a day as have passed since it, 90 at most; the day itself is in neither."""
    days = min((today.on - day).days, LONGEST)
    if days < 1:
        return Compared(0, refusal=say("No whole day has passed since."))
    definition = windowed(definition_from(metric.definition), days)
    if definition is None:
        return Compared(days, refusal=say("This metric does not look at a stretch of days, so there is no before."))
    sides = tuple(replace(today, on=one) for one in (day - timedelta(days=1), day + timedelta(days=days)))
    found = [_stretch(session, metric, definition, one, days, actor) for one in sides]
    return Compared(days, found[0], found[1], _bounds(session, metric, definition, sides, found))


def _stretch(session: Session, metric: Metric, definition: Definition, as_of: AsOf, days: int, actor: Actor) -> Stretch:
    tally = Ruler(session, as_of).tally(definition, metric.unit, metric.currency)
    if not sees_records(actor, definition):
        tally = told_to_all(session, as_of, definition, tally)
    return Stretch(as_of.on - timedelta(days=days - 1), as_of.on, tally)


def _bounds(
    session: Session, metric: Metric, definition: Definition, sides: tuple[AsOf, ...], found: list[Stretch]
) -> Bounds | None:
    """Bounds of shares, counts, and values of single records; none of sums, fractions and named measures."""
    tallies = [one.tally for one in found]
    if not isinstance(definition, Query) or any(one.value is None for one in tallies):
        return None
    if definition.aggregate == COUNT:
        return counts_apart(*(int(one.n) for one in tallies))
    if definition.aggregate == SHARE:
        first, second = ((int(one.numerator or 0), int(one.n)) for one in tallies)
        return shares_apart(first, second)
    try:
        values = [
            values_of(session, metric, definition, as_of, one.n) for as_of, one in zip(sides, tallies, strict=True)
        ]
    except (*REASONS, Unmeasured):
        return None
    return values_apart(*values)


def values_of(
    session: Session, metric: Metric, query: Query, as_of: AsOf, n: int, condition: ColumnElement[bool] | None = None
) -> list[Decimal]:
    """Values of single records in the unit of the metric, of very many (`n`) some. Raises CannotMeasure, Unmeasured."""
    known = measurable_of(query)
    number = number_of(known, query)
    if number is None or query.aggregate == "sum":
        return []
    ruler = Ruler(session, as_of)
    terms = Terms(metric.unit, metric.currency or ruler.base, ruler.rates)
    every = max(-(-n // MOST_VALUES), 1)
    row_id, currency = known.entity.model.id, number.currency
    shown: Any = number.column if currency is None or isinstance(currency, str) else currency
    found = records_of(query, as_of).where(row_id % every == 0).with_only_columns(number.column, shown)
    if condition is not None:
        found = found.where(condition)
    plain = currency if isinstance(currency, str) else ""
    is_kept = currency is None or isinstance(currency, str)
    return [told(number, value, plain if is_kept else code, terms) for value, code in session.execute(found)]
