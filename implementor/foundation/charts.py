"""Charts drawn on the server as SVG, so that they print, need no script and every mark leads to its records.

Colours are literal light ones as attributes, because page style does not reach into printed SVG, and classes beside
them, by which pages give the same marks the colours of the reader's theme.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from html import escape

SERIES = {1: "#1d5b8f", 2: "#b45309", 3: "#0f766e", 4: "#8b3d88", 5: "#5b6470", 6: "#a3341f"}
INK, MUTED, HAIRLINE, EDGE, SURFACE = "#1b2430", "#4d5a6b", "#d5dbe3", "#7c8899", "#ffffff"
FONT = "system-ui, sans-serif"
MOST_DAY_TICKS = 6
LABEL_ROOM, NUMBER_WIDTH = 16, 7
NAME_WIDTH, MOST_OF_A_NAME = 8, 30
"""Room of a letter of a name at the end of its line, and letters that room is kept for."""
Attribute = str | int | float | Decimal | None


class Element:
    """One SVG element; names and values are escaped when it is written, so people's words are safe in it.

    Children are words, which are escaped, and other elements, which write themselves.

    Attributes are keywords: `_` stands for a hyphen, a trailing one is dropped (`class_`); None leaves one out.
    """

    def __init__(self, name: str, *children: object, **attributes: Attribute) -> None:
        self.name = name
        self.children = children
        self.attributes = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}

    def __str__(self) -> str:
        given = "".join(
            f' {key}="{escape(written(value))}"' for key, value in self.attributes.items() if value is not None
        )
        inside = "".join(escape(child) if isinstance(child, str) else str(child) for child in self.children)
        return f"<{self.name}{given}>{inside}</{self.name}>" if inside else f"<{self.name}{given}/>"

    def __html__(self) -> str:
        """The markup, by the agreement that templates have on things which are escaped already."""
        return str(self)


def written(value: str | int | float | Decimal) -> str:
    """A value as it stands in an attribute: at most one digit behind the point, and none where it is zero."""
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):  # thousands of them stand in a roadmap, and a Decimal of each takes long
        text = f"{value:.1f}"
        return (text[:-2] if text.endswith(".0") else text) if text != "-0.0" else "0"
    return format(round(Decimal(value), 1).normalize(), "f")


@dataclass(frozen=True)
class Mark:
    """A line's value at the end of a day. With a `url` it is drawn as a link to its records, named by `text`."""

    day: date
    value: Decimal
    text: str = ""
    url: str | None = None


@dataclass(frozen=True)
class Line:
    """One line of a chart, with its name written at its end; `series` 1-6 picks the colour, `dashes` the pattern."""

    label: str
    marks: Sequence[Mark]
    series: int = 1
    dashes: str | None = None


@dataclass(frozen=True)
class Guide:
    """A day worth a vertical line, such as the end that was planned."""

    day: date
    label: str


@dataclass(frozen=True)
class Words:
    """How a chart talks: the finding as its title, a longer description, and days and numbers in the reader's way."""

    finding: str
    description: str
    day: Callable[[date], str]
    number: Callable[[Decimal], str]


@dataclass(frozen=True)
class Plane:
    """Where days and values lie on the paper, from `bottom` to `top`; sizes in units of the view box."""

    first: date
    last: date
    top: Decimal
    bottom: Decimal = Decimal(0)
    width: int = 640
    height: int = 280
    left: int = 44
    right: int = 116
    above: int = 22
    below: int = 30

    def x(self, day: date) -> float:
        """Across: a chart of one day has it at the left edge."""
        span = max((self.last - self.first).days, 1)
        return self.left + (self.width - self.left - self.right) * (day - self.first).days / span

    def y(self, value: Decimal) -> float:
        """Down: `bottom`, zero unless something is below it, lies at the lower edge, `top` at the upper one."""
        share = (value - self.bottom) / (self.top - self.bottom)
        return self.height - self.below - float(share) * (self.height - self.above - self.below)


def line_chart(chart_id: str, lines: Sequence[Line], words: Words, guides: Sequence[Guide] = ()) -> Element:
    """Lines over days. Every line needs at least one mark; `chart_id` must be unique on its page."""
    days = [mark.day for line in lines for mark in line.marks] + [guide.day for guide in guides]
    values = [mark.value for line in lines for mark in line.marks]
    ticks = ticks_between(min(values), max(values))
    widest = max(len(words.number(tick)) for tick in ticks)
    longest = min(MOST_OF_A_NAME, max(len(line.label) for line in lines))
    plane = Plane(
        min(days), max(days), ticks[-1], ticks[0], left=max(Plane.left, 10 + NUMBER_WIDTH * widest),
        right=max(Plane.right, 12 + NAME_WIDTH * longest),
    )  # fmt: skip
    title_id, description_id = f"{chart_id}_title", f"{chart_id}_description"
    return Element(
        "svg",
        Element("title", words.finding, id=title_id),
        Element("desc", words.description, id=description_id),
        *value_axis(plane, ticks, words),
        *day_axis(plane, words),
        *(part for guide in guides for part in _guide(plane, guide)),
        *(_path(plane, line) for line in lines),
        *(_mark(plane, line, mark) for line in lines for mark in line.marks if mark.url),
        *_labels(plane, lines),
        # a group, not an image: the links inside an image are hidden from assistive tools
        role="group",
        class_="chart",
        viewBox=f"0 0 {plane.width} {plane.height}",
        font_family=FONT,
        aria_labelledby=title_id,
        aria_describedby=description_id,
        id=chart_id,
    )


