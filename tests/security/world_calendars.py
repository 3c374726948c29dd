"""What of calendars and service levels the walks name: one of each in use and one put away."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask
from sqlalchemy.orm import Session

from implementor.calendars.models import BusinessCalendar, SlaPolicy
from implementor.calendars.services.opening import archive_calendar
from implementor.calendars.services.policies import PolicyWanted, add_policy, archive_policy
from implementor.foundation.permissions import SYSTEM
from tests.auth.builders import working
from tests.calendars.builders import make_calendar


def add_calendars(app: Flask, ids: dict[str, int]) -> None:
    """Fill in the ids of three calendars and two service levels of cases; the spare ones are archived."""
    with working(app) as session:
        calendar = make_calendar(session, "Service desk")
        ids["calendar"] = calendar.id
        spare = make_calendar(session, "Spare desk")
        archive_calendar(session, spare, by=SYSTEM, at=datetime.now(UTC))
        ids["spare_calendar"] = spare.id
        ids["free_calendar"] = make_calendar(session, "Desk without service levels").id
        policies = [_policy(session, calendar, name) for name in ("Usual", "Former")]
        archive_policy(session, policies[1], by=SYSTEM, at=datetime.now(UTC))
        ids["policy"], ids["spare_policy"] = (policy.id for policy in policies)


def _policy(session: Session, calendar: BusinessCalendar, name: str) -> SlaPolicy:
    wanted = PolicyWanted(name, calendar.id, {"high": {"resolution": 240}})
    return add_policy(session, "case", wanted, by=SYSTEM, at=datetime.now(UTC))
