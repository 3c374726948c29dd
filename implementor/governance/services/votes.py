"""Asking for votes on a question, and giving them; each person has one, until it is decided."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean_line
from implementor.foundation.words import say
from implementor.governance.models import Decision, DecisionVote
from implementor.governance.queries.decisions import decision_by_id, vote_of
from implementor.governance.services.decisions import refuse_decided
from implementor.governance.voting import offered_to
from implementor.history.services import name_action

LONGEST_REMARK = 500


class VotesAsked(Refusal):
    """Votes were asked for already."""


class NoVotesAsked(Refusal):
    """Nobody asked for votes on this question."""


def ask_votes(session: Session, decision: Decision, *, by: Actor, at: datetime) -> None:
    """Let whoever may vote say what they want. Raises AlreadyDecided, VotesAsked."""
    refuse_decided(decision)
    if decision.votes_asked_at is not None:
        raise VotesAsked(say("Votes on this are asked for already."))
    decision.votes_asked_at, decision.votes_asked_by_id = at, by.user_id
    _name(session, decision, "decision.ask_votes", say("Asked for votes on %(question)s", question=decision.question))
    session.flush()


def vote(
    session: Session, decision: Decision, *, choice: str, remark: str = "", by: Actor, at: datetime
) -> DecisionVote:
    """Give or change one's vote. Raises AlreadyDecided, NoVotesAsked, or InvalidInput for what is not offered."""
    refuse_decided(decision)
    if decision.votes_asked_at is None:
        raise NoVotesAsked(say("Nobody asked for votes on this."))
    if choice not in dict(offered_to(decision)):
        raise InvalidInput({"choice": say("Choose one of the options.")})
    given = session.scalars(vote_of(decision_id=decision.id, user_id=by.user_id)).one_or_none()
    if given is None:
        given = DecisionVote(project_id=decision.project_id, decision_id=decision.id, user_id=by.user_id)
        session.add(given)
    given.choice, given.remark = choice, clean_line(remark)[:LONGEST_REMARK] or None
    _name(session, decision, "decision.vote", say("Voted on %(question)s", question=decision.question))
    session.flush()
    return given


def restore_vote(session: Session, given: DecisionVote, values: dict[str, Any], by: Actor, at: datetime) -> None:
    """Give a vote an earlier value, unless its question is decided."""
    found = decision_by_id(project_id=given.project_id, decision_id=given.decision_id)
    refuse_decided(session.scalars(found).one())
    for name, value in values.items():
        setattr(given, name, value)


def _name(session: Session, decision: Decision, verb: str, summary: Any) -> None:
    name_action(session, summary, verb=verb, project_id=decision.project_id)
