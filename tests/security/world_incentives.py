"""Incentives of the world: a rule, a period that is open, and one that is closed, in which somebody earned points."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor
from implementor.incentives.models import Incentive, IncentivePeriod, IncentiveRule, IncentiveStanding

if TYPE_CHECKING:
    from tests.security.world import Place


def add_incentives(session: Session, _app: Flask, place: Place, text: str, by: Actor) -> None:
    """One of each."""
    mine, now = {"project_id": place.project_id}, datetime.now(UTC)
    made = Incentive(**mine, name=f"Incentive {text}"[:160], award=f"Award {text}"[:160], body=text)
    session.add(made)
    session.flush()
    rule = IncentiveRule(**mine, incentive_id=made.id, name=f"Rule {text}"[:160], target=90)
    day = now.date()
    period = IncentivePeriod(**mine, incentive_id=made.id, name=f"Period {text}"[:160], starts_on=day, ends_on=day)
    past = day - timedelta(days=9)
    terms = {"award": made.award, "award_to": "people", "award_by": "points", "award_from": 100, "rules": []}
    closed = IncentivePeriod(
        **mine, incentive_id=made.id, name=f"Closed {text}"[:160], starts_on=past, ends_on=past, closed_at=now,
        terms=terms,
    )  # fmt: skip
    session.add_all((rule, period, closed))
    session.flush()
    session.add(
        IncentiveStanding(
            period_id=closed.id, user_id=by.user_id or 0, points=5, counted=1, earned=[], left_out={}, counted_at=now
        )
    )
    session.flush()
    place.ids |= {
        "incentive": made.id, "incentive_rule": rule.id, "incentive_period": period.id, "closed_period": closed.id,
    }  # fmt: skip
