"""What the worker does for surveys: asks people by mail, reminds who has not answered, closes what is over."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

from flask import Flask, current_app
from sqlalchemy.orm import Session

from implementor.audiences.models import AffectedPerson
from implementor.foundation.errors import Refusal
from implementor.foundation.hands import hand_of, ticket_of
from implementor.foundation.model import Rows
from implementor.foundation.permissions import SIGNED_IN, SYSTEM
from implementor.foundation.records import RecordRef
from implementor.foundation.words import Phrase, say
from implementor.history.services import noting
from implementor.notifications.mail import PagePath
from implementor.notifications.news import News, NewsKind, news_kind
from implementor.notifications.notices import tell_people
from implementor.notifications.services import send_mail
from implementor.surveys import queries
from implementor.surveys.models import OPEN, Survey, SurveyInvitation
from implementor.surveys.services import close_survey
from implementor.web.database import db, writing_session

NEWS = "survey.asked"
AT_ONCE = 200
LOOK_EVERY = 60.0  # seconds
A_DAY = timedelta(days=1)
log = logging.getLogger("implementor.surveys")


def declare_news() -> None:
    """Make it known as something to hear of; mails go by the invitation, so none comes twice."""
    news_kind(NewsKind(NEWS, say("A survey asks for my opinion"), SIGNED_IN, order=43))


def look(app: Flask, at: datetime | None = None) -> int:
    """The worker's look: how many people were written to and surveys were closed."""
    moment = at or datetime.now(UTC)
    return close_due(app, moment) + ask_untold(app, moment) + remind(app, moment)


def ask_untold(app: Flask, at: datetime) -> int:
    """Write to everybody who was not told that they are asked, in portions."""
    total, last = 0, AT_ONCE
    while last == AT_ONCE and _any(app, queries.untold(today=at.date())):
        with writing_session(app) as session:
            with noting(session, by=SYSTEM, at=at, source="job"):
                rows = session.execute(queries.untold(today=at.date()).limit(AT_ONCE)).all()
                for survey, invitation, person in rows:
                    _ask(session, survey, invitation, person, at)
                last = len(rows)
            session.commit()
        total += last
    return total


def remind(app: Flask, at: datetime) -> int:
    """Remind who has not answered, once, some days before an open survey closes."""
    told = 0
    with app.app_context(), Session(db.engine) as session:
        ahead = at.date() + timedelta(days=60)
        due = [one.id for one in session.scalars(queries.open_until(ahead)) if _is_due(one, at)]
    for survey_id in due:
        with writing_session(app) as session:
            with noting(session, by=SYSTEM, at=at, source="job"):
                survey = session.get_one(Survey, survey_id, with_for_update=True)
                if _is_due(survey, at):  # somebody else may have been faster
                    survey.reminded_at = at
                    told += _remind_all(session, survey, at)
            session.commit()
    return told


def close_due(app: Flask, at: datetime) -> int:
    """Close surveys whose last day is over everywhere on earth; one that cannot be counted does not hold up others."""
    yesterday = (at - timedelta(hours=12)).date() - timedelta(days=1)
    with app.app_context(), Session(db.engine) as session:
        due = [one.id for one in session.scalars(queries.open_until(yesterday))]
    return sum(_close(app, survey_id, at) for survey_id in due)


def _close(app: Flask, survey_id: int, at: datetime) -> int:
    with writing_session(app) as session, noting(session, by=SYSTEM, at=at, source="job"):
        try:
            close_survey(session, session.get_one(Survey, survey_id), key=secret(), by=SYSTEM, at=at)
        except Refusal as why:  # closed by hand in the meantime, or the server's secret is another one
            log.error("survey %s was not closed: %s", survey_id, why.reason)
            return 0
        session.commit()
    return 1


def secret() -> str:
    """The server's secret, which is not in the database."""
    return str(current_app.secret_key or "")


def path_of(survey: Survey, invitation: SurveyInvitation) -> str:
    """The address under which whoever has it answers an invitation."""
    return f"/surveys/link/{invitation.id}-{ticket_of(secret(), survey.salt or '', invitation.id)}"


def _is_due(survey: Survey, at: datetime) -> bool:
    if (
        survey.state != OPEN
        or survey.is_archived
        or survey.closes_on is None
        or survey.opened_at is None
        or not survey.remind_days
    ):
        return False
    is_time = at.date() >= survey.closes_on - timedelta(days=survey.remind_days) and at - survey.opened_at >= A_DAY
    return is_time and survey.reminded_at is None


def _remind_all(session: Session, survey: Survey, at: datetime) -> int:
    answered = set(session.scalars(queries.hands_of(survey_id=survey.id)))
    count = 0
    for invitation, person in session.execute(queries.asked_of(survey_id=survey.id, today=at.date())):
        is_told = invitation.told_at is not None
        if is_told and hand_of(secret(), survey.salt or "", invitation.id) not in answered:
            subject = say(
                "Your opinion is still asked for: %(survey)s", survey=survey.title_in(person.language or "en")
            )
            _write(session, survey, invitation, person, subject, at)
            count += 1
    return count


def _ask(session: Session, survey: Survey, invitation: SurveyInvitation, person: AffectedPerson, at: datetime) -> None:
    invitation.told_at = at
    title = survey.title_in(person.language or "en")
    _write(session, survey, invitation, person, say("Your opinion is asked for: %(survey)s", survey=title), at)
    if person.user_id is not None:
        news = News(
            kind=NEWS, key=f"{NEWS}-{invitation.id}", record=RecordRef("user", person.user_id), title=person.name,
            sentence=say("A survey asks for your opinion: %(survey)s", survey=title), page="/surveys/", at=at,
        )  # fmt: skip
        tell_people(session, [person.user_id], news)


def _write(
    session: Session, survey: Survey, invitation: SurveyInvitation, person: AffectedPerson, subject: Phrase,
    at: datetime,
) -> None:  # fmt: skip
    if not person.email:
        return
    lines: list[Phrase | str] = [
        say("Hello %(name)s,", name=person.name),
        say("It takes a few minutes and can be answered until %(day)s.", day=survey.closes_on),
        say("Nobody can find out who answered what: what is kept are numbers of five people or more."),
        PagePath(path_of(survey, invitation)),
    ]
    send_mail(session, person.email, subject, lines, language=person.language or "en", at=at, user_id=person.user_id)


def _any(app: Flask, statement: Rows) -> bool:
    """Ask without a lock first: a worker with nothing to do must not hinder those who write."""
    with app.app_context(), Session(db.engine) as session:
        return session.execute(statement.limit(1)).first() is not None
