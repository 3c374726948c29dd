"""What can happen to decisions: asked, voted on, taken, and reversed by another decision, which is the only way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.events import publish
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.text import clean_line
from implementor.foundation.words import Phrase, say
from implementor.governance.events import DecisionReversed
from implementor.governance.models import Decision
from implementor.governance.place import Here, InProject
from implementor.governance.queries.decisions import changes_decided_by
from implementor.governance.services.links import link_records
from implementor.governance.services.owners import owner_or_self, refuse_stranger
from implementor.governance.services.reasons import sentence
from implementor.history.services import name_action
from implementor.projects.services import take_numbers

LONGEST_QUESTION = 300
TEXTS = ("background", "options")
TAKEN = frozenset({"outcome", "reason", "decided_at", "decided_by_id", "reverses_id", "reversed_at"})
"""What belongs to the decision itself and never changes once it is there."""


class AlreadyDecided(Refusal):
    """The decision was taken; it stays as it is."""


class NothingToReverse(Refusal):
    """That decision does not stand: it was not taken, or was reversed already."""


def record_decision(
    session: Session, project: InProject, *, question: str, outcome: str, reason: str, by: Actor, at: datetime,
    affects: Iterable[RecordRef] = (), reverses: Decision | None = None, options: Sequence[str] = (),
    due: date | None = None, owner: int | None = None, background: str = "",
) -> Decision:  # fmt: skip
    """Write down a question together with its answer, and what the answer `affects`.

    With `reverses` it takes back that decision. Raises NothingToReverse, or InvalidInput without outcome or reason.
    """
    _said(outcome, reason)  # nothing is begun that could not be ended
    values: dict[str, Any] = {
        "question": clean_line(question)[:LONGEST_QUESTION],
        "options": "\n".join(options),
        "due_on": due,
    }
    values |= {"owner_id": owner, "background": background}
    decision = _begin(session, project.id, values, by, at)
    _name(session, decision, "decision.take", say("Decided: %(question)s", question=decision.question))
    take_decision(session, decision, outcome=outcome, reason=reason, by=by, at=at, reverses=reverses)
    affect(session, decision, affects)
    return decision


def ask_decision(session: Session, *, project_id: int, values: Mapping[str, Any], by: Actor, at: datetime) -> Decision:
    """Put a question that somebody has to decide. `values` are catalogue values."""
    decision = _begin(session, project_id, values, by, at)
    _name(session, decision, "decision.ask", say("Asked for a decision: %(question)s", question=decision.question))
    session.flush()
    return decision


def edit_decision(session: Session, decision: Decision, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Put the question in other words, or give it another owner. Raises AlreadyDecided."""
    refuse_decided(decision)
    if "owner_id" in values and values["owner_id"] != decision.owner_id:
        refuse_stranger(session, decision.project_id, values["owner_id"])
    _set(decision, values)
    _name(session, decision, "decision.edit", say("Changed the question %(question)s", question=decision.question))
    session.flush()


def take_decision(
    session: Session, decision: Decision, *, outcome: str, reason: str, by: Actor, at: datetime,
    reverses: Decision | None = None,
) -> None:  # fmt: skip
    """Decide; from now on only another decision changes it. Raises AlreadyDecided, NothingToReverse, InvalidInput."""
    refuse_decided(decision)
    decision.outcome, decision.reason = _said(outcome, reason)
    decision.decided_at, decision.decided_by_id = at, by.user_id
    _name(session, decision, "decision.take", say("Decided: %(question)s", question=decision.question))
    session.flush()
    if reverses is not None:
        _reverse(session, reverses, decision, by, at)


def reverse_decision(
    session: Session, decision: Decision, *, outcome: str, reason: str, by: Actor, at: datetime
) -> Decision:
    """Take a decision back by a new one with its own reason; what it had answered waits for an answer again."""
    _said(outcome, reason)
    if not decision.stands:
        raise NothingToReverse(say("%(question)s does not stand, so it is not reversed.", question=decision.question))
    question = say("Reverse decision %(number)s: %(question)s", number=decision.number, question=decision.question)
    _name(session, decision, "decision.reverse", question)
    affected = RecordRef("decision", decision.id)
    return record_decision(
        session, Here(decision.project_id), question=str(question), outcome=outcome, reason=reason, by=by, at=at,
        affects=[affected], reverses=decision, owner=decision.owner_id,
    )  # fmt: skip


def affect(session: Session, decision: Decision, records: Iterable[RecordRef]) -> None:
    """Say what a decision affects; saying it twice changes nothing."""
    here = RecordRef("decision", decision.id)
    for other in dict.fromkeys(records):
        link_records(session, project_id=decision.project_id, record=here, relation="affects", other=other)


def restore_decision(session: Session, decision: Decision, values: dict[str, Any], by: Actor, at: datetime) -> None:
    """Give a question earlier words; what was decided is taken back by another decision alone."""
    refuse_decided(decision)
    if TAKEN & values.keys():
        raise AlreadyDecided(say("What was decided is reversed by another decision, not undone."))
    _set(decision, values)


def refuse_decided(decision: Decision) -> None:
    """Raise AlreadyDecided for a decision that was taken."""
    if decision.is_decided:
        raise AlreadyDecided(
            say("%(question)s is decided. Another decision can reverse it.", question=decision.question)
        )


def _said(outcome: str, reason: str) -> tuple[str, str]:
    return (
        sentence(outcome, field="outcome", missing=say("Say in a sentence what was decided.")),
        sentence(reason, field="reason", missing=say("Say in a sentence why it was decided so.")),
    )


def _begin(session: Session, project_id: int, values: Mapping[str, Any], by: Actor, at: datetime) -> Decision:
    refuse_stranger(session, project_id, values.get("owner_id"))
    decision = Decision(project_id=project_id, opened_at=at, opened_by_id=by.user_id)
    _set(decision, values)
    if not decision.question:
        raise InvalidInput({"question": say("Say what is to be decided.")})
    decision.owner_id = decision.owner_id or owner_or_self(session, project_id, by.user_id)
    decision.number = take_numbers(session, project_id=project_id, of="decision")
    session.add(decision)
    return decision


def _set(decision: Decision, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(decision, name, value or "" if name in TEXTS else value)


def _reverse(session: Session, earlier: Decision, by_decision: Decision, by: Actor, at: datetime) -> None:
    if not earlier.stands or earlier.project_id != by_decision.project_id or earlier.is_archived:
        raise NothingToReverse(say("%(question)s does not stand, so it is not reversed.", question=earlier.question))
    earlier.reversed_at, by_decision.reverses_id = at, earlier.id
    session.flush()
    answered = changes_decided_by(project_id=earlier.project_id, decision_id=earlier.id)
    for change in session.scalars(answered):
        change.answer = change.decision_id = change.answered_at = None
    session.flush()
    publish(session, DecisionReversed(earlier.project_id, earlier.id, by, at))


def _name(session: Session, decision: Decision, verb: str, summary: Phrase) -> None:
    name_action(session, summary, verb=verb, project_id=decision.project_id)
