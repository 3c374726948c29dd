"""Telling people: a notice behind the bell and a mail, as each of them chose; reading notices, and choosing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from implementor.foundation.words import Phrase, say, speaking
from implementor.notifications import queries
from implementor.notifications.mail import PagePath
from implementor.notifications.models import Notice, NoticeChoice
from implementor.notifications.news import News, NewsKind, news_kinds
from implementor.notifications.services import send_mail
from implementor.web.language import show_moment, speech_of


def tell_people(session: Session, user_ids: Iterable[int], news: News) -> int:
    """Let these people hear something once, as they chose; returns how many there are. They must see its record.

    Accounts that are disabled hear nothing.
    """
    wanted = sorted(set(user_ids))
    told = set(session.scalars(queries.told_already(wanted, news.key))) if wanted else set()
    people = session.execute(queries.people_to_tell([one for one in wanted if one not in told])).all()
    chosen = {one.user_id: one for one in session.scalars(queries.choices_of(one.id for one in people))
              if one.kind == news.kind} if people else {}  # fmt: skip
    for person in people:
        how: NoticeChoice | NewsKind = chosen.get(person.id, news_kinds[news.kind])
        if how.by_bell:
            session.add(_notice(person.id, news))
        if how.by_mail and news.may_mail:
            _mail(session, person, news)
    return len(people)


def _notice(user_id: int, news: News) -> Notice:
    return Notice(
        user_id=user_id, kind=news.kind, key=news.key, sentence=news.sentence.as_json(), moment=news.moment,
        record_kind=news.record.kind, record_id=news.record.id, at=news.at,
    )  # fmt: skip


def _mail(session: Session, person: Any, news: News) -> None:
    with speaking(speech_of(person.language, person.time_zone)):
        moment = show_moment(news.moment)
    lines: list[Phrase | str] = [say("Hello %(name)s,", name=person.name), news.sentence, news.title]
    if moment:
        lines.append(say("Promised for: %(moment)s", moment=moment))
    send_mail(
        session, person.email, news.sentence, [*lines, PagePath(news.page)], language=person.language, at=news.at,
        user_id=person.id,
    )  # fmt: skip


# --- reading ----------------------------------------------------------------------------------------------------------


def mark_read(notice: Notice, *, at: datetime) -> None:
    """Somebody read it; the first time counts."""
    notice.read_at = notice.read_at or at


def mark_all_read(session: Session, user_id: int, *, at: datetime) -> None:
    """Somebody wants to see nothing more of what they were told until now."""
    unread = update(Notice).where(Notice.user_id == user_id, Notice.read_at.is_(None), Notice.at <= at)
    session.execute(unread.values(read_at=at), execution_options={"synchronize_session": False})


# --- choosing ---------------------------------------------------------------------------------------------------------


def ways_of(session: Session, user_id: int, kinds: Iterable[NewsKind]) -> dict[str, tuple[bool, bool]]:
    """Kind of news -> whether somebody hears of it by the bell and by mail."""
    chosen = {one.kind: one for one in session.scalars(queries.choices_of([user_id]))}
    ways: list[tuple[str, NoticeChoice | NewsKind]] = [(one.key, chosen.get(one.key, one)) for one in kinds]
    return {key: (way.by_bell, way.by_mail) for key, way in ways}


def choose_ways(
    session: Session, user_id: int, kinds: Collection[NewsKind], wanted: Mapping[str, tuple[bool, bool]]
) -> None:
    """Keep how somebody wants to hear of these kinds of news; what they do not name they do not want to hear of."""
    chosen = {one.kind: one for one in session.scalars(queries.choices_of([user_id]))}
    for kind in kinds:
        by_bell, by_mail = wanted.get(kind.key, (False, False))
        known = chosen.get(kind.key)
        if known is None:
            session.add(NoticeChoice(user_id=user_id, kind=kind.key, by_bell=by_bell, by_mail=by_mail))
        else:
            known.by_bell, known.by_mail = by_bell, by_mail
