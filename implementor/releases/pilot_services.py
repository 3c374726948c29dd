"""What can happen to a pilot: it begins for some teams, is released to all with its wave, or is ended for a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.auth.models import Team
from implementor.configuration.queries import locked_number
from implementor.configuration.services.versions import bump
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean
from implementor.foundation.words import say
from implementor.history.services import present_action_id
from implementor.releases import pilot_queries as queries
from implementor.releases.pilot_models import ENDED, RELEASED, ConfigPilot, PilotTeam
from implementor.releases.piloting import kept_operation, why_not
from implementor.releases.release_plan import Verdict
from implementor.waves.models import Wave

LONGEST_REASON = 2000


class CannotPilot(Refusal):
    """The settings are not tried by some people first; the sentence says why not."""


def start_pilot(
    session: Session, wave: Wave, verdict: Verdict, *, team_ids: Iterable[int], until: date | None, by: Actor,
    at: datetime,
) -> ConfigPilot:  # fmt: skip
    """Let the people of some teams work with the settings of a wave. Raises InvalidInput, CannotPilot."""
    session.execute(locked_number())
    _refuse(session, wave, verdict)
    wanted = set(team_ids)
    found = select(Team.id).where(Team.id.in_(sorted(wanted)), Team.archived_at.is_(None))
    teams = session.scalars(found).all() if wanted else []
    errors = {}
    if not teams or len(teams) != len(wanted):
        errors["teams"] = say("Choose the teams that begin.")
    if until is None or until < at.date():
        errors["until"] = say("Say until which day it is tried; today at the earliest.")
    if errors or until is None:
        raise InvalidInput(errors)
    pilot = ConfigPilot(
        project_id=wave.project_id, wave_id=wave.id, started_at=at, started_by_id=by.user_id, until_on=until,
        operations=[kept_operation(step.operation) for step in verdict.plan.todo],
    )  # fmt: skip
    session.add(pilot)
    session.flush()
    session.add_all(PilotTeam(pilot_id=pilot.id, team_id=team_id) for team_id in teams)
    _changed(session, by, at)
    return pilot


def end_pilot(session: Session, pilot: ConfigPilot, *, reason: str, by: Actor, at: datetime) -> None:
    """Let everybody work with what is live again; what was entered stays. Raises InvalidInput without a reason."""
    text = clean(reason).strip()
    if not text or len(text) > LONGEST_REASON:
        raise InvalidInput({"reason": say("Say in a sentence why the pilot ends.")})
    if not pilot.stands:
        raise CannotPilot(say("This pilot is over already."))
    pilot.reason, pilot.outcome, pilot.ended_at, pilot.ended_by_id = text, ENDED, at, by.user_id
    _changed(session, by, at)


def released_to_all(session: Session, *, wave_id: int, by: Actor, at: datetime) -> None:
    """The wave of a pilot went live: what was tried is everybody's now."""
    pilot = session.scalars(queries.standing_pilot()).one_or_none()
    if pilot is not None and pilot.wave_id == wave_id:
        pilot.outcome, pilot.ended_at, pilot.ended_by_id = RELEASED, at, by.user_id
        _changed(session, by, at)


def _refuse(session: Session, wave: Wave, verdict: Verdict) -> None:
    if session.scalars(queries.standing_pilot()).one_or_none() is not None:
        raise CannotPilot(say("There is a pilot already. It ends before another one begins."))
    if not verdict.plan.todo or not verdict.may_go_live:
        raise CannotPilot(say("Try the release and settle what it finds first: a pilot is what could go live."))
    for step in verdict.plan.todo:
        reason = why_not(step.operation)
        if reason is not None:
            raise CannotPilot(say("“%(item)s” cannot be piloted. %(why)s", item=step.item.label, why=reason))


def _changed(session: Session, by: Actor, at: datetime) -> None:
    session.flush()
    bump(session, at=at, by_id=by.user_id, action_id=present_action_id(session))
