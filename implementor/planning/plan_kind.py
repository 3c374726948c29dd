"""Tells the import engine of plans of waves: the columns of their sheets, and where they lead."""

from __future__ import annotations

from typing import Any

from flask import url_for

from implementor.exchange.kinds import ImportKind
from implementor.exchange.mapping import TargetField
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say
from implementor.planning.plan_file import VALUES, PlanImporter
from implementor.projects.importing import find_project
from implementor.stories.catalogue import STORY
from implementor.waves.permissions import PLAN
from implementor.waves.story_import_undo import undo

COLUMNS: tuple[tuple[str, Phrase, tuple[str, ...], str], ...] = (
    ("story", say("Story"), ("story", "historia"), "key"),
    ("place", say("Place in the order"), ("place in the order", "lugar en el orden"), "number"),
    ("wave", say("Wave"), ("wave", "ola"), "text"),
    ("points", STORY.fields["points"].label, ("points", "puntos"), "points"),
    ("value", STORY.fields["value"].label, ("value", "valor"), "number"),
    ("moscow", STORY.fields["moscow"].label, ("priority", "prioridad"), "moscow"),
    ("mark", say("State in the file"), ("state in the file", "estado en el archivo"), "text"),
)
"""Columns of a plan: name, heading, the headings it is found by, and the kind of its values."""


def plan_kind() -> ImportKind:
    """Plans of waves, as they were taken away and changed."""
    targets = tuple(TargetField(name, label, words, kind) for name, label, words, kind in COLUMNS)
    return ImportKind(
        name="wave_plan",
        label=say("Plan of a wave"),
        targets=targets,
        permission=PLAN,
        prepare=PlanImporter,
        undo=undo,
        find_place=find_project,
        result_url=_waves,
        needs=("story",),
        is_open=is_open,
        order=90,
    )


def is_open(name: str, by: Actor) -> bool:
    """Whether a person may fill a column: not one that is hidden from them."""
    return name not in VALUES or any(one.name == name for one in STORY.visible_to(by))


def _waves(_run: Any) -> str:
    return url_for("waves.index")
