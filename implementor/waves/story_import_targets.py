"""The columns that a file may fill for stories: the fields of their catalogue, and what a backlog tells besides."""

from __future__ import annotations

from dataclasses import replace

from flask import url_for

from implementor.exchange.mapping import TargetField
from implementor.exchange.permissions import IMPORT
from implementor.exchange.records.declaring import RecordImport
from implementor.exchange.records.targets import targets_of
from implementor.exchange.story_headers import BESIDES, STORY_HEADERS
from implementor.foundation.fields import Field, Kind
from implementor.foundation.permissions import Actor
from implementor.stories.catalogue import STORY

READ_WITH_CARE = frozenset(
    {"title", "as_a", "i_want", "so_that", "description", "type", "moscow", "module", "status", "owner", "area",
     "parent", "tags", "points", "value", "urgency", "risk_reduction"}
)  # fmt: skip
"""Fields of which other systems write more than their value, each understood in its own way."""
AS_THEY_ARE = (Kind.LINE, Kind.TEXT, Kind.MARKDOWN, Kind.WHOLE, Kind.DECIMAL, Kind.CHOICE)
OTHERS: tuple[Field, ...] = tuple(
    one
    for one in STORY.fields.values()
    if one.editable and not one.is_order and one.kind in AS_THEY_ARE and one.name not in READ_WITH_CARE
)
"""Fields that a cell fills with what stands in it."""
TAKEN_IN = frozenset({"status", "external_key", "created_at", "updated_at"})
FILLED = frozenset({*READ_WITH_CARE, *TAKEN_IN, "wave", *(one.name for one in OTHERS)})
LOOKS = {"external_key": "key", "status": "status", "type": "type", "points": "points", "moscow": "moscow"}
REPEATABLE = frozenset({"wave", "tags"})


def story_import() -> RecordImport:
    """What the import of stories says of itself; asked once all packages have added their fields."""
    return RecordImport(
        entity=STORY,
        permission=IMPORT,
        result_url=lambda _run: url_for("stories.index", sort="-created_at"),
        needs=("title", "i_want", "description"),
        headers=STORY_HEADERS,
        extra=BESIDES,
        taken_in=TAKEN_IN,
        left_out=frozenset(STORY.fields) - FILLED,
        looks=LOOKS,
    )


def story_targets(declared: RecordImport) -> tuple[TargetField, ...]:
    """What a column can fill. A label that is the header of something else names only that."""
    headed = {name: other for other, names in _headers().items() for name in names}
    found = []
    for target in targets_of(declared)[1:]:  # stories have two keys of their own
        labels = tuple(one for one in target.labels if headed.get(one.casefold(), target.name) == target.name)
        found.append(replace(target, labels=labels, repeatable=target.repeatable or target.name in REPEATABLE))
    return tuple(found)


def _headers() -> dict[str, tuple[str, ...]]:
    besides = {extra.name: extra.headers for extra in BESIDES}
    return {name: tuple(headers.split("|")) for name, headers in {**STORY_HEADERS, **besides}.items()}


def is_open(name: str, by: Actor) -> bool:
    """Whether a person may fill a target: nobody fills what is hidden from them."""
    return name not in STORY.fields or STORY.fields[name].is_visible_to(by)
