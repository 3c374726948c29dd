"""The picture of the index over weeks or days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from babel.dates import format_skeleton

from implementor.foundation.charts import Element, Line, Mark, Words, line_chart, sparkline
from implementor.foundation.words import say
from implementor.web.language import locale, show_date, show_percent


def index_chart(points: Sequence[tuple[date, Decimal]]) -> Element | None:
    """The index over time with what it says in words; None before there are two points."""
    if len(points) < 2:
        return None
    first, last = points[0], points[-1]
    finding = say(
        "The adoption index is %(last)s; it was %(first)s on %(day)s.", last=_text(last[1]), first=_text(first[1]),
        day=show_date(first[0]),
    )  # fmt: skip
    described = say("Between 0 and 100 %%, by the formula of each day.")
    words = Words(str(finding), str(described), _short_day, _text)
    return line_chart("index_chart", [Line(str(say("Index")), [Mark(*point) for point in points])], words)


def index_line(points: Sequence[tuple[date, Decimal]]) -> Element | None:
    """The same as a small line beside a figure."""
    return sparkline([value for _day, value in points]) if len(points) > 1 else None


def _text(value: Decimal) -> str:
    return show_percent(float(value))


def _short_day(day: date) -> str:
    return str(format_skeleton("MMMd", day, locale=locale()))
