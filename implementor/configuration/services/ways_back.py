"""Words to which a job brings records back: they read as holding them from the beginning."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import null, select, update
from sqlalchemy.orm import Session

from implementor.configuration.models import PicklistValue
from implementor.configuration.rereading import note_changed
from implementor.configuration.services.versions import restamp

Place = tuple[str, str, str]
"""(kind, field, word that its records were moved to)."""


def let_records_return(session: Session, word_uid: str, operation_id: int, places: Sequence[Place]) -> None:
    """Records that the log of an operation names read as holding the word from now on, until `records_returned`."""
    word = session.scalars(select(PicklistValue).where(PicklistValue.uid == word_uid)).one_or_none()
    if word is not None:
        word.come_back = {"operation": operation_id, "fields": [list(one) for one in places]}
        _told(session)


def records_returned(session: Session, word_uid: str) -> None:
    """All of them hold it again, so that nothing has to be read otherwise than it is kept."""
    through = update(PicklistValue).where(PicklistValue.uid == word_uid).values(come_back=null())
    session.execute(through, execution_options={"synchronize_session": False})
    _told(session)


def _told(session: Session) -> None:
    """Let everybody read the configuration anew: this is no history, so nothing else says that it changed."""
    session.flush()
    note_changed(session, PicklistValue.__record_kind__)
    restamp(session)
