"""What committees do when something happens below: what a meeting changed is taken back with its decision."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.committees.queries.meetings import item_of_decision
from implementor.committees.subjects.money import take_money_back
from implementor.committees.subjects.trouble import take_wave_back
from implementor.foundation.events import listens_to
from implementor.governance.events import DecisionReversed


@listens_to(DecisionReversed)
def take_back(session: Session, event: DecisionReversed) -> None:
    """Give a wave the end it had before, and plan again what a line had."""
    found = item_of_decision(project_id=event.project_id, decision_id=event.decision_id)
    for item in session.scalars(found):
        if item.subject == "wave":
            take_wave_back(session, item, by=event.by, at=event.at)
        elif item.subject == "money":
            take_money_back(session, item, by=event.by, at=event.at)
