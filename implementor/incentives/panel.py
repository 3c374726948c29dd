"""One's own points on the page of one's own use."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.foundation.panels import Data, Place
from implementor.incentives import queries


def load_own(session: Session, place: Place) -> Data:
    """The newest period in which the reader takes part; None where there is none."""
    row = session.execute(queries.standings_with(place.actor.user_id or 0).limit(1)).first()
    if row is None:
        return None
    points = row.IncentiveStanding.points + row.corrected
    return {"period": row.IncentivePeriod, "incentive": row.Incentive, "points": points}
