"""The picture of money: approved, due, earned and paid until the end of each month."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from babel.numbers import format_compact_decimal

from implementor.finance.series import MonthEnd
from implementor.finance.standing import MoneyStanding
from implementor.finance.views.routing import month_name
from implementor.finance.wording import amount_text, readings
from implementor.foundation.charts import Element, Guide, Line, Mark, Words, line_chart
from implementor.foundation.money import plain_amount
from implementor.foundation.words import say
from implementor.web.language import locale, show_date


def picture_of(ends: Sequence[MonthEnd], standing: MoneyStanding) -> Element | None:
    """A chart of the months; None before there are two."""
    if len(ends) < 2:
        return None
    lines = [
        _line(str(say("Budget")), ends, "approved", standing, 5, "6 4"),
        _line(str(say("Planned value")), ends, "due", standing, 1, "2 4"),
        _line(str(say("Earned value")), ends, "earned", standing, 3, None),
        _line(str(say("Spent")), ends, "paid", standing, 2, None),
    ]
    drawn = [line for line in lines if line.marks]
    said = readings(standing)
    words = Words(
        str(said[-1] if said else say("Money month by month")),
        str(say("What was approved, due, earned and paid until the end of each month; the table holds the figures.")),
        month_name, _short_number,
    )  # fmt: skip
    present = next((end.last for end in reversed(ends) if end.paid is not None), None)
    guides = [Guide(present, str(say("Today")))] if present is not None and present < ends[-1].last else []
    return line_chart("money_chart", drawn, words, guides)


def _line(
    label: str, ends: Sequence[MonthEnd], figure: str, standing: MoneyStanding, series: int, dashes: str | None
) -> Line:
    marks = []
    for end in ends:
        minor = getattr(end, figure)
        if minor is not None:
            text = say("%(day)s: %(label)s %(amount)s", day=show_date(end.last), label=label,
                       amount=amount_text(minor, standing.currency))  # fmt: skip
            marks.append(Mark(end.last, plain_amount(minor, standing.currency), str(text), f"#month_{end.month:%Y_%m}"))
    return Line(label, marks, series, dashes)


def _short_number(number: Decimal) -> str:
    return str(format_compact_decimal(number, locale=locale(), fraction_digits=1))
