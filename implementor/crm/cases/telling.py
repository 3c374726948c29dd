"""Telling who answers for a case that one of its promises is nearly due, or was not kept."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from implementor.auth.queries import roles_of
from implementor.calendars.clocked_kinds import clocked
from implementor.calendars.events import SlaBreached, SlaNear
from implementor.configuration.snapshots import now_live
from implementor.crm.cases import permissions, queries
from implementor.crm.cases.models import Case
from implementor.foundation.live import living
from implementor.foundation.permissions import Actor, Role
from implementor.foundation.words import Phrase, say
from implementor.history.note import note_of
from implementor.notifications.news import News, NewsKind, news_kind
from implementor.notifications.notices import tell_people

NEAR, LATE = "case.near", "case.late"
STILL_NEWS = timedelta(days=7)
"""What was broken before that came in with a file, or is known by now."""
STILL_URGENT = timedelta(days=1)
"""What was broken before that is shown, but not mailed: a worker that was away must not send a flood."""


def declare_news() -> None:
    """What people can hear of cases."""
    news_kind(NewsKind(NEAR, say("A case nears its limit"), permissions.VIEW, order=10))
    news_kind(NewsKind(LATE, say("A case is past its limit"), permissions.VIEW, by_mail=True, order=11))


def tell_of_limit(session: Session, event: SlaNear | SlaBreached, kind: str) -> None:
    """Let the owner and the managers of the team hear of a promise, as far as they see the case.

    Who caused it by what they do now knows already. Cases that are put away are nobody's matter.
    """
    if event.at - event.due_at > STILL_NEWS:
        return
    case = session.get(Case, event.record.id)
    if case is None or case.is_archived:
        return
    answering = queries.who_answers_for(owner_id=case.owner_id, team_id=case.team_id)
    wanted = {case.owner_id, *session.scalars(answering)} - {None, note_of(session).actor.user_id}
    news = News(
        kind=kind,
        key=f"{kind}-{event.clock_id}-{event.due_at:%Y%m%d%H%M%S}",
        sentence=_sentence(kind, case.code, event.name),
        record=event.record,
        title=case.subject,
        page=f"/crm/cases/{case.id}",
        at=event.at,
        moment=event.due_at,
        may_mail=event.at - event.due_at <= STILL_URGENT,
    )
    tell_people(session, _who_see_it(session, case, {one for one in wanted if one is not None}), news)


def _sentence(kind: str, code: str, promise: str) -> Phrase:
    declared = clocked[Case.__record_kind__].clock(promise)
    label = declared.label if declared is not None else promise
    if kind == NEAR:
        return say("%(case)s: %(promise)s – nearly due", case=code, promise=label)
    return say("%(case)s: %(promise)s – past its limit", case=code, promise=label)


def _who_see_it(session: Session, case: Case, user_ids: set[int]) -> list[int]:
    """Those of the people who see the case with the roles they have now."""
    held: dict[int, set[Role]] = {one: {Role.SIGNED_IN} for one in user_ids}
    for user_id, role in session.execute(roles_of(user_ids)):
        held[user_id].add(Role(role))
    with living(now_live(session)):
        return [one for one in sorted(user_ids) if _sees(session, case, Actor(one, "", "", frozenset(held[one])))]


def _sees(session: Session, case: Case, actor: Actor) -> bool:
    return actor.may(permissions.VIEW) and session.scalar(queries.seen_by(case.id, actor)) is not None
