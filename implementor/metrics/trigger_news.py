"""Telling the owner of a risk and the project lead that a metric turned it into an obstacle, once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from implementor.foundation.permissions import SIGNED_IN, Role
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say
from implementor.governance.models import Obstacle, Risk
from implementor.governance.queries.silence import holders
from implementor.metrics.models import Metric, RiskTrigger
from implementor.notifications.news import News, NewsKind, news_kind
from implementor.notifications.notices import tell_people
from implementor.projects.models import Project

CROSSED = "metric.trigger"


def declare_news() -> None:
    """What people can hear of it."""
    news_kind(NewsKind(CROSSED, say("A metric turned a risk into an obstacle"), SIGNED_IN, by_mail=True, order=25))


def tell_of_crossing(session: Session, trigger: RiskTrigger, risk: Risk, obstacle: Obstacle, *, at: datetime) -> int:
    """Let owner and lead know; returns how many were told."""
    project = session.get_one(Project, risk.project_id)
    metric = session.get_one(Metric, trigger.metric_id)
    held = session.execute(holders(project_ids={risk.project_id})).all()
    leads = [user_id for _project, role, user_id in held if role == str(Role.PROJECT_LEAD)]
    news = News(
        kind=CROSSED,
        key=f"{CROSSED}-{trigger.id}-{obstacle.id}",
        sentence=say(
            "%(project)s: %(metric)s turned the risk %(number)s into an obstacle", project=project.key,
            metric=metric.name, number=risk.number,
        ),
        record=RecordRef("obstacle", obstacle.id),
        title=obstacle.title,
        page=f"/projects/{project.key}/obstacles/{obstacle.number}",
        at=at,
    )  # fmt: skip
    people = {risk.owner_id, obstacle.owner_id, *leads[:1]} - {None}
    return tell_people(session, [one for one in people if one is not None], news)
