"""How the CRM of the demo world is used, read from what its people wrote, and help for who needs it most."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.adoption.beginning import correct_since, write_correct
from implementor.adoption.days import SPAN, Day, days_between
from implementor.adoption.intervening import write_intervention
from implementor.adoption.looking_through import work_since
from implementor.adoption.meeting import meet
from implementor.adoption.models import PersonDay
from implementor.adoption.schedule import TITLE
from implementor.adoption.services import (
    formula_in_force,
    note_written,
    terms_of,
    write_kept,
    write_people,
    write_reach,
    write_work,
)
from implementor.demo.company import TIME_ZONE
from implementor.demo.play import SATURDAY, Play
from implementor.foundation.permissions import Actor
from implementor.history.services import name_action

PLACE = "VEN"
ZONE = ZoneInfo("UTC")
WHY = "Días con registros muy por debajo de la meta; entra poco y deja campos sin llenar."
ACTION = "Acompañar una hora de trabajo en el CRM con casos propios"


def plan_help(play: Play) -> None:
    """Plan that the records are read, and that the change lead sees who needs help."""
    play.plan(0.3, "change", lambda session, _by, at: _read(session, play, at))
    play.plan(0.2, "change", lambda session, by, at: _help(session, play, by, at), PLACE)


def _read(session: Session, play: Play, at: datetime) -> None:
    name_action(session, TITLE, verb="adoption.read")
    first, formula = play.today - timedelta(days=2 * SPAN), formula_in_force(session, at=at)
    write_work(session, first, play.today, work_since(session, Day(first, ZONE)))
    last = Day(play.today, ZONE)
    write_correct(session, correct_since(session, Day(first, ZONE), last, terms_of(formula), None))
    write_kept(session, last, terms_of(formula))
    write_reach(session, last, terms_of(formula))
    for on in days_between(first, play.today):
        write_people(session, Day(on, ZONE), formula, is_today=on == play.today)
        note_written(session, Day(on, ZONE), at=at)


def _help(session: Session, play: Play, by: Actor, at: datetime) -> None:
    weakest = session.scalars(
        select(PersonDay.user_id)
        .where(PersonDay.day == play.today, PersonDay.score.is_not(None))
        .order_by(PersonDay.score, PersonDay.user_id)
        .limit(1)
    ).one()
    values = {
        "action": ACTION, "person_id": weakest, "figure": "writing", "why": WHY, "due_on": play.day(-6),
        "owner_id": by.user_id,
    }  # fmt: skip
    made = write_intervention(session, project_id=play.places[PLACE].project_id, values=values, by=by, at=at)
    agreed = {
        "meets_at": _working_morning(play.day(-2)), "meets_minutes": 60, "meets_place": "Sala Tepuy",
        "meets_link": "https://reuniones.cumbrelia.example/ayuda-crm",
    }  # fmt: skip
    meet(session, made, agreed, zone=TIME_ZONE, by=by, at=at)


def _working_morning(day: date) -> datetime:
    """Half past nine of a day where the company is, or of the Monday after it."""
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return datetime.combine(day, time(9, 30), ZoneInfo(TIME_ZONE)).astimezone(UTC)
