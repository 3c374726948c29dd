"""Reads single cells of a backlog that say their value in words of their own: priorities, numbers, names of waves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from implementor.exchange.readers.source import Cell
from implementor.exchange.values import UnreadableValue, number_of, points_of, text_of
from implementor.exchange.vocabulary import moscow_of, priority_of
from implementor.foundation.text import clean_line, folded
from implementor.foundation.values import as_stored
from implementor.stories.catalogue import STORY

NO_WAVE = frozenset(
    {"backlog", "product backlog", "sin asignar", "none", "n/a", "na", "-", "pendiente", "sin sprint", "no sprint",
     "por definir", "tbd", "unscheduled", "sin planificar", "ninguno", "ninguna", "unassigned"}
)  # fmt: skip
MOSCOW_OF_PRIORITY = {1: "must", 2: "should", 4: "could", 5: "could"}
"""A middle priority says nothing: it is what other systems give to everything."""
_SPRINT_OBJECT = re.compile(r"greenhopper.*?[\[,]name=([^,\]]+)")


def priority_as_moscow(cell: Cell) -> str | None:
    """What a priority of another system says clearly of how needed a story is."""
    try:
        return moscow_of(cell)
    except UnreadableValue:
        pass
    try:
        return MOSCOW_OF_PRIORITY.get(priority_of(cell) or 0)
    except UnreadableValue:
        return None  # ranks and words of their own say nothing that we could keep


def number_for(target: str, comma: bool | None, cell: Cell) -> Any:
    """The number in a cell as its field stores it; raises UnreadableValue and BadValue."""
    number: Decimal | None = points_of(cell, comma=comma) if target == "points" else number_of(cell, comma=comma)
    return None if number is None else as_stored(STORY.fields[target], number)


def wave_names_of(column: str, cell: Cell) -> Sequence[str]:
    """The names of waves in a cell; a number is called after its column."""
    text = text_of(cell)
    if found := _SPRINT_OBJECT.findall(text):
        return [clean_line(name)[:120] for name in found]
    names = [clean_line(part) for part in re.split(r"[;|\n]", text)]
    kept = [name for name in names if name and folded(name) not in NO_WAVE]
    return [f"{clean_line(column) or 'Sprint'} {name}"[:120] if name.isdecimal() else name[:120] for name in kept]
