"""Reminding whoever is to tell an audience something that the day has come: a notice, and a mail if wanted."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy.orm import Session

from implementor.audiences.queries.transition import messages_to_remind_of
from implementor.foundation.permissions import SIGNED_IN, SYSTEM
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say
from implementor.history.services import noting
from implementor.notifications.news import News, NewsKind, news_kind
from implementor.notifications.notices import tell_people
from implementor.web.database import db, writing_session

NEWS = "message.due"
LOOK_EVERY = 3600.0  # seconds
log = logging.getLogger("implementor.audiences")


def declare_news() -> None:
    """What senders can hear of."""
    news_kind(NewsKind(NEWS, say("A message of mine is due"), SIGNED_IN, by_mail=True, order=42))


def remind_senders(app: Flask, at: datetime | None = None) -> int:
    """The worker's look: everybody whose message is due hears of it once; answers how many were told."""
    moment = at or datetime.now(UTC)
    with app.app_context(), Session(db.engine) as session:
        if session.execute(messages_to_remind_of(until=moment.date()).limit(1)).first() is None:
            return 0
    with writing_session(app) as session:
        with noting(session, by=SYSTEM, at=moment, source="job"):
            told = tell_of_due(session, at=moment)
        session.commit()
    log.info("reminded %s people of messages", told)
    return told


def tell_of_due(session: Session, *, at: datetime) -> int:
    """Tell each sender of each due message once."""
    count = 0
    for message, project_key in session.execute(messages_to_remind_of(until=at.date())).all():
        message.reminded_at = at
        news = News(
            kind=NEWS, key=f"{NEWS}-{message.id}-{message.due_on}",
            sentence=say("A message of %(project)s is due on %(day)s", project=project_key, day=message.due_on),
            record=RecordRef("planned_message", message.id), title=message.name,
            page=f"/projects/{project_key}/adoption/messages/{message.id}", at=at,
        )  # fmt: skip
        count += tell_people(session, [message.sender_id], news)
    session.flush()
    return count
