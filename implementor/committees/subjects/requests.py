"""Requests for change and questions put to the committee, as points of an agenda."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.committees.proposals import Asked, Collected, Deed, Done, Proposal, Subject, by_project
from implementor.committees.queries.subjects import open_changes, questions_put
from implementor.foundation.money import show_amount
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say, speech
from implementor.governance import permissions
from implementor.governance.models import ChangeRequest, Decision
from implementor.governance.services import changes, decisions
from implementor.web.language import show_date


def collect_changes(session: Session, asked: Asked) -> Collected:
    """The requests that wait for an answer."""
    return by_project(
        (one.project_id, Proposal(str(one.id), one.title, _costs_of(one), RecordRef("change_request", one.id)))
        for one in session.scalars(open_changes(project_ids=asked.ids))
    )


def decide_change(session: Session, deed: Deed) -> Done:
    """Answer the request."""
    change = session.get_one(ChangeRequest, deed.record_id)
    decision = changes.answer_change(
        session, change, answer=deed.answer, reason=deed.reason, by=deed.by, at=deed.at, in_meeting=True
    )
    return Done(decision)


def collect_questions(session: Session, asked: Asked) -> Collected:
    """The questions that are put and open."""
    return by_project(
        (one.project_id, Proposal(str(one.id), one.question, _about(one), RecordRef("decision", one.id)))
        for one in session.scalars(questions_put(project_ids=asked.ids))
    )


def decide_question(session: Session, deed: Deed) -> Done:
    """Decide the question: in the words that were given, else plainly yes or no."""
    if deed.answer == "postponed":
        return Done()
    decision = session.get_one(Decision, deed.record_id)
    plain = say("Approved") if deed.answer == "approved" else say("Refused")
    decisions.take_decision(
        session, decision, outcome=deed.outcome or str(plain), reason=deed.reason, by=deed.by, at=deed.at
    )
    return Done(decision)


def _costs_of(change: ChangeRequest) -> str:
    """What it costs and by how much it moves things, in words."""
    parts = [change.why or ""]
    if change.amount is not None and change.currency:
        parts.append(str(say("Costs %(amount)s more.", amount=show_amount(change.amount, change.currency,
                                                                           speech().language))))  # fmt: skip
    if change.days:
        parts.append(str(say("%(days)s days later.", days=change.days)))
    return " ".join(part for part in parts if part)


def _about(decision: Decision) -> str:
    parts = [str(say("Options: %(options)s.", options=" · ".join(decision.option_list)))] if decision.options else []
    if decision.due_on is not None:
        parts.append(str(say("Needed by %(day)s.", day=show_date(decision.due_on))))
    return " ".join(parts)


CHANGES = Subject(
    "change", say("Requests for change"),
    say("The answer is a decision of its own, which the request and the plan keep."),
    permissions.CHANGE_DECIDE, collect_changes, decide_change,
)  # fmt: skip
QUESTIONS = Subject(
    "question", say("Questions to decide"),
    say("The question is decided in your words; from then on only another decision changes it."),
    permissions.DECISION_TAKE, collect_questions, decide_question, asks=("outcome",), minutes=10,
)  # fmt: skip
