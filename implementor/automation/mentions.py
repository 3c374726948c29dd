"""The rules of automation and the templates that name a field or a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.automation.models import AutomationRule, MessageTemplate
from implementor.configuration.mentions import asked_in
from implementor.foundation.fields import entities
from implementor.foundation.mentions import Mention, Subject, is_met
from implementor.foundation.placeholders import places_in
from implementor.foundation.words import say


def rules_naming(session: Session, subjects: Sequence[Subject]) -> Iterator[Mention]:
    """Rules in use that wait for it, ask for it, or set or copy it: without it they do nothing, or break."""
    found = select(AutomationRule).where(
        AutomationRule.kind.in_({one.kind for one in subjects}), AutomationRule.archived_at.is_(None)
    )
    for rule in session.scalars(found.order_by(AutomationRule.id)):
        if is_met(subjects, rule.kind, _named_in(rule)):
            yield Mention(say("Automation"), rule.label, "automation.edit_rule", {"rule_id": rule.id}, blocks=True)


def templates_naming(session: Session, subjects: Sequence[Subject]) -> Iterator[Mention]:
    """Templates in use with a place for it: without it the place stays empty."""
    about = {name: set(places) for name, places in _kinds_reaching(subjects).items()}
    found = select(MessageTemplate).where(
        MessageTemplate.kind.in_(sorted(about)), MessageTemplate.archived_at.is_(None)
    )
    for template in session.scalars(found.order_by(MessageTemplate.id)):
        texts = (template.subject_en, template.subject_es, template.body_en, template.body_es, template.terms_en,
                 template.terms_es)  # fmt: skip
        if any(about[template.kind] & set(places_in(text)) for text in texts):
            yield Mention(say("Template"), template.label, "automation.edit_template", {"template_id": template.id})


def _kinds_reaching(subjects: Sequence[Subject]) -> dict[str, list[str]]:
    """Kind of record -> the places of its texts that stand for one of the fields; a word alone stands in none."""
    found: dict[str, list[str]] = {}
    for one in subjects:
        if not one.field or one.word is not None:
            continue
        found.setdefault(one.kind, []).append(one.field)
        for kind, entity in entities.items():
            places = [f"{name}.{one.field}" for name, field in entity.fields.items() if field.target == one.kind]
            if places:
                found.setdefault(kind, []).extend(places)
    return found


def _named_in(rule: AutomationRule) -> Iterator[tuple[str, Sequence[str]]]:
    if rule.field:
        yield rule.field, ()
    yield from asked_in(rule.conditions)
    for step in rule.steps:
        yield str(step.get("field", "")), [str(step.get("value", ""))]
        yield str(step.get("copy", "")), ()
