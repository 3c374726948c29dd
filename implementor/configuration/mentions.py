"""The rules over records that name a field or a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.configuration.models import AssignmentRule, RequiredRule
from implementor.foundation.conditions import conditions_from
from implementor.foundation.mentions import Mention, Subject, is_met
from implementor.foundation.words import say


def rules_naming(session: Session, subjects: Sequence[Subject]) -> Iterator[Mention]:
    """Needs and rules of owners in use that are about it or ask for it: without it they hold of no record."""
    for model, what, endpoint in (
        (RequiredRule, say("Needed field"), "configuration.edit_need"),
        (AssignmentRule, say("Rule of owners"), "configuration.edit_assignment"),
    ):
        of: Any = model
        found = select(of).where(of.kind.in_({one.kind for one in subjects}), of.archived_at.is_(None))
        for row in session.scalars(found.order_by(of.id)):
            about = [(row.field, ())] if model is RequiredRule else []
            if is_met(subjects, row.kind, [*about, *asked_in(row.conditions)]):
                place = {"record_kind": row.kind, "rule_id": row.id}
                yield Mention(what, row.label, endpoint, place, blocks=True)


def asked_in(stored: Iterable[Any]) -> Iterator[tuple[str, Sequence[str]]]:
    """(field, what it is compared with) of conditions as they are kept."""
    for one in conditions_from(stored):
        yield one.field, one.values
