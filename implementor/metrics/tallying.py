"""From the rows of a compiled query to a figure in the unit of its metric, or to the reason why there is none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import Any

from implementor.foundation.measures import Tally
from implementor.foundation.money import plain_amount
from implementor.foundation.words import Phrase, say
from implementor.metrics.compiling import HALF, MONEY, PERCENT, SECONDS, Number
from implementor.metrics.definitions import AVERAGE, COUNT, DISTINCT, MEDIAN, PERCENTILE, SHARE, SUM, Query

HUNDRED = Decimal(100)
SECONDS_IN: Mapping[str, int] = {"days": 86_400, "hours": 3600}
KEPT = Decimal("0.0001")
LARGEST = Decimal(10) ** 11
PRECISION = 50


class Unmeasured(Exception):
    """There is no figure; `reason` says why."""

    def __init__(self, reason: Phrase) -> None:
        self.reason = reason


@dataclass(frozen=True)
class Terms:
    """What figures are told in: the unit of the metric, for money its currency, and what currencies are worth."""

    unit: str
    currency: str = "EUR"
    rates: Mapping[str, Decimal] = field(default_factory=dict)


def tallies(query: Query, number: Number | None, rows: Iterable[Any], terms: Terms) -> dict[Any, Tally]:
    """What was found, by the value it is grouped by (None where it is not grouped), largest groups first."""
    gathered: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        gathered[row[0]].append(row)
    if not query.group_by:
        gathered.setdefault(None, [])
    with localcontext(prec=PRECISION):
        found = {part: _tally(query, number, some, terms) for part, some in gathered.items()}
    return dict(sorted(found.items(), key=lambda one: -one[1].n))


def kept(tally: Tally) -> Tally:
    """The same as a measurement keeps it, with four decimals; what is too large to be kept is not measured."""
    if tally.value is not None and abs(tally.value) > LARGEST:
        return Tally(None, n=tally.n, reason=say("The figure is too large to be kept."))
    return Tally(
        _rounded(tally.value), _rounded(tally.numerator), _rounded(tally.denominator), tally.n, tally.reason
    )  # fmt: skip


def divided(part: Tally, whole: Tally, unit: str) -> Tally:
    """One figure by another; n is that of the whole."""
    for one in (part, whole):
        if one.value is None:
            return Tally(None, part.value, whole.value, whole.n, one.reason)
    assert part.value is not None
    assert whole.value is not None
    if whole.value == 0:
        reason = say("What is divided by is zero.")
        return Tally(None, part.value, whole.value, whole.n, reason)
    with localcontext(prec=PRECISION):
        value = part.value / whole.value * (HUNDRED if unit == "percent" else 1)
    return Tally(value, part.value, whole.value, whole.n)


def _tally(query: Query, number: Number | None, rows: list[Any], terms: Terms) -> Tally:
    if number is None:
        _part, _none, numerator, n = rows[0] if rows else (None, None, 0, 0)
        return _counted(query, Decimal(numerator), n)
    try:
        if query.aggregate in (SUM, AVERAGE):
            return _added(query, number, rows, terms)
        return _placed(query, number, rows, terms)
    except Unmeasured as why:
        return Tally(None, n=max((row[-1] for row in rows), default=0), reason=why.reason)


def _counted(query: Query, numerator: Decimal, n: int) -> Tally:
    if query.aggregate == COUNT:
        return Tally(numerator, numerator, None, n)
    if query.aggregate == DISTINCT:
        return Tally(numerator, numerator, None, n)
    assert query.aggregate == SHARE
    if n == 0:
        return Tally(None, Decimal(0), Decimal(0), 0, say("No records meet the filters, so there is no share of them."))
    return Tally(numerator / n * HUNDRED, numerator, Decimal(n), n)


def _added(query: Query, number: Number, rows: list[Any], terms: Terms) -> Tally:
    n = sum(row[3] for row in rows)
    total = Decimal(0)
    for _part, currency, added, _count in rows:
        if added is not None:
            total += told(number, added, currency, terms)
    if query.aggregate == SUM:
        return Tally(total, total, None, n)
    if n == 0:
        raise Unmeasured(_no_values())
    return Tally(total / n, total, Decimal(n), n)


def _placed(query: Query, number: Number, rows: list[Any], terms: Terms) -> Tally:
    if not rows:
        raise Unmeasured(_no_values())
    rows = sorted(rows, key=lambda row: row[4])
    _part, currency, other, low, _place, n = rows[0]
    if number.nature == MONEY and currency != other:
        raise Unmeasured(
            say("The amounts are in several currencies, which cannot be put in order. Narrow them to one.")
        )
    share = HALF if query.aggregate == MEDIAN else query.percentile or HALF
    assert query.aggregate in (MEDIAN, PERCENTILE)
    lowest, highest = (Decimal(str(value)) for value in (low, rows[-1][3]))
    exact = lowest + (highest - lowest) * ((n - 1) * share % 100) / HUNDRED
    return Tally(told(number, exact, currency, terms), n=n)


def told(number: Number, raw: Any, currency: str, terms: Terms) -> Decimal:
    """A number as people read it, in the unit and currency of the metric. Raises Unmeasured without a rate."""
    exact = Decimal(str(raw))
    if number.nature == SECONDS:
        return exact / SECONDS_IN.get(terms.unit, 1)
    if number.nature == PERCENT:
        return exact.scaleb(-number.places) * HUNDRED
    if number.nature != MONEY:
        return exact.scaleb(-number.places)
    return _converted(exact, currency, terms)


def _converted(minor: Decimal, currency: str, terms: Terms) -> Decimal:
    amount = minor * plain_amount(1, currency)
    if currency == terms.currency or amount == 0:
        return amount
    missing = [code for code in (currency, terms.currency) if code not in terms.rates]
    if missing:
        raise Unmeasured(
            say("Nobody entered a rate of %(currencies)s for that day or before.", currencies=", ".join(missing))
        )
    return amount * terms.rates[currency] / terms.rates[terms.currency]


def _no_values() -> Phrase:
    return say("No records that meet the filters have a value there.")


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(KEPT) if abs(value) < LARGEST * 1000 else None
