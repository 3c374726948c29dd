"""What timelines tell of quotes: on the page of a quote and of its account, contact, opportunity and order."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from implementor.crm.quotes import permissions, queries
from implementor.crm.quotes.catalogue import QUOTE
from implementor.crm.quotes.words import ICONS, LABELS
from implementor.foundation.amounts import shown_money
from implementor.foundation.words import Phrase, say
from implementor.history.timeline import Asked, Entry


def facts_as_entries(session: Session, asked: Asked) -> list[Entry]:
    """The source: one entry for each fact, in one statement."""
    kind, person = asked.record.kind, asked.scope.actor
    if kind not in queries.POINTING or not person.may(permissions.VIEW):
        return []
    found = queries.latest_facts(asked.record, person, before=asked.before, limit=asked.limit)
    shows_total = QUOTE.fields["total"].is_visible_to(person)
    return [_entry(row, kind, shows_total) for row in session.execute(found)]


def _entry(row: Any, of_kind: str, shows_total: bool) -> Entry:
    return Entry(
        at=row.at,
        key=f"quote-fact-{row.id}",
        who=row.who,
        text=_text(row, of_kind, shows_total),
        icon=ICONS[row.kind],
        template="crm/orders/_timeline_body.html",
        data={
            "url": None if of_kind == "quote" else url_for("quotes.show", record_id=row.quote_id),
            "document": None,
            "note": row.note,
        },
    )


def _text(row: Any, of_kind: str, shows_total: bool) -> Phrase | str:
    if of_kind == "quote":
        return say("noted: %(fact)s", fact=LABELS[row.kind])
    if row.total_amount is None or not shows_total:
        return say("quote %(number)s: %(fact)s", number=row.number, fact=LABELS[row.kind])
    amount = shown_money(row.total_amount, row.currency)
    return say("quote %(number)s: %(fact)s, %(amount)s", number=row.number, fact=LABELS[row.kind], amount=amount)
