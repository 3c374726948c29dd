"""Telling in time that certificates run out: each holder once of each last day, and those who lead change at once."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import Table, bindparam, update
from sqlalchemy.orm import Session

from implementor.foundation.bulk import write_many
from implementor.foundation.permissions import SIGNED_IN, SYSTEM
from implementor.foundation.records import RecordKind, RecordRef, record_kind
from implementor.foundation.words import say, say_n
from implementor.history.services import noting
from implementor.notifications.news import News, NewsKind, news_kind
from implementor.notifications.notices import tell_people
from implementor.notifications.services import send_mail
from implementor.training.expiry_queries import leads_of_change, running_out, titles_of_certificates
from implementor.training.models import Enrolment
from implementor.training.validity import WARNING_DAYS
from implementor.web.database import db, writing_session

OWN, LED = "training.expiry", "training.expiry_led"
AT_ONCE = 200
LONGEST_LIST = 20
LOOK_EVERY = 3600.0  # seconds
log = logging.getLogger("implementor.training")


def declare_news() -> None:
    """What people can hear of certificates, and where a certificate is found from there."""
    news_kind(NewsKind(OWN, say("A certificate of mine runs out soon"), SIGNED_IN, by_mail=True, order=43))
    news_kind(
        NewsKind(LED, say("Certificates of people whose change I lead run out"), SIGNED_IN, by_mail=True, order=43)
    )
    record_kind(RecordKind("certificate", say("Certificates"), Enrolment, titles_of_certificates, _address))


def tell_of_expiry(app: Flask, at: datetime | None = None) -> int:
    """The worker's look: tell, in portions, of all that runs out within `WARNING_DAYS`; how many certificates."""
    moment = at or datetime.now(UTC)
    due = running_out(today=moment.date(), until=moment.date() + timedelta(days=WARNING_DAYS))
    total, last = 0, AT_ONCE
    while last == AT_ONCE and _is_any(app, due):
        with writing_session(app) as session:
            with noting(session, by=SYSTEM, at=moment, source="job"):
                # of two workers the second waits here and finds nothing left
                rows = session.execute(due.limit(AT_ONCE).with_for_update(of=Enrolment)).all()
                _tell(session, rows, moment)
            session.commit()
        total, last = total + len(rows), len(rows)
    if total:
        log.info("told of %s certificates that run out", total)
    return total


def _tell(session: Session, rows: Sequence[Any], at: datetime) -> None:
    led: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        _tell_holder(session, row, at)
        led[row.project_id].append(row)
    table: Table = Enrolment.__table__  # type: ignore[assignment]
    # past the history: what was told changes nothing about the certificate
    told = update(table).where(table.c.id == bindparam("of_id"))
    write_many(session, told, [{"of_id": row.id, "expiry_told_for": row.valid_until} for row in rows])
    for lead in session.execute(leads_of_change(project_ids=led)).all():
        _tell_lead(session, lead, led[lead.project_id], at)


def _tell_holder(session: Session, row: Any, at: datetime) -> None:
    """By a notice and a mail where the person may sign in, by a mail alone where there is only an address."""
    language = (row.speaks if row.login else row.language) or "en"
    course = _title(row, language)
    sentence = say("Your certificate of %(course)s runs out on %(day)s", course=course, day=row.valid_until)
    if row.login:
        news = News(
            kind=OWN, key=f"{OWN}-{row.id}-{row.valid_until}", sentence=sentence, title=row.project,
            record=RecordRef("certificate", row.id), page="/certificates/", at=at,
        )  # fmt: skip
        tell_people(session, [row.login], news)
    elif row.email:
        lines = [
            say("Hello %(name)s,", name=row.person), sentence,
            say("Take the course again before that day: ask your change lead for a seat."),
        ]  # fmt: skip
        send_mail(session, row.email, sentence, lines, language=language, at=at)


def _tell_lead(session: Session, lead: Any, rows: Sequence[Any], at: datetime) -> None:
    """One notice of all of them: who leads change for hundreds is not written to hundreds of times."""
    named = [f"{row.person}: {_title(row, lead.language)} ({row.valid_until})" for row in rows[:LONGEST_LIST]]
    rest = ["…"] if len(rows) > LONGEST_LIST else []
    sentence = say_n(
        "%(project)s: %(count)s certificate runs out soon", "%(project)s: %(count)s certificates run out soon",
        len(rows), project=rows[0].project_key,
    )  # fmt: skip
    news = News(
        kind=LED, key=f"{LED}-{rows[0].id}-{rows[0].valid_until}", sentence=sentence,
        record=RecordRef("certificate", rows[0].id), title="; ".join(named + rest),
        page=f"/projects/{rows[0].project_key}/training/results/certificates", at=at,
    )  # fmt: skip
    tell_people(session, [lead.user_id], news)


def _title(row: Any, language: str) -> str:
    return str((row.name_es if language == "es" else None) or row.course)


def _address(row: Any) -> tuple[str, dict[str, Any]]:
    """Where a certificate stands: among one's own, or among the certificates of the project."""
    if row.project_key is None:
        return "certificates.mine", {}
    return "training_results.certificates", {"project_key": row.project_key}


def _is_any(app: Flask, due: Any) -> bool:
    """Ask without a lock first: a worker with nothing to tell must not hinder those who write."""
    with app.app_context(), Session(db.engine) as session:
        return session.execute(due.limit(1)).first() is not None
