"""What of a CRM record is found by searching: its title, what its kind says, and texts of fields of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from implementor.configuration.own_fields import FOUND
from implementor.crm.records import queries
from implementor.foundation.extension import is_key
from implementor.foundation.fields import Entity, Field, Kind
from implementor.foundation.permissions import Permission
from implementor.foundation.searchable import Document, Searchable


def searched(entity: Entity, names: Sequence[str], may_view: Permission) -> Searchable:
    """How records of a kind become documents; `names` are the attributes whose text is found besides the title."""
    attribute = entity.fields[entity.title_field].attribute

    def own() -> tuple[Field, ...]:
        return tuple(one for one in entity.fields.values() if is_key(one.name) and one.kind in FOUND)

    def document(record: Any, _project_key: str | None) -> Document | None:
        if getattr(record, "merged_into_id", None) is not None:
            return None
        said = [str(getattr(record, name)) for name in names if getattr(record, name)]
        said += [text for one in own() for text in _texts(one, getattr(record, one.name)) if text]
        body = "\n".join(said)
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


def _texts(field: Field, value: Any) -> list[str]:
    """What a value is found by: words that were chosen in every language."""
    if field.kind is not Kind.CHOICES:
        return [str(value or "")]
    return [text for word in field.words(value or ()) for text in getattr(word, "texts", {"": str(word)}).values()]
