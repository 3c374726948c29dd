"""The forecast: what is won and what is still to come, by month and by who answers for it, each sale counted once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, localcontext

from implementor.crm.opportunities.worth import Rates, exact_worth, rounded

CATEGORIES: Mapping[str, str] = {
    "pipeline": "pipeline", "best_case": "best_case", "commit": "commit", "closed": "commit",
}  # fmt: skip
"""Forecast category of an open stage -> the figure it counts in; omitted ones count in none."""
FIGURES = ("won", "commit", "best_case", "pipeline", "weighted", "expected")
OVERDUE, LATER, UNDATED = "overdue", "later", "undated"
Who = int | str | None
"""The id of an owner, or a word of a field that sales are parted by; None for nobody."""


@dataclass(frozen=True)
class OpenRow:
    """Open opportunities that are alike, of one owner or one word of what they are parted by.

    `amount` is their sum in minor units, `ratio` 0 to 1.
    """

    month: date | None
    who: Who
    category: str
    currency: str | None
    ratio: Decimal
    count: int
    amount: int | None


@dataclass(frozen=True)
class WonRow:
    """Won opportunities of one owner closed in a month: the sum of their frozen amounts in `currency`."""

    month: date
    who: Who
    currency: str | None
    count: int
    amount: int | None


@dataclass
class Tally:
    """The figures of one line before they are rounded, and how many opportunities are behind each."""

    amounts: dict[str, Decimal] = field(default_factory=lambda: dict.fromkeys(FIGURES, Decimal(0)))
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIGURES, 0))
    members: set[Who] = field(default_factory=set)

    def add(self, figure: str, amount: Decimal, count: int) -> None:
        """Count opportunities into a figure."""
        with localcontext(prec=60):
            self.amounts[figure] += amount
        self.counts[figure] += count


@dataclass(frozen=True)
class Line:
    """One owner or team in one period: minor units of the base currency and how many opportunities, by figure."""

    who: Who
    owners: tuple[Who, ...]
    amounts: Mapping[str, int]
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Period:
    """A month (its first day), or one of `OVERDUE`, `LATER`, `UNDATED`, with its lines and their total."""

    key: date | str
    lines: Sequence[Line]
    total: Line


@dataclass(frozen=True)
class Forecast:
    """Periods in order, everything together, and currency -> how many opportunities no rate could convert."""

    periods: Sequence[Period]
    total: Line
    left_out: Mapping[str, int]


def forecast(
    open_rows: Iterable[OpenRow],
    won_rows: Iterable[WonRow],
    *,
    months: Sequence[date],
    base: str,
    rates: Rates,
    who_of: Callable[[Who], Who] = lambda who: who,
) -> Forecast:
    """The forecast of some months (first days, in order).

    Open ones count by their category with their whole amount, and weighted by their probability; omitted ones do not
    count. What is expected is what is won and the weighted rest. `who_of` groups owners, such as into teams.
    """
    tallies: dict[tuple[date | str, Who], Tally] = {}
    left_out: dict[str, int] = {}

    def count(key: date | str, row: OpenRow | WonRow, figures: Mapping[str, Decimal]) -> None:
        if row.amount and row.currency not in rates:
            left_out[row.currency or ""] = left_out.get(row.currency or "", 0) + row.count
            return
        worth = exact_worth(int(row.amount), row.currency, base, rates) if row.amount and row.currency else Decimal(0)
        tally = tallies.setdefault((key, who_of(row.who)), Tally())
        tally.members.add(row.who)
        with localcontext(prec=60):
            for figure, share in figures.items():
                tally.add(figure, worth * share, row.count)

    one = Decimal(1)
    for row in open_rows:
        figure = CATEGORIES.get(row.category)
        if figure is not None:
            count(period_of(row.month, months), row, {figure: one, "weighted": row.ratio, "expected": row.ratio})
    for won in won_rows:
        if won.month in months:
            count(won.month, won, {"won": one, "expected": one})
    return _laid_out(tallies, months, left_out)


def period_of(month: date | None, months: Sequence[date]) -> date | str:
    """Where an open opportunity that is to close in a month belongs."""
    if month is None:
        return UNDATED
    if month in months:
        return month
    return OVERDUE if month < months[0] else LATER


def _laid_out(
    tallies: Mapping[tuple[date | str, Who], Tally], months: Sequence[date], left_out: Mapping[str, int]
) -> Forecast:
    keys: list[date | str] = [OVERDUE, *months, LATER, UNDATED]
    periods = []
    for key in keys:
        lines = {who: tally for (at, who), tally in tallies.items() if at == key}
        if lines or isinstance(key, date):
            drawn = [_line(who, [tally]) for who, tally in lines.items()]
            periods.append(Period(key, drawn, _line(None, lines.values())))
    return Forecast(periods, _line(None, tallies.values()), dict(sorted(left_out.items())))


def _line(who: Who, tallies: Iterable[Tally]) -> Line:
    """Tallies added up exactly, then rounded once."""
    total = Tally()
    for tally in tallies:
        total.members |= tally.members
        for figure in FIGURES:
            total.add(figure, tally.amounts[figure], tally.counts[figure])
    owners = tuple(sorted(total.members, key=lambda one: (one is None, one or 0)))
    return Line(who, owners, {name: rounded(value) for name, value in total.amounts.items()}, dict(total.counts))


def months_from(first: date, count: int) -> list[date]:
    """First days of so many months, beginning with that of `first`."""
    found = [first.replace(day=1)]
    while len(found) < count:
        found.append((found[-1] + timedelta(days=32)).replace(day=1))
    return found


def last_day(month: date) -> date:
    """The last day of a month."""
    return (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
