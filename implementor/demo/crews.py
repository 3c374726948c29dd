"""Who has time in the waves of the demo world: its people at a share of their week, and trainers nobody named yet."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from implementor.demo.lives import PROFILES
from implementor.demo.play import Place, Play
from implementor.foundation.permissions import Actor
from implementor.waves.capacity_services import AbsenceWanted, ShareWanted, kept_of, write_capacity
from implementor.waves.models import Wave

SHARES = (60, 50, 40, 50, 30)
"""Per cent of a week, in the order of a place's people."""
USUAL_RATE = Decimal("0.75")
"""Points per working day of a whole person, until three waves are closed."""


def write_crew(play: Play, place: Place, wave: Wave, session: Session, by: Actor, at: datetime) -> None:
    """Write down who works in a wave; whoever comes second is away for two days in its first week."""
    ids = [one for key in dict.fromkeys(place.owners) if (one := play.actors[key].user_id) is not None]
    shares = [
        ShareWanted(SHARES[index % len(SHARES)], PROFILES[index % len(PROFILES)], user_id=user_id)
        for index, user_id in enumerate(ids)
    ]
    shares.append(ShareWanted(30, PROFILES[-1], label="Formadores de zona", people=2))
    away = []
    if wave.starts_on is not None and len(ids) > 1:
        first = wave.starts_on + timedelta(days=2)
        away.append(AbsenceWanted(ids[1], first, first + timedelta(days=1), "Vacaciones"))
    seen = kept_of(session, wave).version
    write_capacity(session, wave, shares, away, USUAL_RATE, seen=seen, by=by, at=at)
