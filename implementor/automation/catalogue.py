"""The fields of templates and rules, so that history can say in words what was changed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, or_

from implementor.automation.models import AutomationRule, MessageTemplate
from implementor.automation.words import EVENTS, PURPOSES
from implementor.foundation.choices import Choice
from implementor.foundation.fields import Entity, Field, Kind, entities, entity
from implementor.foundation.words import Label, Phrase, say


def _entity(one: Phrase, many: Phrase, model: Any) -> Entity:
    kind = model.__record_kind__
    return entity(Entity(kind, one, many, model, ("label_en",), "label_en", "label_en", model.id.expression))


def _field(name: str, kind: Kind, label: Phrase, model: Any, **more: Any) -> Field:
    return Field(name, kind, label, getattr(model, name).expression, **more)


def _worded(model: Any, called: Phrase, **more: Any) -> tuple[Field, ...]:
    return (
        _field("label_en", Kind.LINE, called, model, required=True, longest=80, **more),
        _field("label_es", Kind.LINE, say("Name in Spanish"), model, required=True, longest=80),
        _field("archived_at", Kind.MOMENT, say("Withdrawn"), model, editable=False),
    )


def told_name(english: Any, spanish: Any) -> Label | None:
    """The name of a template in the reader's language."""
    return Label({"en": english, "es": spanish or english}) if english else None


def told_kind(kind: Any, _shown: Any) -> Phrase | None:
    """What the records are called that a template is about."""
    return entities[kind].label_plural if kind in entities else None


def has_words(words: str) -> ColumnElement[bool]:
    """Templates whose name in either language holds these words."""
    names = (MessageTemplate.label_en, MessageTemplate.label_es)
    return or_(*(one.icontains(words, autoescape=True) for one in names))


TEMPLATE = entity(
    Entity(
        MessageTemplate.__record_kind__, say("Template"), say("Templates"), MessageTemplate,
        ("label_en", "purpose", "kind", "consent", "updated_at"), "label_en", "label_en", MessageTemplate.id.expression,
        search=has_words,
    )
)  # fmt: skip
TEMPLATE.declare(
    (
        *_worded(MessageTemplate, say("Name"), shown=MessageTemplate.label_es, told=told_name, sortable=True),
        _field("kind", Kind.LINE, say("About"), MessageTemplate, told=told_kind, editable=False, nullable=False),
        _field("updated_at", Kind.MOMENT, say("Changed"), MessageTemplate, editable=False, sortable=True,
               nullable=False),
        _field(
            "purpose", Kind.CHOICE, say("What it is for"), MessageTemplate, editable=False, filterable=True,
            groupable=True, nullable=False,
            choices=tuple(Choice(key, label) for key, label in PURPOSES.items()),
        ),
        _field("consent", Kind.CHOICE, say("Consent it needs"), MessageTemplate, picklist="consent.purpose",
               filterable=True),
        _field("subject_en", Kind.LINE, say("Subject in English"), MessageTemplate),
        _field("subject_es", Kind.LINE, say("Subject in Spanish"), MessageTemplate),
        _field("body_en", Kind.MARKDOWN, say("Text in English"), MessageTemplate, longest=10_000),
        _field("body_es", Kind.MARKDOWN, say("Text in Spanish"), MessageTemplate, longest=10_000),
        _field("terms_en", Kind.MARKDOWN, say("Terms in English"), MessageTemplate, longest=10_000),
        _field("terms_es", Kind.MARKDOWN, say("Terms in Spanish"), MessageTemplate, longest=10_000),
    )
)  # fmt: skip
RULE = _entity(say("Rule of when and then"), say("Rules of when and then"), AutomationRule)
RULE.declare(
    (
        *_worded(AutomationRule, say("Name in English")),
        _field(
            "event", Kind.CHOICE, say("When"), AutomationRule, editable=False,
            choices=tuple(Choice(key, label) for key, label in EVENTS.items()),
        ),
        _field("field", Kind.LINE, say("Field"), AutomationRule, editable=False),
        _field("days", Kind.WHOLE, say("Days"), AutomationRule, editable=False),
        _field("conditions", Kind.TAGS, say("Conditions"), AutomationRule, editable=False),
        _field("steps", Kind.TAGS, say("Steps"), AutomationRule, editable=False),
        _field("in_bulk", Kind.YES_NO, say("Imports and merges too"), AutomationRule),
        _field("stopped_at", Kind.MOMENT, say("Stopped"), AutomationRule, editable=False),
    )
)  # fmt: skip
