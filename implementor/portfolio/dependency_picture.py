"""Projects that wait for each other as a drawing: who waits for nobody stands at the left, late lines are dashed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from implementor.foundation.charts import EDGE, FONT, INK, SERIES, SURFACE, Element
from implementor.foundation.words import say
from implementor.projects.models import ProjectDependency
from implementor.projects.waiting import layers_of

BOX_WIDTH, BOX_HEIGHT, ACROSS, DOWN, EDGE_ROOM = 150, 40, 230, 64, 8
NARROWEST = 900
"""Units of the view box, so that two boxes are not drawn over a whole screen."""
APART = 8
"""Units between lines of the same two projects."""
LONGEST = 18
"""Characters of a name that a box holds."""


@dataclass(frozen=True)
class Box:
    """Where a project stands."""

    x: int
    y: int
    key: str
    name: str


def dependency_picture(found: Sequence[ProjectDependency], today: date) -> Element:
    """The drawing; the list beside it says the same in words."""
    boxes = placed(found)
    width = max(NARROWEST, *(box.x + BOX_WIDTH + EDGE_ROOM for box in boxes.values()))
    height = max(box.y for box in boxes.values()) + BOX_HEIGHT + EDGE_ROOM
    late = sum(1 for one in found if one.is_late(today))
    told = say("%(count)s dependencies between %(projects)s projects, %(late)s of them late",
               count=len(found), projects=len(boxes), late=late)  # fmt: skip
    return Element(
        "svg",
        Element("title", str(told), id="dependencies_title"),
        *_lines(found, boxes, today),
        *(_box(box) for box in boxes.values()),
        role="group", class_="chart", viewBox=f"0 0 {width} {height}", font_family=FONT,
        aria_labelledby="dependencies_title", id="dependency_picture",
    )  # fmt: skip


def placed(found: Sequence[ProjectDependency]) -> dict[int, Box]:
    """Project -> its box: layers from left to right, in a layer by key."""
    projects = {one.id: one for link in found for one in (link.supplier, link.receiver)}
    layers: dict[int, list[int]] = defaultdict(list)
    for project_id, layer in layers_of((one.supplier_id, one.receiver_id) for one in found).items():
        layers[layer].append(project_id)
    return {
        project_id: Box(
            EDGE_ROOM + layer * ACROSS, EDGE_ROOM + row * DOWN, projects[project_id].key, projects[project_id].name
        )
        for layer, ids in layers.items()
        for row, project_id in enumerate(sorted(ids, key=lambda one: projects[one].key))
    }


def _box(box: Box) -> Element:
    name = box.name if len(box.name) <= LONGEST else f"{box.name[: LONGEST - 1]}…"
    return Element(
        "a",
        Element("title", f"{box.key} {box.name}"),
        Element("rect", x=box.x, y=box.y, width=BOX_WIDTH, height=BOX_HEIGHT, rx=6, fill=SURFACE, stroke=EDGE,
                class_="map-box"),
        Element("text", box.key, x=box.x + 10, y=box.y + 16, fill=INK, font_size=12, font_weight="600",
                class_="map-text"),
        Element("text", name, x=box.x + 10, y=box.y + 32, fill=INK, font_size=12, class_="map-text"),
        href=url_for("projects.show", project_key=box.key),
    )  # fmt: skip


def _lines(found: Sequence[ProjectDependency], boxes: dict[int, Box], today: date) -> Iterator[Element]:
    """A line for each dependency; those of the same two projects run side by side."""
    drawn: Counter[tuple[int, int]] = Counter()
    for one in found:
        pair = one.supplier_id, one.receiver_id
        place, drawn[pair] = drawn[pair], drawn[pair] + 1
        beside = (place + 1) // 2 * APART * (-1 if place % 2 else 1)
        yield _line(boxes[one.supplier_id], boxes[one.receiver_id], one.is_late(today), beside)


def _line(one: Box, other: Box, is_late: bool, beside: int) -> Element:
    x1, y1 = one.x + BOX_WIDTH, one.y + BOX_HEIGHT // 2 + beside
    x2, y2 = other.x, other.y + BOX_HEIGHT // 2 + beside
    middle = (x1 + x2) // 2
    return Element(
        "path", d=f"M{x1} {y1} C{middle} {y1} {middle} {y2} {x2} {y2}", fill="none",
        stroke=SERIES[6] if is_late else EDGE, stroke_width=2, stroke_dasharray="5 4" if is_late else None,
        class_="map-line map-gap" if is_late else "map-line",
    )  # fmt: skip
