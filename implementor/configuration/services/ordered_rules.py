"""Rules of a kind of record that stand in an order: added, changed, moved, withdrawn, restored, whatever they rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import Session

from implementor.configuration.models import BY_HAND
from implementor.configuration.services.checking import Identity, Step, checked_labels, identified, step_rank
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Entity
from implementor.foundation.permissions import Actor
from implementor.foundation.rank import rank_between
from implementor.foundation.words import say
from implementor.history.services import name_action

MOST_RULES = 50
Rule = TypeVar("Rule", bound=Any)


@dataclass(frozen=True)
class OrderedRules(Generic[Rule]):
    """One sort of such rules. `in_use` selects those of a kind, in order; `crowded` is the input beside which it is
    said that there are too many."""

    model: type[Rule]
    in_use: Callable[[str], Select[Any]]
    crowded: str

    def of(self, session: Session, kind: str) -> list[Rule]:
        """The rules of a kind that are in use, in order."""
        return list(session.scalars(self.in_use(kind)))

    def beside(self, session: Session, rule: Rule) -> list[Rule]:
        """The other rules of its kind that are in use."""
        return [one for one in self.of(session, rule.kind) if one.id != rule.id]

    def room(self, session: Session, kind: str) -> list[Rule]:
        """The rules that a new one comes behind. Raises InvalidInput where there are as many as there may be."""
        others = self.of(session, kind)
        if len(others) >= MOST_RULES:
            raise InvalidInput({self.crowded: say("A kind of record has at most %(most)s rules.", most=MOST_RULES)})
        return others

    def add(
        self, session: Session, entity: Entity, values: Mapping[str, Any], others: list[Rule], identity: Identity | None
    ) -> Rule:
        """Keep a rule of these columns behind the others."""
        rank = rank_between(others[-1].rank if others else None, None)
        rule: Rule = self.model(kind=entity.kind, rank=rank, **values, **identified(identity))
        name_action(session, say("Added the rule %(rule)s for %(what)s", rule=rule.label, what=entity.label_plural))
        session.add(rule)
        session.flush()
        return rule

    def change(self, session: Session, entity: Entity, rule: Rule, values: Mapping[str, Any]) -> None:
        """Give a rule these columns; it is one by hand from then on."""
        name_action(session, say("Changed the rule %(rule)s for %(what)s", rule=rule.label, what=entity.label_plural))
        for name, value in values.items():
            setattr(rule, name, value)
        rule.source = BY_HAND
        session.flush()

    def move(self, session: Session, rule: Rule, *, step: Step, by: Actor, at: datetime) -> None:
        """Let a rule come one place earlier or later."""
        rank = step_rank(self.of(session, rule.kind), rule, step)
        if rank is not None:
            name_action(session, say("Moved the rule %(rule)s", rule=rule.label))
            rule.rank = rank
            session.flush()

    def withdraw(self, session: Session, rule: Rule, *, by: Actor, at: datetime) -> None:
        """Let a rule do nothing any more; what it did stays."""
        if rule.archived_at is None:
            name_action(session, say("Withdrew the rule %(rule)s", rule=rule.label))
            rule.archived_at, rule.archived_by_id = at, by.user_id
            session.flush()

    def restore(self, session: Session, rule: Rule, *, by: Actor, at: datetime, **anew: Any) -> None:
        """Let a rule hold again, with further columns `anew`. Raises InvalidInput where another one took its name."""
        checked_labels({"label_en": rule.label_en, "label_es": rule.label_es}, self.beside(session, rule))
        name_action(session, say("Restored the rule %(rule)s", rule=rule.label))
        for name, value in {"archived_at": None, "archived_by_id": None, **anew}.items():
            setattr(rule, name, value)
        session.flush()
