"""What adoption made of the benefits of one objective, on the page of the objective."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.adoption.worth_reading import benefits_of, together
from implementor.finance.permissions import VIEW
from implementor.foundation.panels import Data, Place
from implementor.foundation.words import speech


def load_of_objective(session: Session, place: Place) -> Data:
    """Planned, won and lost of the objective whose page is shown, for those who see money; None without amounts."""
    if not place.actor.may(VIEW):
        return None
    found = benefits_of(session, place.project.id, zone=speech().zone)
    lines = [line for line in found.lines if line.row.Benefit.objective_id == place.record.id]
    if not lines:
        return None
    why_not = found.why_not or next((line.why_not for line in lines if line.why_not is not None), None)
    return {"total": together(lines), "currency": found.currency, "on": found.on, "why_not": why_not}
