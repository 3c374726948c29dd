"""Telling the people of a committee that they are invited, that a meeting moved, or that it was called off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from implementor.committees.models import Meeting
from implementor.foundation.permissions import SIGNED_IN, Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say
from implementor.notifications.news import News, NewsKind, news_kind
from implementor.notifications.notices import tell_people

INVITED = "committee.meeting"


def declare_news() -> None:
    """What people can hear of meetings."""
    news_kind(NewsKind(INVITED, say("I am invited to a meeting"), SIGNED_IN, by_mail=True, order=22))


def tell_invited(
    session: Session, meeting: Meeting, people: Iterable[int], *, of: str, page: str, by: Actor, at: datetime
) -> int:
    """Let those who are invited know, again only where the meeting moved since; returns how many were told.

    `of` is the project's key or the programme's name, `page` where the meeting is found.
    """
    news = News(
        kind=INVITED,
        key=f"{INVITED}-{meeting.id}-{meeting.starts_at:%Y%m%d%H%M}",
        sentence=say("%(project)s: you are invited to a meeting", project=of),
        record=RecordRef("meeting", meeting.id),
        title=meeting.title,
        page=page,
        at=at,
        moment=meeting.starts_at,
    )
    return tell_people(session, set(people) - {by.user_id}, news)
