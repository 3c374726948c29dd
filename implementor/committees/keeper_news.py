"""Telling people what they keep from now on, once a project is handed on or its keepers are arranged anew."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.committees.events import KeepersNamed
from implementor.foundation.events import listens_to
from implementor.foundation.permissions import SIGNED_IN
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say
from implementor.notifications.news import News, NewsKind, news_kind
from implementor.notifications.notices import tell_people

KEPT = "project.kept"


def declare_keeper_news() -> None:
    """What keepers can hear."""
    label = say("I keep something of a project that was handed on")
    news_kind(NewsKind(KEPT, label, SIGNED_IN, by_mail=True, order=23))


@listens_to(KeepersNamed)
def tell_keepers(session: Session, event: KeepersNamed) -> None:
    """Once for each time that they are named."""
    project, at = event.project, event.at
    news = News(
        kind=KEPT, key=f"{KEPT}-{project.id}-{at.isoformat()}",
        sentence=say("%(project)s is handed on, and you keep something of it", project=project.key),
        record=RecordRef("project", project.id), title=project.name, at=at,
        page=f"/projects/{project.key}/after-the-end",
    )  # fmt: skip
    tell_people(session, event.people, news)
