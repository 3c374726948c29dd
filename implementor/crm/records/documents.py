"""What of a CRM record is found by searching: its title, what its kind says, and texts of fields of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from implementor.crm.records import queries
from implementor.foundation.extension import is_key
from implementor.foundation.fields import Entity, Field, Kind
from implementor.foundation.permissions import Permission
from implementor.foundation.searchable import Document, Searchable

FOUND = (Kind.LINE, Kind.TEXT, Kind.URL)
"""Kinds of fields of one's own that records are found by."""


def searched(entity: Entity, names: Sequence[str], may_view: Permission) -> Searchable:
    """How records of a kind become documents; `names` are the attributes whose text is found besides the title."""
    attribute = entity.fields[entity.title_field].attribute

    def own() -> tuple[Field, ...]:
        return tuple(one for one in entity.fields.values() if is_key(one.name) and one.kind in FOUND)

    def document(record: Any, _project_key: str | None) -> Document | None:
        if getattr(record, "merged_into_id", None) is not None:
            return None
        every = (*names, *(one.name for one in own()))
        body = "\n".join(str(getattr(record, name)) for name in every if getattr(record, name))
        return Document(title=getattr(record, attribute) or "", body=body)

    read = (entity.by_attribute(name) for name in names)
    return Searchable(
        entity.kind,
        document,
        frozenset({attribute, *names, "archived_at", "merged_into_id"}),
        may_find=may_view,
        visible_ids=lambda actor: queries.visible_ids(entity.model, actor),
        reads=tuple(one for one in read if one is not None),
        own=own,
    )
