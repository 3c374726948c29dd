"""How records become documents: as their package declares it, else from the text fields of their catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from implementor.foundation.fields import Entity, Field, Kind, entities
from implementor.foundation.model import Archivable
from implementor.foundation.permissions import Actor
from implementor.foundation.records import kinds
from implementor.foundation.searchable import Document, Searchable, searchable, searchables
from implementor.search.tokens import indexed_words

LONGEST_BODY = 20_000
TEXT_KINDS = frozenset({Kind.LINE, Kind.TEXT, Kind.MARKDOWN, Kind.TAGS})
_MARKUP = re.compile(r"[*`#>|~]+|\[(?=[^\]\n]*\]\()|\]\([^)\s]*\)")
"""Signs of Markdown and the addresses of its links, which nobody looks for and no snippet should show."""

KEY_MARKS = {"story": "-", "wave": "/"}
"""What stands between the project's key and the number in the name of a record: VEN-42, VEN/3."""


def source_of(kind: str) -> Searchable | None:
    """How this kind is searched; None for kinds that are not."""
    known = searchables.get(kind)
    if known is None and kind in kinds and kind in entities and hasattr(kinds[kind].model, "project_id"):
        known = searchable(from_catalogue(entities[kind]))
    return known if known is not None and kind in kinds else None


def searched_kinds() -> list[str]:
    """Every kind that is searched, by name."""
    return [kind for kind in sorted(kinds) if source_of(kind) is not None]


def closed_books(actor: Actor) -> frozenset[str]:
    """The kinds of whose documents something beside the title is hidden from somebody."""
    known = ((kind, source_of(kind)) for kind in searched_kinds())
    return frozenset(kind for kind, source in known if source is not None and not source.is_read_by(actor))


def from_catalogue(entity: Entity) -> Searchable:
    """A source over the text fields that everybody may see; personal and restricted fields stay out."""
    names = [field.attribute for field in entity.fields.values() if _is_searched(field, entity)]
    mark = KEY_MARKS.get(entity.kind)

    def document(record: Any, project_key: str | None) -> Document:
        number = getattr(record, "number", None)
        return Document(
            title=getattr(record, entity.title_field) or "",
            body="\n".join(filter(None, (_as_text(getattr(record, name)) for name in names))),
            key=f"{project_key}{mark}{number}" if mark and project_key else "",
            number=number,
            project_id=record.project_id,
        )

    return Searchable(entity.kind, document, frozenset({*names, entity.title_field, "archived_at", "project_id"}))


def row_of(source: Searchable, record: Any, project_key: str | None, at: datetime) -> dict[str, Any] | None:
    """The row of a record; None when it must not be found: archived, or so declared."""
    if isinstance(record, Archivable) and record.archived_at is not None:
        return None
    document = source.document(record, project_key)
    if document is None:
        return None
    body = document.body[:LONGEST_BODY]
    return {
        "kind": source.kind,
        "record_id": record.id,
        "project_id": document.project_id,
        "number": document.number,
        "key": document.key.upper(),
        "title": document.title,
        "body": body,
        "updated_at": at,
        "words": indexed_words((document.key, document.title, body), source.kind, document.project_id),
    }


def _is_searched(field: Field, entity: Entity) -> bool:
    """Text of the record itself that people read; a rank is text too, but nobody wrote it."""
    is_rank = field.sortable and not field.editable
    is_open = field.may_see is None and not field.personal
    is_own = hasattr(entity.model, field.attribute) and field.attribute != entity.title_field
    return field.kind in TEXT_KINDS and is_open and is_own and not is_rank


def _as_text(value: Any) -> str:
    if isinstance(value, str) or value is None:
        return _MARKUP.sub("", value or "")
    return " ".join(str(one) for one in value) if isinstance(value, Iterable) else str(value)
