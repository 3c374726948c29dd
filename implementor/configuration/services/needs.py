"""Rules about what must be filled in: which fields they may need, and checking each before it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.configuration import queries
from implementor.configuration.models import RequiredRule
from implementor.configuration.services.checking import Identity, checked_labels
from implementor.configuration.services.conditions import checked_conditions
from implementor.configuration.services.kinds import shapeable
from implementor.configuration.services.ordered_rules import OrderedRules
from implementor.foundation.conditions import Condition, conditions_from
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Entity, Field, Kind
from implementor.foundation.matching import is_own
from implementor.foundation.permissions import Actor
from implementor.foundation.shapes import STRENGTHS, Strength
from implementor.foundation.words import Phrase, say

NEEDS = OrderedRules(RequiredRule, queries.required_rules, crowded="field")


@dataclass(frozen=True)
class NeedWish:
    """A rule as somebody wants it: its name in both languages, the field, when it is needed and what happens."""

    label_en: str
    label_es: str
    field: str
    conditions: tuple[Condition, ...] = ()
    strength: str = Strength.WARN.value
    in_imports: bool = False


def requirable(entity: Entity) -> dict[str, Field]:
    """The fields that a rule may need, by name: what people fill in, what is not needed anyway, and can be empty."""
    return {
        one.name: one
        for one in entity.fields.values()
        if one.editable and not one.required and one.is_shown and one.kind is not Kind.YES_NO and is_own(entity, one)
    }


def add_need(
    session: Session, kind: str, wish: NeedWish, *, by: Actor, at: datetime, identity: Identity | None = None
) -> RequiredRule:
    """Let a field be needed. Raises InvalidInput."""
    entity, others = shapeable(kind), NEEDS.room(session, kind)
    return NEEDS.add(session, entity, _checked(entity, wish, others), others, identity)


def change_need(session: Session, rule: RequiredRule, wish: NeedWish, *, by: Actor, at: datetime) -> None:
    """Change a rule. Raises InvalidInput."""
    entity = shapeable(rule.kind)
    NEEDS.change(session, entity, rule, _checked(entity, wish, NEEDS.beside(session, rule), rule))


def _checked(
    entity: Entity, wish: NeedWish, others: list[RequiredRule], present: RequiredRule | None = None
) -> dict[str, Any]:
    """The columns of a rule; what the present one holds may stay."""
    errors: dict[str, Phrase] = {}
    if wish.field not in requirable(entity) and (present is None or wish.field != present.field):
        errors["field"] = say("Choose a field from the list.")
    if wish.strength not in {one.value for one in STRENGTHS}:
        errors["strength"] = say("Choose what happens.")
    if any(one.field == wish.field for one in wish.conditions):
        errors["conditions"] = say("A condition over the needed field itself would always or never hold.")
    if errors:
        raise InvalidInput(errors)
    held = conditions_from(present.conditions) if present is not None else ()
    labels = checked_labels({"label_en": wish.label_en, "label_es": wish.label_es}, others)
    conditions = [one.as_json() for one in checked_conditions(entity, wish.conditions, held)]
    return {
        **labels, "field": wish.field, "conditions": conditions, "strength": wish.strength,
        "in_imports": wish.in_imports,
    }  # fmt: skip
