"""Reading what a wave can carry."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from implementor.waves.capacity import WaveCapacity
from implementor.waves.models import Wave


def capacity_of(session: Session, wave: Wave, *, today: date) -> WaveCapacity:
    """The capacity as it is stated."""
    points = wave.capacity_points
    return WaveCapacity(points, "none" if points is None else "stated", Decimal(0), (), {})
