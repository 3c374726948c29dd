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
    held: dict[str, Any] = {}
    for days, deed in ((0.15, _set_out), (0.14, _first), (0.13, _close), (0.12, _announce), (0.11, _second)):
        play.plan(days, "change", lambda *done, deed=deed: deed(play, held, *done), PLACE)


def _set_out(play: Play, held: dict[str, Any], session: Session, by: Actor, at: datetime) -> None:
    place: dict[str, Any] = {"project_id": play.places[PLACE].project_id, "by": by, "at": at}
    held["incentive"] = write_record(session, Incentive, values=INCENTIVE, **place)
    for rule in RULES:
        write_record(session, IncentiveRule, values={**rule, "incentive_id": held["incentive"].id}, **place)


def _first(play: Play, held: dict[str, Any], session: Session, by: Actor, at: datetime) -> None:
    held["first"] = _period(play, held, PERIODS[0], session, by, at)


def _close(play: Play, held: dict[str, Any], session: Session, by: Actor, at: datetime) -> None:
    period: IncentivePeriod = held["first"]
    write_kept(session, Day(period.ends_on, ZONE), terms_of(formula_in_force(session, at=at)))
    people = people_of(session, period, ZONE)
    close_period(session, period, people, zone=ZONE, by=by, at=at)
    for one in people[::2]:
        choose_naming(session, period.incentive_id, one.user_id, agreed=True, at=at)


def _announce(play: Play, held: dict[str, Any], session: Session, by: Actor, at: datetime) -> None:
    announce(session, held["first"], by=by, at=at)


def _second(play: Play, held: dict[str, Any], session: Session, by: Actor, at: datetime) -> None:
    period = _period(play, held, PERIODS[1], session, by, at)
    count_period(session, period, people_of(session, period, ZONE), at=at)


def _period(
    play: Play, held: dict[str, Any], wanted: tuple[str, int, int], session: Session, by: Actor, at: datetime
) -> IncentivePeriod:
    name, first, last = wanted
    values = {"name": name, "incentive_id": held["incentive"].id, "starts_on": play.day(first),
              "ends_on": play.day(last)}  # fmt: skip
    made: IncentivePeriod = write_record(
        session, IncentivePeriod, project_id=play.places[PLACE].project_id, values=values, by=by, at=at
    )
    session.refresh(made, ["incentive"])
    return made
