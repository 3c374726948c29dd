"""The picture of how process and index went over weeks or days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from babel.dates import format_skeleton

from implementor.adoption.reading import Course, Points
from implementor.foundation.charts import Element, Line, Mark, Words, line_chart, sparkline
from implementor.foundation.words import Phrase, say
from implementor.web.language import locale, show_date, show_percent


def course_chart(course: Course) -> Element | None:
    """Process and, since records are looked at, the index, with what it says in words; None before two points."""
    days = {day for points in (course.process, course.index) for day, _value in points}
    if len(days) < 2:
        return None
    lines = [
        Line(str(label), [Mark(*point) for point in points], series)
        for label, points, series in ((say("Process"), course.process, 1), (say("Index"), course.index, 3)) if points
    ]  # fmt: skip
    described = say("Process is known from the history, the index since the records are looked at.")
    words = Words(str(_finding(course)), str(described), short_day, _text)
    return line_chart("course_chart", lines, words)


def course_line(points: Points) -> Element | None:
    """The same as a small line beside a figure."""
    return sparkline([value for _day, value in points]) if len(points) > 1 else None


def _finding(course: Course) -> Phrase:
    name, points = (say("Index"), course.index) if len(course.index) > 1 else (say("Process"), course.process)
    first, last = points[0], points[-1]
    return say(
        "%(name)s: %(last)s; it was %(first)s on %(day)s.", name=name, last=_text(last[1]), first=_text(first[1]),
        day=show_date(first[0]),
    )  # fmt: skip


def _text(value: Decimal) -> str:
    return show_percent(float(value))


def short_day(day: date) -> str:
    """A day as an axis shows it."""
    return str(format_skeleton("MMMd", day, locale=locale()))
