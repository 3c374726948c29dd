"""Charts of flow: bands that lie on each other day by day, and dots over days with lines across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from implementor.foundation.charts import (
    FONT,
    INK,
    NUMBER_WIDTH,
    SERIES,
    SURFACE,
    Element,
    Mark,
    Plane,
    Words,
    chart_text,
    day_axis,
    nice_ticks,
    value_axis,
)

ROOM = 16


@dataclass(frozen=True)
class Band:
    """One band of a stack: how high it is on each day; `series` 1-6 picks the colour. With a `url` it is a link."""

    label: str
    values: Sequence[Decimal]
    series: int
    text: str = ""
    url: str | None = None


@dataclass(frozen=True)
class Level:
    """A value worth a line across, such as a percentile."""

    value: Decimal
    label: str


def band_chart(chart_id: str, days: Sequence[date], bands: Sequence[Band], words: Words) -> Element:
    """Bands over days, the first at the bottom; every band has one value for each day, of which there are several."""
    tops = [sum((band.values[place] for band in bands), Decimal(0)) for place in range(len(days))]
    plane, ticks = _plane(days, max(tops), words)
    lower = [Decimal(0)] * len(days)
    areas: list[Element] = []
    labels: list[Element] = []
    free = float(plane.height)
    for band in bands:
        upper = [low + value for low, value in zip(lower, band.values, strict=True)]
        areas.append(_linked(band, _area(plane, days, lower, upper, band.series)))
        free = min(plane.y((lower[-1] + upper[-1]) / 2) + 4, free - ROOM)
        labels.append(
            chart_text(band.label, plane.x(days[-1]) + 10, free, colour=INK, kind="chart-label")
        )  # fmt: skip
        lower = upper
    return _chart(chart_id, words, [*areas, *value_axis(plane, ticks, words), *day_axis(plane, words), *labels])


def dot_chart(chart_id: str, dots: Sequence[Mark], levels: Sequence[Level], words: Words, last: date) -> Element:
    """Dots over days up to `last`, each a link to its record, and lines across at the levels; needs one dot or more."""
    days = [*(dot.day for dot in dots), last]
    highest = max([*(dot.value for dot in dots), *(level.value for level in levels)])
    plane, ticks = _plane([min(days), max(days)], highest, words)
    parts = [*value_axis(plane, ticks, words), *day_axis(plane, words)]
    taken = float(plane.height)
    for level in sorted(levels, key=lambda one: one.value):
        height, end = plane.y(level.value), plane.width - plane.right
        parts.append(Element("line", x1=plane.left, y1=height, x2=end, y2=height, stroke=SERIES[2], stroke_width="1.5",
                             stroke_dasharray="6 4", class_="line-2"))  # fmt: skip
        taken = min(height + 4, taken - ROOM)
        parts.append(chart_text(level.label, end + 8, taken, colour=INK, kind="chart-label"))
    return _chart(chart_id, words, [*parts, *(_dot(plane, dot) for dot in dots)])


def _plane(days: Sequence[date], highest: Decimal, words: Words) -> tuple[Plane, list[Decimal]]:
    ticks = nice_ticks(highest)
    widest = max(len(words.number(tick)) for tick in ticks)
    return Plane(days[0], days[-1], ticks[-1], left=max(Plane.left, 10 + NUMBER_WIDTH * widest)), ticks


def _area(
    plane: Plane, days: Sequence[date], lower: Sequence[Decimal], upper: Sequence[Decimal], series: int
) -> Element:
    along = [(plane.x(day), plane.y(value)) for day, value in zip(days, upper, strict=True)]
    back = [(plane.x(day), plane.y(value)) for day, value in zip(reversed(days), reversed(lower), strict=True)]
    points = " ".join(f"{round(x, 1)},{round(y, 1)}" for x, y in (*along, *back))
    return Element("polygon", points=points, fill=SERIES[series], stroke=SURFACE, class_=f"area-{series} mark")


def _linked(band: Band, area: Element) -> Element:
    if band.url is None:
        return area
    return Element("a", Element("title", band.text), area, href=band.url, aria_label=band.text)


def _dot(plane: Plane, dot: Mark) -> Element:
    across, down = plane.x(dot.day), plane.y(dot.value)
    circle = Element("circle", cx=across, cy=down, r=4, fill=SERIES[1], class_="mark area-1")
    if dot.url is None:
        return circle
    reach = Element("circle", cx=across, cy=down, r=12, fill=SURFACE, fill_opacity=0)
    return Element("a", Element("title", dot.text), reach, circle, href=dot.url, aria_label=dot.text)


def _chart(chart_id: str, words: Words, parts: Sequence[Element]) -> Element:
    return Element(
        "svg",
        Element("title", words.finding, id=f"{chart_id}_title"),
        Element("desc", words.description, id=f"{chart_id}_description"),
        *parts,
        role="group",
        class_="chart",
        viewBox=f"0 0 {Plane.width} {Plane.height}",
        font_family=FONT,
        aria_labelledby=f"{chart_id}_title",
        aria_describedby=f"{chart_id}_description",
        id=chart_id,
    )
