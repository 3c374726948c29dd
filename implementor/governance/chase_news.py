"""Reminding people of what waits for them: a notice, a mail if they want it, and a row that says so."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say
from implementor.governance.chase_list import Matter
from implementor.governance.models import Reminder
from implementor.notifications.news import News
from implementor.notifications.notices import tell_people

NEWS = "governance.chase"


class NotReminded(Refusal):
    """Nobody is there to remind, or somebody did a moment ago."""


def remind(session: Session, matter: Matter, *, project_key: str, page: str, by: Actor, at: datetime) -> None:
    """Remind whose it is. Raises NotReminded where nobody is asked, or somebody reminded them within a day."""
    if matter.who_id is None:
        raise NotReminded(say("Nobody is there to remind of it. Give it an owner first."))
    if not matter.may_remind:
        raise NotReminded(say("%(who)s was reminded of it already today.", who=matter.who))
    row = matter.row
    session.add(
        Reminder(
            project_id=row.project_id, chased=matter.declared.key, matter_id=row.id, told_id=matter.who_id,
            by_id=by.user_id, at=at,
        )
    )  # fmt: skip
    news = News(
        kind=NEWS,
        key=f"{NEWS}-{matter.declared.key}-{row.id}-{at:%Y%m%d%H%M%S}",
        sentence=say("%(project)s: %(asked)s", project=project_key, asked=matter.declared.asks),
        record=RecordRef(matter.declared.record_kind, row.record_id),
        title=row.title,
        page=page,
        at=at,
    )
    tell_people(session, [matter.who_id], news)
    session.flush()
