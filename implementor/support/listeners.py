"""What follows for requests: their sender is told what became of them, and clocks rest while they are put away."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from implementor.calendars.events import SlaBreached
from implementor.foundation.events import listens_to
from implementor.foundation.records import RecordRef
from implementor.foundation.words import Phrase, say, say_n
from implementor.history.note import note_of
from implementor.lists.events import BroughtBack, PutAway
from implementor.notifications.news import News
from implementor.notifications.notices import tell_people
from implementor.projects.models import Project
from implementor.support import clocks, queries
from implementor.support.events import RequestMoved, RequestsPassedOn, RequestWaits
from implementor.support.kinds import NEWS, WAITS
from implementor.support.models import SupportRequest


@listens_to(RequestMoved)
def tell_sender(session: Session, event: RequestMoved) -> None:
    """Once for each thing that becomes of it."""
    found = event.request
    if found.created_by_id is None:
        return
    news = News(
        kind=NEWS, key=f"{NEWS}-{found.id}-{event.at.isoformat()}", sentence=event.sentence,
        record=RecordRef("support_request", found.id), title=found.name, page="/requests", at=event.at,
    )  # fmt: skip
    tell_people(session, [found.created_by_id], news)


@listens_to(RequestWaits)
def tell_takers(session: Session, event: RequestWaits) -> None:
    """Whoever took it up hears of it, and where nobody did, those who answer in the project."""
    _tell_takers(session, event.request, event.sentence, event.at)


@listens_to(SlaBreached)
def mark_late(session: Session, event: SlaBreached) -> None:
    """A promise was not kept: the request says so, and those who answer hear of it."""
    found = (
        session.get(SupportRequest, event.record.id) if event.record.kind == SupportRequest.__record_kind__ else None
    )
    if found is not None:
        found.is_late = True
        _tell_takers(session, found, say("A request waits longer than promised: %(title)s", title=found.name), event.at)


def _tell_takers(session: Session, found: SupportRequest, sentence: Phrase, at: datetime) -> None:
    owner = [found.owner_id] if found.owner_id else session.scalars(queries.takers_of(project_id=found.project_id))
    key = session.get_one(Project, found.project_id).key
    news = News(
        kind=WAITS, key=f"{WAITS}-{found.id}-{at.isoformat()}", sentence=sentence,
        record=RecordRef("support_request", found.id), title=found.name, page=f"/projects/{key}/requests/{found.id}",
        at=at,
    )  # fmt: skip
    tell_people(session, {one for one in owner if one != note_of(session).actor.user_id}, news)


@listens_to(RequestsPassedOn)
def tell_new_owner(session: Session, event: RequestsPassedOn) -> None:
    """Whoever takes up the requests of a wave hears of it once, unless they did it themselves."""
    made = event.handover
    if made.owner_id == note_of(session).actor.user_id:
        return
    sentence = say_n(
        "%(count)s request of the weeks after going live is yours to take up: %(wave)s",
        "%(count)s requests of the weeks after going live are yours to take up: %(wave)s", made.requests,
        wave=event.wave_name,
    )  # fmt: skip
    key = session.get_one(Project, made.project_id).key
    news = News(
        kind=WAITS, key=f"{WAITS}-passed-on-{made.id}", sentence=sentence,
        record=RecordRef("wave", made.wave_id), title=event.wave_name,
        page=f"/projects/{key}/requests/hypercare?wave={event.wave_number}", at=event.at,
    )  # fmt: skip
    tell_people(session, [made.owner_id], news)


@listens_to(PutAway)
def rest_with_request(session: Session, event: PutAway) -> None:
    """While a request is put away, its clocks stand still."""
    if event.record.kind == SupportRequest.__record_kind__:
        clocks.rest(session, event.record, event.at)


@listens_to(BroughtBack)
def go_on_with_request(session: Session, event: BroughtBack) -> None:
    """What was left of its promises is left."""
    if event.record.kind == SupportRequest.__record_kind__:
        clocks.go_on(session, event.record, event.at)
