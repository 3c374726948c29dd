"""Passing an obstacle on and telling those whose matter it becomes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor, Role
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say
from implementor.governance.escalation import COMMITTEE, LEAD, SPONSOR
from implementor.governance.models import Obstacle
from implementor.governance.queries.escalations import people_in_roles
from implementor.governance.services.escalations import climb
from implementor.notifications.news import News
from implementor.notifications.notices import tell_people
from implementor.projects.models import Project

NEWS = "governance.escalation"
HEARERS = {
    LEAD: (Role.PROJECT_LEAD,),
    SPONSOR: (Role.SPONSOR,),
    COMMITTEE: (Role.COMMITTEE, Role.SPONSOR, Role.PROJECT_LEAD),
}
"""By rung: who hears of it."""


def pass_on(session: Session, obstacle: Obstacle, *, by: Actor, at: datetime, reason: str = "") -> int:
    """Make an obstacle the matter of whoever is next and tell them; returns how many were told. Refuses as `climb`."""
    rung = climb(session, obstacle, by=by, at=at, reason=reason)
    project = session.get_one(Project, obstacle.project_id)
    people = set(session.scalars(people_in_roles(project_id=project.id, roles=HEARERS[rung]))) - {by.user_id}
    sentence = (
        say("%(project)s: obstacle %(number)s comes before the committee", project=project.key, number=obstacle.number)
        if rung == COMMITTEE
        else say("%(project)s: obstacle %(number)s is passed on to you", project=project.key, number=obstacle.number)
    )
    news = News(
        kind=NEWS,
        key=f"{NEWS}-{obstacle.id}-{rung}-{at:%Y%m%d%H%M%S}",
        sentence=sentence,
        record=RecordRef("obstacle", obstacle.id),
        title=obstacle.title,
        page=f"/projects/{project.key}/obstacles/{obstacle.number}",
        at=at,
    )
    return tell_people(session, people, news)
