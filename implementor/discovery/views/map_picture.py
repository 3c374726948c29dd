"""The benefit map as a drawing: boxes that open their records, lines between them, gaps drawn with dashes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for

from implementor.discovery.benefit_map import BOX, HEAD, ROW, SHOWN_STORIES, WIDTH, Band, Layout, Node, layout
from implementor.foundation.charts import EDGE, FONT, INK, MUTED, SERIES, SURFACE, Element
from implementor.foundation.words import Phrase, say

COLUMNS = (say("Objective"), say("Benefits"), say("Metrics"), say("Stories"))
GAPS: dict[str, Phrase] = {
    "no_benefit": say("No benefit stated"),
    "no_metric": say("No metric"),
    "no_baseline": say("No baseline, target or date"),
    "no_story": say("No story"),
}
LINE, LINES = 29, 2
"""Characters of a line of a box, and how many lines it has."""


def map_picture(found: Sequence[Band]) -> Element:
    """The drawing; the list beside it says the same for those who do not see it."""
    drawn = layout(found)
    heads = [
        Element("text", str(label), x=place * (WIDTH - BOX) / 3, y=HEAD - 14, fill=MUTED, font_size=13)
        for place, label in enumerate(COLUMNS)
    ]
    boxes = [
        box for place, band in enumerate(found) for key, box in _boxes(drawn, place, band) if key in drawn.nodes
    ]  # fmt: skip
    return Element(
        "svg",
        Element("title", str(say("Benefit map")), id="map_title"),
        *heads,
        *(_line(one, other) for one, other in drawn.lines),
        *boxes,
        role="group", class_="chart", viewBox=f"0 0 {WIDTH} {round(drawn.height)}", font_family=FONT,
        aria_labelledby="map_title", id="benefit_map",
    )  # fmt: skip


def _boxes(drawn: Layout, place: int, band: Band) -> list[tuple[tuple[str, int, int], Element]]:
    """Every box of a band with its key."""
    one = band.objective
    known: list[tuple[str, int, str, str | None, bool]] = [
        ("objective", one.id, one.statement, url_for("discovery.objective", objective_id=one.id), False)
    ]
    for benefit in band.benefits:
        url = url_for("discovery.objective", objective_id=one.id, _anchor="benefits")
        known.append(("benefit", benefit.id, benefit.title, url, False))
    for metric in band.metrics:
        url = url_for("metrics.show", metric_id=metric.id)
        known.append(("metric", metric.id, metric.name, url, not metric.is_complete))
    for story in band.stories[:SHOWN_STORIES]:
        known.append(("story", story.id, story.title, url_for("stories.show", number=story.number), False))
    more = str(say("%(count)s more", count=len(band.stories) - SHOWN_STORIES))
    known.append(("more", 0, more, url_for("stories.index", objective=one.id), False))
    known += [(gap, 0, str(GAPS[gap]), None, True) for gap in band.gaps]
    boxes = []
    for kind, key, text, address, is_gap in known:
        node = drawn.nodes.get((kind, key, place))
        if node is not None:
            boxes.append(((kind, key, place), _box(node, text, address, is_gap=is_gap)))
    return boxes


def _box(node: Node, text: str, url: str | None, *, is_gap: bool) -> Element:
    rect = Element(
        "rect", x=node.x, y=node.y, width=BOX, height=ROW, rx=6, fill=SURFACE, stroke=SERIES[6] if is_gap else EDGE,
        stroke_dasharray="5 4" if is_gap else None, class_="map-box map-gap" if is_gap else "map-box",
    )  # fmt: skip
    lines = _folded(text)
    first = node.middle + 4 - (len(lines) - 1) * 8
    words = [
        Element("text", line, x=node.x + 10, y=first + 16 * row, fill=INK, font_size=13, class_="map-text")
        for row, line in enumerate(lines)
    ]
    name = f"{text} ({GAPS['no_baseline']})" if is_gap and url else text
    parts = [Element("title", name), rect, *words]
    return Element("a", *parts, href=url) if url else Element("g", *parts)


def _folded(text: str) -> list[str]:
    """The words in at most two lines, cut with dots where they are longer."""
    lines: list[str] = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= LINE or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    cut = [line if len(line) <= LINE else f"{line[: LINE - 1]}…" for line in lines[:LINES]]
    if len(lines) > LINES:
        cut[-1] = f"{cut[-1][: LINE - 1].rstrip()}…"
    return cut


def _line(one: Node, other: Node) -> Element:
    begin, end = one.x + BOX, other.x
    bend = (begin + end) / 2 if other.column - one.column == 1 else end - 25
    path = f"M{begin:g} {one.middle:g} C{bend:g} {one.middle:g} {bend:g} {other.middle:g} {end:g} {other.middle:g}"
    return Element("path", d=path, fill="none", stroke=EDGE, stroke_width="1.5", class_="chart-axis")


def gap_words(gap: str) -> Any:
    """A gap in words."""
    return GAPS[gap]
