"""How obstacles climb: their clock begins, is wound anew, and passes them on; and how long a project gives it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from implementor.calendars.working_days import WorkCalendar
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean
from implementor.foundation.words import say
from implementor.governance.escalation import (
    COMMITTEE,
    LADDERS,
    LONGEST_CLOCK,
    RUNGS,
    USUAL_DAYS,
    climbs_at,
    first_rung,
    next_rung,
)
from implementor.governance.models import Obstacle, ObstacleClock, ObstacleEscalation
from implementor.governance.queries.escalations import clocks_of, open_obstacles
from implementor.history.services import name_action
from implementor.projects.models import Project

LONGEST_REASON = 500
Clocks = Mapping[tuple[str, str], int]
"""By kind and severity: working days on a rung."""


class AtTheTop(Refusal):
    """Nobody comes after those whose matter it is."""


def present_clocks(session: Session, *, project_id: int) -> Clocks:
    """The working days on a rung for every kind and severity: those of the project, else the usual ones."""
    usual = {(kind, severity): days for kind in LADDERS for severity, days in USUAL_DAYS.items()}
    own = {(one.kind, one.severity): one.days for one in session.scalars(clocks_of(project_id=project_id))}
    return {**usual, **own}


def begin_clock(session: Session, obstacle: Obstacle, *, at: datetime) -> None:
    """It is the matter of whoever comes first by its kind, from now on."""
    obstacle.rung, obstacle.rung_at = first_rung(obstacle.kind), at
    wind_clock(session, obstacle)


def wind_clock(session: Session, obstacle: Obstacle) -> None:
    """Count anew until when its rung has time, since it was reached; three statements at most."""
    clocks = present_clocks(session, project_id=obstacle.project_id)
    _wind(obstacle, clocks, _calendar(session, obstacle.project_id))


def climb(session: Session, obstacle: Obstacle, *, by: Actor, at: datetime, reason: str = "") -> str:
    """Make it the matter of whoever is next, and return which rung that is.

    Raises AtTheTop when it is the committee's, Refusal when it is resolved; a person gives a reason, the clock none.
    """
    if not obstacle.is_open:
        raise Refusal(say("%(title)s is resolved already.", title=obstacle.title))
    rung = next_rung(obstacle.kind, obstacle.rung)
    if rung is None:
        raise AtTheTop(say("%(title)s is on the committee's agenda already.", title=obstacle.title))
    words = clean(reason).strip()
    if by.user_id is not None and not words:
        raise InvalidInput({"reason": say("Say in a sentence why it cannot wait.")})
    if len(words) > LONGEST_REASON:
        raise InvalidInput({"reason": say("The reason may have %(longest)s characters.", longest=LONGEST_REASON)})
    obstacle.rung, obstacle.rung_at = rung, at
    wind_clock(session, obstacle)
    session.add(
        ObstacleEscalation(
            project_id=obstacle.project_id, obstacle_id=obstacle.id, rung=rung, at=at, by_id=by.user_id,
            reason=words or None,
        )
    )  # fmt: skip
    name_action(
        session,
        say("Passed the obstacle %(title)s on to: %(rung)s", title=obstacle.title, rung=RUNGS[rung]),
        verb="obstacle.escalate",
        project_id=obstacle.project_id,
    )
    session.flush()
    return rung


def set_clocks(session: Session, *, project_id: int, days: Clocks, by: Actor, at: datetime) -> None:
    """Say how many working days each kind and severity has on a rung; what is open is counted anew.

    Raises InvalidInput, by `kind-severity`, outside 1 to 90.
    """
    wrong = [key for key, limit in days.items() if not 1 <= limit <= LONGEST_CLOCK]
    if wrong:
        reason = say("Between 1 and %(most)s days, please.", most=LONGEST_CLOCK)
        raise InvalidInput(dict.fromkeys(("-".join(key) for key in wrong), reason))
    known = {(one.kind, one.severity): one for one in session.scalars(clocks_of(project_id=project_id))}
    for (kind, severity), limit in days.items():
        if (kind, severity) in known:
            known[kind, severity].days = limit
        elif limit != USUAL_DAYS[severity]:
            session.add(ObstacleClock(project_id=project_id, kind=kind, severity=severity, days=limit))
    name_action(
        session, say("Said when obstacles are passed on"), verb="obstacle.set_clocks", project_id=project_id
    )  # fmt: skip
    session.flush()
    clocks, calendar = present_clocks(session, project_id=project_id), _calendar(session, project_id)
    for obstacle in session.scalars(open_obstacles(project_id=project_id)):
        _wind(obstacle, clocks, calendar)
    session.flush()


def _wind(obstacle: Obstacle, clocks: Clocks, calendar: WorkCalendar) -> None:
    days = clocks[obstacle.kind, obstacle.severity]
    over = obstacle.rung == COMMITTEE or not obstacle.is_open
    obstacle.escalates_at = None if over else climbs_at(obstacle.rung_at, days, calendar)


def _calendar(session: Session, project_id: int) -> WorkCalendar:
    project = session.get_one(Project, project_id)
    return WorkCalendar(project.country, project.region)
