"""An incentive of the first rollout in the demo world: a period that was closed and announced, and one that is open."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from implementor.adoption.days import Day
from implementor.adoption.services import formula_in_force, terms_of, write_kept
from implementor.audiences.services.records import write_record
from implementor.demo.play import Play
from implementor.foundation.permissions import Actor
from implementor.incentives.announcing import announce
from implementor.incentives.models import Incentive, IncentivePeriod, IncentiveRule
from implementor.incentives.reading import people_of
from implementor.incentives.services import choose_naming, close_period, count_period

PLACE = "VEN"
ZONE = ZoneInfo("UTC")
INCENTIVE = {
    "name": "Datos que sirven", "award": "Una tarde libre", "award_to": "people", "award_by": "first", "award_from": 3,
    "body": "Primero la calidad: los registros nuevos solo suman con fichas completas.",
}  # fmt: skip
RULES: tuple[dict[str, Any], ...] = (
    {"name": "Fichas completas", "figure": "complete", "points": 30, "target": 80},
    {"name": "Conversaciones a tiempo", "figure": "prompt", "points": 20, "target": 90},
    {"name": "Capacitación a tiempo", "figure": "trained", "points": 10},
    {"name": "Registros nuevos", "figure": "records", "points": 1, "cap": 30, "complete": 60},
)
PERIODS = (("Primer mes", 37, 10), ("Segundo mes", 9, -18))
"""Name, first and last day in days before today."""


def plan_incentives(play: Play) -> None:
    """Plan, after the records were read, that the change lead sets it out, closes its first period and announces it."""
    play.plan(0.15, "change", lambda session, by, at: _set_out(session, play, by, at), PLACE)


def _set_out(session: Session, play: Play, by: Actor, at: datetime) -> None:
    place: dict[str, Any] = {"project_id": play.places[PLACE].project_id, "by": by, "at": at}
    incentive = write_record(session, Incentive, values=INCENTIVE, **place)
    for rule in RULES:
        write_record(session, IncentiveRule, values={**rule, "incentive_id": incentive.id}, **place)
    for name, first, last in PERIODS:
        days = {"starts_on": play.day(first), "ends_on": play.day(last)}
        period = write_record(
            session, IncentivePeriod, values={"name": name, "incentive_id": incentive.id, **days}, **place
        )
        _count(session, play, period, by, at)


def _count(session: Session, play: Play, period: IncentivePeriod, by: Actor, at: datetime) -> None:
    if period.ends_on >= play.today:
        count_period(session, period, people_of(session, period, ZONE), at=at)
        return
    write_kept(session, Day(period.ends_on, ZONE), terms_of(formula_in_force(session, at=at)))
    people = people_of(session, period, ZONE)
    close_period(session, period, people, zone=ZONE, by=by, at=at)
    for one in people[::2]:
        choose_naming(session, period.incentive_id, one.user_id, agreed=True, at=at)
    announce(session, period, by=by, at=at)
