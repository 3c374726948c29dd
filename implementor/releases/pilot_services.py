"""What can happen to a pilot: it begins for some people, is judged, is released to all or is ended for a reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.auth.models import Team, User
from implementor.configuration.queries import locked_number
from implementor.configuration.services.versions import bump
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean
from implementor.foundation.words import Phrase, say
from implementor.history.services import present_action_id
from implementor.releases import pilot_queries as queries
from implementor.releases.pilot_models import ENDED, FIT, RELEASED, UNFIT, ConfigPilot, PilotPerson, PilotTeam
from implementor.releases.piloting import kept_operation, operations_of, places_of, why_not
from implementor.releases.release_plan import Verdict
from implementor.waves.models import Wave

LONGEST_REASON = 2000


class CannotPilot(Refusal):
    """The settings are not tried by some people first; the sentence says why not."""


@dataclass(frozen=True)
class Triers:
    """Who tries a pilot: the people of teams, now and whoever joins these, and people chosen one by one."""

    team_ids: Iterable[int] = ()
    user_ids: Iterable[int] = ()


def start_pilot(
    session: Session, wave: Wave, verdict: Verdict, *, triers: Triers, until: date | None, by: Actor, at: datetime
) -> ConfigPilot:
    """Let some people work with the settings of a wave. Raises InvalidInput, CannotPilot."""
    session.execute(locked_number())
    _refuse(session, wave, verdict)
    teams, people = _found(session, triers)
    errors = {}
    if teams is None or people is None or not [*teams, *people]:
        errors["teams"] = say("Choose the teams or the people that begin.")
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
    session.add_all(PilotTeam(pilot_id=pilot.id, team_id=one) for one in teams or ())
    session.add_all(PilotPerson(pilot_id=pilot.id, user_id=one) for one in people or ())
    _changed(session, by, at)
    return pilot


def judge_pilot(session: Session, pilot: ConfigPilot, judgement: str, *, finding: str, by: Actor, at: datetime) -> None:
    """Say what those who try it found, anew as long as it stands. Raises InvalidInput, CannotPilot."""
    text = _reason("finding", finding, say("Say in a sentence what those who tried it found."))
    if judgement not in (FIT, UNFIT):
        raise InvalidInput({"judgement": say("Choose one of the answers.")})
    if not pilot.stands:
        raise CannotPilot(say("This pilot is over already."))
    pilot.judgement, pilot.judged_for, pilot.judged_at, pilot.judged_by_id = judgement, text, at, by.user_id
    session.flush()


def end_pilot(session: Session, pilot: ConfigPilot, *, reason: str, by: Actor, at: datetime) -> None:
    """Let everybody work with what is live again; what was entered stays. Raises InvalidInput without a reason."""
    text = _reason("reason", reason, say("Say in a sentence why the pilot ends."))
    if not pilot.stands:
        raise CannotPilot(say("This pilot is over already."))
    pilot.reason, pilot.outcome, pilot.ended_at, pilot.ended_by_id = text, ENDED, at, by.user_id
    _changed(session, by, at)


def released_to_all(session: Session, *, wave_id: int, by: Actor, at: datetime) -> None:
    """The wave of a pilot went live: what was tried is everybody's now."""
    for pilot in session.scalars(queries.standing_pilots(wave_id=wave_id)):
        pilot.outcome, pilot.ended_at, pilot.ended_by_id = RELEASED, at, by.user_id
        _changed(session, by, at)


def _refuse(session: Session, wave: Wave, verdict: Verdict) -> None:
    standing = session.scalars(queries.standing_pilots()).all()
    if any(one.wave_id == wave.id for one in standing):
        raise CannotPilot(say("There is a pilot of this wave already. It ends before another one begins."))
    if not verdict.plan.todo or not verdict.may_go_live:
        raise CannotPilot(say("Try the release and settle what it finds first: a pilot is what could go live."))
    tried = {place for one in standing for operation in operations_of(one) for place in places_of(operation)}
    for step in verdict.plan.todo:
        reason = why_not(step.operation)
        if reason is not None:
            raise CannotPilot(say("“%(item)s” cannot be piloted. %(why)s", item=step.item.label, why=reason))
        if places_of(step.operation) & tried:
            raise CannotPilot(
                say("“%(item)s” is about what another pilot tries. That one ends first.", item=step.item.label)
            )


def _found(session: Session, triers: Triers) -> tuple[Sequence[int] | None, Sequence[int] | None]:
    """The teams and the people, each None where one of them cannot try anything any more."""
    teams, people = set(triers.team_ids), set(triers.user_ids)
    asked = select(Team.id).where(Team.id.in_(sorted(teams)), Team.archived_at.is_(None)).order_by(Team.id)
    known = session.scalars(asked).all() if teams else []
    asked = select(User.id).where(User.id.in_(sorted(people)), User.disabled_at.is_(None)).order_by(User.id)
    who = session.scalars(asked).all() if people else []
    return known if len(known) == len(teams) else None, who if len(who) == len(people) else None


def _reason(name: str, typed: str, refusal: Phrase) -> str:
    text = clean(typed).strip()
    if not text or len(text) > LONGEST_REASON:
        raise InvalidInput({name: refusal})
    return text


def _changed(session: Session, by: Actor, at: datetime) -> None:
    session.flush()
    bump(session, at=at, by_id=by.user_id, action_id=present_action_id(session))
