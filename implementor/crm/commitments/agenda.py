"""Commitments as they wait for people and are told in timelines, and beside the records they were made to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy import func
from sqlalchemy.orm import Session

from implementor.crm.commitments import permissions, queries
from implementor.crm.commitments.models import Commitment
from implementor.crm.records.agenda import AgendaEntry, Asked
from implementor.crm.records.concerning import WITH, subject_kinds
from implementor.foundation.asking import Asking
from implementor.foundation.local_days import local_day
from implementor.foundation.panels import Data, Place
from implementor.foundation.words import say
from implementor.history import timeline

SHOWN = 5


def due(session: Session, asked: Asked) -> list[AgendaEntry]:
    """Commitments that still bind us and are due."""
    statement = queries.open_commitments(asked.actor).where(
        asked.of(Commitment.owner_id), Commitment.due_on <= asked.last
    )
    if asked.first is not None:
        statement = statement.where(Commitment.due_on >= asked.first)
    return [_entry(row, asked) for row in session.execute(statement.limit(asked.limit))]


def _entry(row: Any, asked: Asked) -> AgendaEntry:
    return AgendaEntry(
        key=f"commitment-{row.id}",
        title=row.promise,
        url=url_for("commitments.show", record_id=row.id),
        on=row.due_on,
        who=row.who,
        beside=row.contact or row.account,
        icon="flag",
        is_late=row.due_on < asked.today,
        done_url=url_for("commitments.keep", record_id=row.id),
        done_label=say("Kept"),
    )


def panel_of(session: Session, place: Place) -> Asking[Data] | None:
    """What we still owe the record on whose page we are."""
    if not place.actor.may(permissions.VIEW):
        return None
    kind, record_id = place.record.sheet.entity.kind, place.record.id
    data = {
        "kind": kind,
        "id": record_id,
        "filter": kind if kind in WITH else None,
        "may_promise": place.actor.may(permissions.EDIT) and not place.record.is_archived,
        "today": local_day(place.at),
    }
    asked = queries.next_commitments(kind, place.actor, SHOWN), {"record_id": record_id}
    return Asking((asked,), lambda rows: {**data, "rows": rows[0]})


def as_entries(session: Session, asked: timeline.Asked) -> list[timeline.Entry]:
    """That a commitment to or about a record was kept or broken."""
    if all(kind.kind != asked.record.kind for kind in subject_kinds()):
        return []
    settled_at = func.coalesce(Commitment.kept_at, Commitment.broken_at)
    statement = queries.settled_of(asked.record, asked.scope.actor).order_by(settled_at.desc(), Commitment.id.desc())
    if asked.before is not None:
        statement = statement.where(settled_at < asked.before)
    return [_settled(row) for row in session.execute(statement.limit(asked.limit))]


def _settled(row: Any) -> timeline.Entry:
    at: datetime = row.kept_at or row.broken_at
    if row.kept_at is not None:
        text = say("kept a commitment: %(title)s", title=row.promise)
    else:
        text = say("broke a commitment: %(title)s. %(reason)s", title=row.promise, reason=row.reason)
    return timeline.Entry(at=at, key=f"commitment-{row.id}", who=row.settled_by, text=text, icon="flag")