def nice_ticks(highest: Decimal, most: int = 5) -> list[Decimal]:
    """Round numbers from 0 to at least `highest`, in at most `most` equal steps of 1, 2 or 5 times a power of ten."""
    if highest <= 0:
        return [Decimal(0), Decimal(1)]
    step = Decimal(1).scaleb(highest.adjusted() - 1)
    for factor in (1, 2, 5, 10, 20, 50, 100):
        if step * factor * most >= highest:
            step *= factor
            break
    count = int((highest / step).to_integral_value(ROUND_CEILING))
    return [step * place for place in range(count + 1)]


def ticks_between(lowest: Decimal, highest: Decimal) -> list[Decimal]:
    """Round numbers around both and zero, in equal steps; where nothing is below zero, those of `nice_ticks`."""
    if lowest >= 0:
        return nice_ticks(highest)
    ticks = nice_ticks(max(highest, -lowest))
    above = [tick for place, tick in enumerate(ticks) if place == 0 or ticks[place - 1] < highest]
    below = [-tick for place, tick in enumerate(ticks) if place and ticks[place - 1] < -lowest]
    return [*reversed(below), *above]


def sparkline(values: Sequence[Decimal], *, series: int = 1, aim: Decimal | None = None) -> Element:
    """A small line without words, in equal steps, for beside a figure that says what it shows; `aim` is dashed."""
    known = [*values, *([] if aim is None else [aim])]
    low, high = min(known), max(known)
    span, step = (high - low) or Decimal(1), Decimal(96) / max(len(values) - 1, 1)

    def down(value: Decimal) -> Decimal:
        return 20 - (value - low) / span * 16

    points = " ".join(f"{written(2 + place * step)},{written(down(value))}" for place, value in enumerate(values))
    parts = [Element("polyline", points=points, fill="none", stroke=SERIES[series], stroke_width="2",
                     class_=f"line-{series}")]  # fmt: skip
    if aim is not None:
        height = down(aim)
        parts.insert(0, Element("line", x1=2, y1=height, x2=98, y2=height, stroke=EDGE, stroke_dasharray="2 3",
                                class_="chart-axis"))  # fmt: skip
    last = Element("circle", cx=2 + (len(values) - 1) * step, cy=down(values[-1]), r="2.5", fill=SERIES[series],
                   class_=f"area-{series}")  # fmt: skip
    return Element("svg", *parts, last, viewBox="0 0 100 24", class_="chart sparkline", aria_hidden="true")


def day_ticks(first: date, last: date, most: int = MOST_DAY_TICKS) -> list[date]:
    """Both ends and days between them at nearly equal distances."""
    span = (last - first).days
    count = min(most - 1, span)
    if count == 0:
        return [first]
    return [first + timedelta(days=round(span * place / count)) for place in range(count + 1)]


def value_axis(plane: Plane, ticks: Sequence[Decimal], words: Words) -> list[Element]:
    """A line and a number for each of these values."""
    parts = []
    for tick in ticks:
        height = plane.y(tick)
        kind, colour = ("chart-axis", EDGE) if tick == 0 else ("chart-grid", HAIRLINE)
        end = plane.width - plane.right
        parts.append(Element("line", x1=plane.left, y1=height, x2=end, y2=height, stroke=colour, class_=kind))
        parts.append(chart_text(words.number(tick), plane.left - 8, height + 4, anchor="end"))
    return parts


def day_axis(plane: Plane, words: Words) -> list[Element]:
    """Some days below."""
    return [
        chart_text(words.day(day), plane.x(day), plane.height - 10, anchor="middle")
        for day in day_ticks(plane.first, plane.last)
    ]


def _guide(plane: Plane, guide: Guide) -> list[Element]:
    across = plane.x(guide.day)
    foot = plane.height - plane.below
    line = Element(
        "line", x1=across, y1=plane.above, x2=across, y2=foot, stroke=EDGE, stroke_dasharray="2 3", class_="chart-axis"
    )
    anchor = "end" if across > plane.width - plane.right - 60 else "middle"
    return [line, chart_text(guide.label, across, plane.above - 8, anchor=anchor)]


def _path(plane: Plane, line: Line) -> Element:
    points = " ".join(f"{written(plane.x(mark.day))},{written(plane.y(mark.value))}" for mark in line.marks)
    return Element(
        "polyline",
        points=points,
        fill="none",
        stroke=SERIES[line.series],
        stroke_width="2.5",
        stroke_linejoin="round",
        stroke_dasharray=line.dashes,
        class_=f"line-{line.series}",
    )


def _mark(plane: Plane, line: Line, mark: Mark) -> Element:
    across, down = plane.x(mark.day), plane.y(mark.value)
    return Element(
        "a",
        Element("title", mark.text),
        Element("circle", cx=across, cy=down, r=12, fill=SURFACE, fill_opacity=0),
        Element("circle", cx=across, cy=down, r=4, fill=SERIES[line.series], class_=f"mark area-{line.series}"),
        href=mark.url,
        aria_label=mark.text,
    )


def _labels(plane: Plane, lines: Sequence[Line]) -> list[Element]:
    """Names at the ends of their lines, moved apart where the ends are close."""
    ends = sorted((plane.y(line.marks[-1].value), place) for place, line in enumerate(lines))
    parts: list[Element] = []
    lowest = 0.0
    for down, place in ends:
        lowest = max(down, lowest)
        across = plane.x(lines[place].marks[-1].day) + 10
        parts.append(chart_text(lines[place].label, across, lowest + 4, colour=INK, kind="chart-label"))
        lowest += LABEL_ROOM
    return parts


def chart_text(
    words: str, x: float, y: float, *, anchor: str | None = None, colour: str = MUTED, kind: str | None = None
) -> Element:
    """Words on a chart."""
    weight = 600 if kind == "chart-label" else None
    return Element(
        "text", words, x=x, y=y, fill=colour, font_size=12, font_weight=weight, text_anchor=anchor, class_=kind
    )
