"""What of the calendars the walks name: one in use and one put away."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask

from implementor.calendars.services.opening import archive_calendar
from implementor.foundation.permissions import SYSTEM
from tests.auth.builders import working
from tests.calendars.builders import make_calendar


def add_calendars(app: Flask, ids: dict[str, int]) -> None:
    """Fill in the ids of two calendars; the spare one is archived."""
    with working(app) as session:
        ids["calendar"] = make_calendar(session, "Service desk").id
        spare = make_calendar(session, "Spare desk")
        archive_calendar(session, spare, by=SYSTEM, at=datetime.now(UTC))
        ids["spare_calendar"] = spare.id
