"""What follows when something becomes of a request: its sender is told."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.foundation.events import listens_to
from implementor.foundation.records import RecordRef
from implementor.notifications.news import News
from implementor.notifications.notices import tell_people
from implementor.support.events import RequestMoved
from implementor.support.kinds import NEWS


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
