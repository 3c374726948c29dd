"""The picture of a metric: what was measured, the line it should follow, and where the trend leads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_skeleton

from implementor.foundation.charts import Element, Guide, Line, Mark, Words, line_chart
from implementor.foundation.words import say
from implementor.metrics.models import Metric
from implementor.metrics.standing import Reading, Standing, trend, value_on
from implementor.metrics.wording import finding, short_number, shown_value, target_text
from implementor.web.language import locale, show_date


def picture_of(metric: Metric, rows: Sequence[Any], found: Standing, *, today: date) -> Element | None:
    """A chart of the measurements that stand (`rows`, the latest first); None before there are two points to draw."""
    present = [row for row in rows if row.Measurement.definition_number == metric.definition_number]
    marks = [_mark(metric, row.Measurement) for row in reversed(present)]
    lines = [Line(str(say("Measured")), marks, 1)] if marks else []
    lines += _earlier_lines(metric, rows)
    lines += _goal_lines(metric, marks)
    if found.projected is not None and metric.due_on is not None:
        lines.append(_trend_line(metric, [row.Measurement.reading for row in present], found.projected))
    if len({mark.day for line in lines for mark in line.marks}) < 2:
        return None
    guides = [Guide(metric.due_on, str(say("Due")))] if metric.due_on else []
    described = say("The target is %(target)s, due %(day)s.", target=target_text(metric), day=_day_of(metric.due_on))
    words = Words(str(finding(metric, found)), str(described), _short_day, short_number)
    return line_chart("metric_chart", lines, words, guides)


def _earlier_lines(metric: Metric, rows: Sequence[Any]) -> list[Line]:
    """What earlier versions of the definition measured: a line for each, broken off where the next one begins."""
    earlier: dict[int | None, list[Any]] = {}
    for row in reversed(rows):
        if row.Measurement.definition_number != metric.definition_number:
            earlier.setdefault(row.Measurement.definition_number, []).append(row.Measurement)
    names = {number: say("Version %(number)s", number=number) if number else say("By hand") for number in earlier}
    return [
        Line(str(names[number]), [_mark(metric, one) for one in some], 5, "1 3") for number, some in earlier.items()
    ]


def _mark(metric: Metric, one: Any) -> Mark:
    said = say("%(day)s: %(value)s", day=show_date(one.measured_on), value=shown_value(metric, one.value))
    return Mark(one.measured_on, one.value, str(said), f"#measurement_{one.id}")


def _goal_lines(metric: Metric, marks: Sequence[Mark]) -> list[Line]:
    if metric.target is None or metric.due_on is None:
        return []
    ends = [metric.target, *([metric.target_top] if metric.target_top is not None else [])]
    began = metric.baseline_on or (marks[0].day if marks else metric.due_on)
    labels = [str(say("Target %(value)s", value=short_number(end))) for end in ends]
    return [
        Line(label, [Mark(began, _begin(metric, end)), Mark(metric.due_on, end)], 3, "6 4")
        for label, end in zip(labels, ends, strict=True)
    ]


def _begin(metric: Metric, end: Decimal) -> Decimal:
    """Where the line to a target starts, as `standing.bounds_on` has it."""
    if metric.baseline is None or metric.baseline_on is None:
        return end
    if metric.direction != "range":
        return metric.baseline
    return min(metric.baseline, end) if end == metric.target else max(metric.baseline, end)


def _trend_line(metric: Metric, readings: Sequence[Reading], projected: Decimal) -> Line:
    """From the last measurement to the due day; `readings` the latest first."""
    found, start = trend(readings), readings[0].day
    begins = value_on(found, start) if found is not None else projected
    return Line(str(say("Trend")), [Mark(start, begins), Mark(metric.due_on or start, projected)], 5, "2 4")


def _short_day(day: date) -> str:
    return str(format_skeleton("MMMd", day, locale=locale()))


def _day_of(day: date | None) -> str:
    return show_date(day) if day is not None else "–"
