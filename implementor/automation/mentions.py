"""The rules of automation that name a field or a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.automation.models import AutomationRule
from implementor.configuration.mentions import asked_in
from implementor.foundation.mentions import Mention, Subject, is_met
from implementor.foundation.words import say


def rules_naming(session: Session, subjects: Sequence[Subject]) -> Iterator[Mention]:
    """Rules in use that wait for it, ask for it, or set or copy it: without it they do nothing, or break."""
    found = select(AutomationRule).where(
        AutomationRule.kind.in_({one.kind for one in subjects}), AutomationRule.archived_at.is_(None)
    )
    for rule in session.scalars(found.order_by(AutomationRule.id)):
        if is_met(subjects, rule.kind, _named_in(rule)):
            yield Mention(say("Automation"), rule.label, "automation.edit_rule", {"rule_id": rule.id}, blocks=True)


def _named_in(rule: AutomationRule) -> Iterator[tuple[str, Sequence[str]]]:
    if rule.field:
        yield rule.field, ()
    yield from asked_in(rule.conditions)
    for step in rule.steps:
        yield str(step.get("field", "")), [str(step.get("value", ""))]
        yield str(step.get("copy", "")), ()
