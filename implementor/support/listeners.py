"""What follows for requests: their sender is told what became of them, and clocks rest while they are put away."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.calendars.services.clocks import pause_clocks, resume_clocks
from implementor.foundation.events import listens_to
from implementor.foundation.records import RecordRef
from implementor.lists.events import BroughtBack, PutAway
from implementor.notifications.news import News
from implementor.notifications.notices import tell_people
from implementor.support.events import RequestMoved
from implementor.support.kinds import NEWS
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


@listens_to(PutAway)
def rest_with_request(session: Session, event: PutAway) -> None:
    """While a request is put away, its clocks stand still."""
    if event.record.kind == SupportRequest.__record_kind__:
        pause_clocks(session, event.record, at=event.at)


@listens_to(BroughtBack)
def go_on_with_request(session: Session, event: BroughtBack) -> None:
    """What was left of its promises is left."""
    if event.record.kind == SupportRequest.__record_kind__:
        resume_clocks(session, event.record, at=event.at)
