"""Drawing a roadmap: a row for each line, bars in the colour of what they show, marks on their days, waits as lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from implementor.foundation.charts import EDGE, FONT, HAIRLINE, INK, SERIES, SURFACE, Element, chart_text
from implementor.foundation.stencils import Stencil, Written
from implementor.portfolio.roadmap import FORECAST, GATE, MILESTONE, PROJECT, Line, Mark, Wait, Window, month_starts

WIDTH, LEFT, RIGHT, HEAD, ROW, BAR = 1080, 220, 16, 34, 30, 16
LONGEST = 28
"""Characters of a name that fit beside the rows."""
TONES = {"planning": 5, "implementation": 1, "adoption": 3, "finished": 4, "current": 2, "done": 5}
SHAPES: Mapping[str, tuple[str, Mapping[str, str | int]]] = {
    GATE: ("polygon", {"points": "0,-9 9,0 0,9 -9,0", "transform": "translate({across} {middle})"}),
    FORECAST: ("circle", {"cx": "{across}", "cy": "{middle}", "r": 7, "stroke_width": 2, "stroke_dasharray": "3 2"}),
    MILESTONE: ("circle", {"cx": "{across}", "cy": "{middle}", "r": 7}),
}
"""How each kind of mark looks: diamonds for gates, hollow dots for forecasts, dots for milestones."""
BOTH = (False, True)


def _stencil(kind: str, is_late: bool, is_done: bool) -> Stencil:
    """A mark of one kind and state as a link; only its place, words and address differ from mark to mark."""
    colour, tone = (SERIES[6], "tone-off") if is_late else (SERIES[3], "tone-ok") if is_done else (INK, "tone-neutral")
    name, form = SHAPES[kind]
    hollow = kind == FORECAST
    shape = Element(
        name, **form, fill=SURFACE if hollow else colour, stroke=colour if hollow else SURFACE,
        class_="mark chart-surface" if hollow else f"mark {tone}",
    )  # fmt: skip
    return Stencil(Element("a", Element("title", "{told}"), shape, href="{url}", aria_label="{told}"))


_STENCILS = {(kind, late, done): _stencil(kind, late, done) for kind in SHAPES for late in BOTH for done in BOTH}


Bars = Mapping[str, tuple[date, date]]
"""First and last days by the keys of lines."""


@dataclass(frozen=True)
class Frame:
    """How an empty frame around a bar looks."""

    colour: str
    tone: str
    dashes: str | None


THEN, MAYBE = Frame(EDGE, "chart-axis", "3 3"), Frame(SERIES[4], "line-4", None)
"""Frames of an earlier day are dashed, those of a scenario are not."""


@dataclass(frozen=True)
class Words:
    """How the drawing talks: its title, days, months, what a line is called and what is said of it, and marks."""

    title: str
    day: Callable[[date], str]
    month: Callable[[date], str]
    name: Callable[[Line], str]
    about: Callable[[Line], str]
    mark: Callable[[Mark], str]
    today: str


def roadmap_picture(
    lines: Sequence[Line], waits: Sequence[Wait], window: Window, today: date, words: Words, *,
    were: Bars, supposed: Bars,
) -> Element:  # fmt: skip
    """The drawing; the table below it says the same in words.

    `were` are earlier first and last days, by line, and `supposed` those of a scenario.
    """
    rows = {line.key: place for place, line in enumerate(lines)}
    height = HEAD + ROW * len(lines) + 8
    return Element(
        "svg",
        Element("title", words.title, id="roadmap_title"),
        *_months(window, height, words),
        *(part for line in lines for part in _ghost(were.get(line.key), _middle(rows[line.key]), window, THEN)),
        *(part for line in lines for part in _row(line, rows[line.key], window, words)),
        *(part for line in lines for part in _ghost(supposed.get(line.key), _middle(rows[line.key]), window, MAYBE)),
        *_waits(lines, waits, rows, window),
        *_today(today, window, height, words),
        role="group", class_="chart roadmap", viewBox=f"0 0 {WIDTH} {height}", font_family=FONT,
        aria_labelledby="roadmap_title", id="roadmap_picture",
    )  # fmt: skip


def _x(day: date, window: Window) -> float:
    span = max(1, (window.last - window.first).days + 1)
    share = (day - window.first).days / span
    return LEFT + (WIDTH - LEFT - RIGHT) * min(1.0, max(0.0, share))


def _middle(place: int) -> float:
    return HEAD + ROW * place + ROW / 2


def _months(window: Window, height: int, words: Words) -> list[Element]:
    parts: list[Element] = []
    for day in month_starts(window):
        across = _x(day, window)
        parts.append(
            Element("line", x1=across, y1=HEAD - 8, x2=across, y2=height, stroke=HAIRLINE, class_="chart-grid")
        )
        parts.append(chart_text(words.month(day), across + 4, HEAD - 14))
    return parts


def _row(line: Line, place: int, window: Window, words: Words) -> list[Element | Written]:
    middle = _middle(place)
    name = words.name(line)
    short = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
    kind = "chart-label" if line.kind == PROJECT else None
    indent = 0 if line.kind == PROJECT else 14
    parts: list[Element | Written] = [
        Element(
            "a", Element("title", name), chart_text(short, indent, middle + 4, colour=INK, kind=kind), href=line.url
        )
    ]
    if window.shows(line.first, line.last) and line.first is not None and line.last is not None:
        parts.append(_bar(line, line.first, line.last, middle, window, words))
    parts += [_mark(mark, middle, window, words) for mark in line.marks if window.shows(mark.on, mark.on)]
    return parts


def _ghost(days: tuple[date, date] | None, middle: float, window: Window, look: Frame) -> list[Element]:
    """Where a bar was on the day that the roadmap is compared with, or would be: an empty one around it."""
    if days is None or not window.shows(*days):
        return []
    left, right = _x(days[0], window), _x(days[1], window)
    return [
        Element("rect", x=left, y=middle - BAR / 2 - 3, width=max(4.0, right - left), height=BAR + 6, rx=4,
                fill="none", stroke=look.colour, stroke_width=2, stroke_dasharray=look.dashes, class_=look.tone)
    ]  # fmt: skip


def _bar(line: Line, first: date, last: date, middle: float, window: Window, words: Words) -> Element:
    left, right = _x(first, window), _x(last, window)
    thin = line.kind == PROJECT
    depth = BAR // 4 if thin else BAR
    tone = TONES.get(line.state, 5)
    return Element(
        "a",
        Element("title", words.about(line)),
        Element("rect", x=left, y=middle - depth / 2, width=max(4.0, right - left), height=depth, rx=3,
                fill=INK if thin else SERIES[tone], class_="tone-neutral" if thin else f"area-{tone}"),
        href=line.url, aria_label=words.about(line),
    )  # fmt: skip


def _mark(mark: Mark, middle: float, window: Window, words: Words) -> Written:
    stencil = _STENCILS[mark.kind, mark.is_late, mark.is_done]
    return stencil.drawn(across=_x(mark.on, window), middle=middle, told=words.mark(mark), url=mark.url)


def _waits(lines: Sequence[Line], waits: Sequence[Wait], rows: Mapping[str, int], window: Window) -> list[Element]:
    """From the end of what is waited for to the beginning of what waits; violated ones dashed and in another colour."""
    known = {line.key: line for line in lines}
    parts: list[Element] = []
    for wait in waits:
        earlier, later = known.get(wait.earlier), known.get(wait.later)
        if earlier is None or later is None or earlier.last is None or later.first is None:
            continue
        start, end = _x(earlier.last, window), _x(later.first, window)
        top, low = _middle(rows[earlier.key]), _middle(rows[later.key])
        turn = max(start, end) + 8 if wait.is_violated else (start + end) / 2
        parts.append(
            Element(
                "path", d=f"M{start:.1f} {top:.1f} H{turn:.1f} V{low:.1f} H{end:.1f}", fill="none",
                stroke=SERIES[6] if wait.is_violated else EDGE, stroke_width=2 if wait.is_violated else 1,
                stroke_dasharray="5 3" if wait.is_violated else None,
                class_="chart-limit" if wait.is_violated else "chart-axis",
            )
        )  # fmt: skip
    return parts


def _today(today: date, window: Window, height: int, words: Words) -> list[Element]:
    if not window.shows(today, today):
        return []
    across = _x(today, window)
    line = Element(
        "line", x1=across, y1=HEAD - 8, x2=across, y2=height, stroke=SERIES[2], stroke_width=2, class_="line-2"
    )
    return [line, chart_text(words.today, across + 4, height - 2, colour=SERIES[2])]
