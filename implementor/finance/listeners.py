"""What money does when a decision is reversed: what it approved counts no longer, what it bought waits again."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.finance.services.baselines import withdraw_baselines
from implementor.finance.services.contracts import reopen_contracts
from implementor.foundation.events import listens_to
from implementor.governance.events import DecisionReversed


@listens_to(DecisionReversed)
def take_back(session: Session, event: DecisionReversed) -> None:
    """Withdraw the approved budgets and open the contracts that rested on the decision."""
    withdraw_baselines(session, project_id=event.project_id, decision_id=event.decision_id, at=event.at)
    reopen_contracts(session, project_id=event.project_id, decision_id=event.decision_id, by=event.by, at=event.at)
