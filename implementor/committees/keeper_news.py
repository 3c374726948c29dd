"""Telling people what they keep from now on, once a project is handed on or its keepers are arranged anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from implementor.foundation.permissions import SIGNED_IN, Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say
from implementor.notifications.news import News, NewsKind, news_kind
from implementor.notifications.notices import tell_people
from implementor.projects.models import Project

KEPT = "project.kept"


def declare_keeper_news() -> None:
    """What keepers can hear."""
    label = say("I keep something of a project that was handed on")
    news_kind(NewsKind(KEPT, label, SIGNED_IN, by_mail=True, order=23))


def tell_keepers(session: Session, project: Project, people: Iterable[int], *, by: Actor, at: datetime) -> int:
    """Let those know who were named now; whoever named themselves knows. Returns how many were told."""
    news = News(
        kind=KEPT, key=f"{KEPT}-{project.id}-{at:%Y%m%d%H%M%S}",
        sentence=say("%(project)s is handed on, and you keep something of it", project=project.key),
        record=RecordRef("project", project.id), title=project.name, page=f"/projects/{project.key}/after-the-end", at=at,
    )  # fmt: skip
    return tell_people(session, set(people) - {by.user_id or 0}, news)
