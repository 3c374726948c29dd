"""How votes and the requests that wait for a decision are found."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from implementor.governance.models import ChangeRequest, Decision, DecisionVote


def votes_of(*, decision_id: int) -> Select[DecisionVote]:
    """The votes that were given, each with its person, in the order they came."""
    return (
        select(DecisionVote)
        .where(DecisionVote.decision_id == decision_id)
        .options(joinedload(DecisionVote.user))
        .order_by(DecisionVote.id)
    )


def vote_of(*, decision_id: int, user_id: int | None) -> Select[DecisionVote]:
    """What one person voted."""
    return select(DecisionVote).where(DecisionVote.decision_id == decision_id, DecisionVote.user_id == user_id)


def decision_by_id(*, project_id: int, decision_id: int) -> Select[Decision]:
    """A decision of a project."""
    return select(Decision).where(Decision.project_id == project_id, Decision.id == decision_id)


def reversal_of(*, decision_id: int) -> Select[Decision]:
    """The decision that reversed another."""
    return select(Decision).where(Decision.reverses_id == decision_id, Decision.archived_at.is_(None))


def changes_decided_by(*, project_id: int, decision_id: int) -> Select[ChangeRequest]:
    """The requests for change that a decision answered."""
    return select(ChangeRequest).where(ChangeRequest.project_id == project_id, ChangeRequest.decision_id == decision_id)
