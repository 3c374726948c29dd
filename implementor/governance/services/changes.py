"""What can happen to requests for change: asked, changed while they wait, and answered by a decision."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.words import Phrase, say
from implementor.governance.authority import authority
from implementor.governance.models import ChangeRequest, Decision
from implementor.governance.place import Here
from implementor.governance.services.decisions import record_decision
from implementor.governance.services.owners import owner_or_self, refuse_stranger
from implementor.governance.services.reasons import sentence
from implementor.history.services import name_action
from implementor.projects.services import take_numbers

TEXTS = ("description",)
OUTCOMES: Mapping[str, Phrase] = {
    "approved": say("Approved"),
    "refused": say("Refused"),
    "postponed": say("Put off"),
}
ANSWERED = frozenset({"answer", "decision_id", "answered_at"})


class AlreadyAnswered(Refusal):
    """The request was approved or refused."""


class OwnRequest(Refusal):
    """Nobody answers what they asked for themselves."""


def ask_change(
    session: Session, *, project_id: int, values: Mapping[str, Any], by: Actor, at: datetime
) -> ChangeRequest:
    """Ask for a change of scope, money or dates. `values` are catalogue values."""
    refuse_stranger(session, project_id, values.get("owner_id"))
    change = ChangeRequest(project_id=project_id, opened_at=at, opened_by_id=by.user_id)
    _set(change, values)
    change.owner_id = change.owner_id or owner_or_self(session, project_id, by.user_id)
    change.number = take_numbers(session, project_id=project_id, of="change")
    session.add(change)
    _name(session, change, "change.ask", say("Asked for the change %(title)s", title=change.title))
    session.flush()
    return change


def edit_change(session: Session, change: ChangeRequest, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Say anew what is asked for. Raises AlreadyAnswered."""
    refuse_answered(change)
    if "owner_id" in values and values["owner_id"] != change.owner_id:
        refuse_stranger(session, change.project_id, values["owner_id"])
    _set(change, values)
    _name(session, change, "change.edit", say("Changed the request %(title)s", title=change.title))
    session.flush()


def answer_change(
    session: Session, change: ChangeRequest, *, answer: str, reason: str, by: Actor, at: datetime,
    in_meeting: bool = False,
) -> Decision:  # fmt: skip
    """Approve, refuse or put it off, by a decision. Raises AlreadyAnswered, OwnRequest, InvalidInput.

    Outside a meeting it is approved within the limits of the person's roles alone.
    """
    refuse_answered(change)
    if by.user_id is not None and by.user_id == change.opened_by_id:
        raise OwnRequest(say("You asked for this yourself. Somebody else on the committee decides it."))
    if answer not in OUTCOMES:
        raise InvalidInput({"answer": say("Choose to approve, to refuse or to put it off.")})
    sentence(reason, field="reason", missing=say("Say in a sentence why it was decided so."))
    if answer == "approved" and not in_meeting:
        authority.refuse_beyond(session, change.project_id, change.amount, change.currency, change.days, by)
    summary = say("%(answer)s: %(title)s", answer=OUTCOMES[answer], title=change.title)
    _name(session, change, "change.answer", summary)
    decision = record_decision(
        session, Here(change.project_id), question=change.title, outcome=str(OUTCOMES[answer]), reason=reason, by=by,
        at=at, affects=[RecordRef("change_request", change.id)], owner=change.owner_id, due=change.due_on,
        options=[str(outcome) for outcome in OUTCOMES.values()],
    )  # fmt: skip
    change.answer, change.decision_id, change.answered_at = answer, decision.id, at
    session.flush()
    return decision


def restore_change(session: Session, change: ChangeRequest, values: dict[str, Any], by: Actor, at: datetime) -> None:
    """Give a request earlier values; its answer is taken back by another decision alone."""
    refuse_answered(change)
    if ANSWERED & values.keys():
        raise AlreadyAnswered(say("What was decided is reversed by another decision, not undone."))
    _set(change, values)


def refuse_answered(change: ChangeRequest) -> None:
    """Raise AlreadyAnswered for a request that was approved or refused."""
    if not change.is_open:
        raise AlreadyAnswered(say("%(title)s is decided. Another decision can reverse that.", title=change.title))


def _set(change: ChangeRequest, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(change, name, value or "" if name in TEXTS else value)
    if change.amount is None:
        change.currency = None


def _name(session: Session, change: ChangeRequest, verb: str, summary: Phrase) -> None:
    name_action(session, summary, verb=verb, project_id=change.project_id)
