"""What an account's timeline tells of its opportunities: when they began, were won or lost."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.opportunities import permissions, queries
from implementor.crm.opportunities.models import LOST, WON
from implementor.foundation.amounts import shown_money
from implementor.foundation.words import Phrase, say
from implementor.history.timeline import Asked, Entry

ICONS = {WON: "ok", LOST: "octagon"}


def sales_as_entries(session: Session, asked: Asked) -> list[Entry]:
    """The source: one entry for each beginning and end, in one statement."""
    if asked.record.kind != "account" or not asked.scope.actor.may(permissions.VIEW):
        return []
    person, before, limit = asked.scope.actor, asked.before, asked.limit
    found = session.execute(queries.ends_of_account(asked.record.id, person, before=before, limit=limit))
    return [_entry(row) for row in found]


def _entry(row: Any) -> Entry:
    event = row.StageEvent
    return Entry(
        at=event.at,
        key=f"stage-{event.id}",
        who=row.who,
        text=_text(event.status, row),
        icon=ICONS.get(event.status, "plus"),
    )


def _text(status: str, row: Any) -> Phrase:
    words = {"name": row.name, "amount": shown_money(row.amount, row.currency)}
    if status == WON:
        return say("won %(name)s", **words) if row.amount is None else say("won %(name)s: %(amount)s", **words)
    if status == LOST:
        return say("lost %(name)s", **words) if row.amount is None else say("lost %(name)s: %(amount)s", **words)
    return say("began %(name)s", **words)
