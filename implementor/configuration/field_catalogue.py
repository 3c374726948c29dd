"""The fields of fields of one's own, so that history can say in words what was changed."""

from __future__ import annotations

from typing import Any

from implementor.configuration.models import CustomField
from implementor.foundation.fields import Entity, Field, Kind, entity
from implementor.foundation.words import Phrase, say


def _of(name: str, kind: Kind, label: Phrase, **more: Any) -> Field:
    return Field(name, kind, label, getattr(CustomField, name).expression, **more)


CUSTOM_FIELD = entity(
    Entity(
        "custom_field", say("Field of your own"), say("Fields of your own"), CustomField, ("label_en",), "label_en",
        "label_en", CustomField.id.expression,
    )
)  # fmt: skip
CUSTOM_FIELD.declare(
    (
        _of("label_en", Kind.LINE, say("Name in English"), required=True, longest=80),
        _of("label_es", Kind.LINE, say("Name in Spanish"), required=True, longest=80),
        _of("hint_en", Kind.LINE, say("Help in English"), longest=300),
        _of("hint_es", Kind.LINE, say("Help in Spanish"), longest=300),
        _of("minimum", Kind.DECIMAL, say("Smallest value")),
        _of("maximum", Kind.DECIMAL, say("Largest value")),
        _of("longest", Kind.WHOLE, say("Most characters")),
        _of("is_filterable", Kind.YES_NO, say("Lists are filtered and sorted by it")),
        _of("archived_at", Kind.MOMENT, say("Withdrawn"), editable=False),
    )
)
