"""The fields of what shapes kinds of record, so that history can say in words what was changed."""

from __future__ import annotations

from typing import Any

from implementor.configuration.models import AssignmentRule, FieldLabel, KindShape, RequiredRule
from implementor.foundation.choices import Choice
from implementor.foundation.fields import Entity, Field, Kind, entity
from implementor.foundation.shapes import STRENGTHS, WAYS
from implementor.foundation.words import Phrase, say

STRENGTH_CHOICES = tuple(Choice(key.value, label) for key, label in STRENGTHS.items())
WAY_CHOICES = tuple(Choice(key.value, label) for key, label in WAYS.items())


def _entity(kind: str, one: Phrase, many: Phrase, model: Any, title: str) -> Entity:
    return entity(Entity(kind, one, many, model, (title,), title, title, model.id.expression))


def _line(name: str, label: Phrase, model: Any, **more: Any) -> Field:
    return Field(name, Kind.LINE, label, getattr(model, name).expression, **more)


def _kept(name: str, label: Phrase, model: Any) -> Field:
    """What is kept as a list; history says that it changed."""
    return Field(name, Kind.TAGS, label, getattr(model, name).expression, editable=False)


def _worded(model: Any) -> tuple[Field, ...]:
    return (
        _line("label_en", say("Name in English"), model, required=True, longest=80),
        _line("label_es", say("Name in Spanish"), model, required=True, longest=80),
        Field("archived_at", Kind.MOMENT, say("Retired"), model.archived_at.expression, editable=False),
    )


SHAPE = _entity("kind_shape", say("Form of a kind of record"), say("Forms of kinds of record"), KindShape, "kind")
SHAPE.declare(
    (
        _line("kind", say("Kind of record"), KindShape, editable=False),
        _line("singular_en", say("One, in English"), KindShape, longest=80),
        _line("singular_es", say("One, in Spanish"), KindShape, longest=80),
        _line("plural_en", say("Several, in English"), KindShape, longest=80),
        _line("plural_es", say("Several, in Spanish"), KindShape, longest=80),
        _kept("left_out", say("Left out of the form of new records"), KindShape),
        _kept("columns", say("Columns"), KindShape),
        _line("sort", say("Order"), KindShape, editable=False),
        Field(
            "switched_off_at", Kind.MOMENT, say("Switched off"), KindShape.switched_off_at.expression, editable=False,
        ),
    )
)  # fmt: skip
LABEL = _entity("field_label", say("Name of a field"), say("Names of fields"), FieldLabel, "label_en")
LABEL.declare(_worded(FieldLabel))
NEED = _entity("required_rule", say("Rule for what is needed"), say("What is needed"), RequiredRule, "label_en")
NEED.declare(
    (
        *_worded(RequiredRule),
        _line("field", say("Needed field"), RequiredRule, editable=False),
        Field("strength", Kind.CHOICE, say("What happens"), RequiredRule.strength.expression, choices=STRENGTH_CHOICES),
        Field("in_imports", Kind.YES_NO, say("Imports are held to it"), RequiredRule.in_imports.expression),
    )
)
ASSIGNMENT = _entity(
    "assignment_rule", say("Rule for who gets records"), say("Who gets records"), AssignmentRule, "label_en"
)
ASSIGNMENT.declare(
    (
        *_worded(AssignmentRule),
        Field("way", Kind.CHOICE, say("Who gets it"), AssignmentRule.way.expression, choices=WAY_CHOICES),
    )
)
