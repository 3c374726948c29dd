"""Quotes from files, one in a row: known by their key or number, with the moments of what happened to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, and_, bindparam, select, update

from implementor.crm.accounts.importing import account_link
from implementor.crm.contacts.models import Contact
from implementor.crm.opportunities.models import Opportunity
from implementor.crm.orders.importing import CUSTOMERS, SUMMED
from implementor.crm.orders.numbering import numbers_of
from implementor.crm.orders.settling import add_up
from implementor.crm.quotes.catalogue import QUOTE
from implementor.crm.quotes.facts import ACCEPTED, DRAFT, FACTS, REFUSED, SENT, SUPERSEDED, state_of
from implementor.crm.quotes.models import Quote, QuoteCounter, QuoteFact, QuoteLine
from implementor.crm.quotes.services import MARK, VALID_FOR
from implementor.crm.records.importing import by_column, named_link
from implementor.crm.records.queries import change_condition
from implementor.exchange.kinds import Reason
from implementor.exchange.permissions import IMPORT_RECORDS
from implementor.exchange.records.declaring import EXTERNAL_ID, Draft, Key, RecordImport, Writing, Written
from implementor.exchange.records.writing import insert_rows
from implementor.foundation.permissions import Actor
from implementor.foundation.text import folded
from implementor.foundation.words import say

STATED = (SENT, ACCEPTED, REFUSED)
"""The facts whose moments a file gives; one that was answered was sent before."""
COLUMNS = {kind: f"{kind}_at" for kind in FACTS}
HEADERS = {
    EXTERNAL_ID: "quote id|quoteid|quote key|id cotización|id cotizacion|id de cotización",
    "number": "quote number|quote no|quote|number|estimate number|numero|número|cotización|cotizacion|presupuesto",
    "quoted_on": "quote date|quotedate|quoted on|issue date|created date|date|fecha|fecha de cotización",
    "valid_until": "valid until|expiration date|expirationdate|expires|expiry date|válida hasta|vigencia|vence",
    "reference": "customer reference|rfq|referencia del cliente",
    "currency": "currency|moneda|divisa",
    "discount": "discount|overall discount|descuento",
    "total": "total|amount|grand total|quote total|total price|importe|importe total|valor",
    "introduction": "introduction|cover letter|introducción|introduccion",
    "terms": "terms|terms and conditions|condiciones",
    "description": "notes|comments|description|observaciones|notas",
    "owner": "owner|sales rep|salesperson|vendedor|responsable|comercial",
    "sent_at": "sent|sent on|presented|presented date|enviada|fecha de envío",
    "accepted_at": "accepted|accepted on|acceptance date|aceptada|fecha de aceptación",
    "refused_at": "refused|rejected|declined|rejected on|rechazada|fecha de rechazo",
}
USUAL: dict[str, Any] = {
    "revision": 1, "state": DRAFT, "net_amount": None, "tax_amount": None, **dict.fromkeys(COLUMNS.values()),
}  # fmt: skip


def take_days(draft: Draft) -> Iterable[Reason]:
    """The day, the last day and the number of a quote, from what else the row says."""
    values = draft.values
    moments = [values[COLUMNS[kind]] for kind in STATED if values.get(COLUMNS[kind]) is not None]
    day = values.get("quoted_on") or (min(moments).date() if moments else None)
    if day is None:
        yield Reason(say("The day of the quote is missing."))
        return
    values["quoted_on"] = day
    values["valid_until"] = values.get("valid_until") or day + VALID_FOR
    if not values.get("number"):
        values.pop("number", None)
        if not draft.is_print:
            values["number"] = draft.name[:100]


def unsound(values: Mapping[str, Any]) -> Iterable[Reason]:
    """What cannot be: a last day before the first, an answer before the quote, or two answers."""
    day, until = values.get("quoted_on"), values.get("valid_until")
    if day is not None and until is not None and until < day:
        yield Reason(say("It cannot end before the day of the quote."), "", until.isoformat())
    for kind in STATED:
        at = values.get(COLUMNS[kind])
        if at is not None and day is not None and (day - at.date()).days > 1:  # a day apart is another time zone
            yield Reason(say("Nothing happens to a quote before its day."), "", at.date().isoformat())
    if values.get(COLUMNS[ACCEPTED]) is not None and values.get(COLUMNS[REFUSED]) is not None:
        yield Reason(say("It was accepted or refused, not both."))


def complete(row: dict[str, Any]) -> None:
    """Keep the key and the series beside the number, the state beside the moments, and the amounts whole."""
    row["number_key"] = folded(row["number"])
    if row.get("revision") in (None, 1):
        row["series"] = row["number"]
    answers = [row[COLUMNS[kind]] for kind in (ACCEPTED, REFUSED) if row.get(COLUMNS[kind]) is not None]
    if row.get(COLUMNS[SENT]) is None and answers:
        row[COLUMNS[SENT]] = min([_noon(row["quoted_on"]), *answers])
    row["state"] = state_of([kind for kind in FACTS if row.get(COLUMNS[kind]) is not None])
    total, net, tax = (row.get(name) for name in ("total_amount", "net_amount", "tax_amount"))
    if total is not None and (net is None or net + (tax or 0) != total):
        row["net_amount"], row["tax_amount"] = total, 0


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


BY_NUMBER = by_column(Quote, "number", Quote.number_key)


def own_number(draft: Draft) -> str | None:
    """The number by which a file's quote is known; one that we gave it is not the file's."""
    return None if draft.is_print and "number" not in draft.marks else BY_NUMBER.of(draft)


def number_new(writing: Writing, drafts: Sequence[Draft]) -> None:
    """Give numbers to quotes whose file has none."""
    bare = [draft for draft in drafts if not draft.values.get("number")]
    for draft, number in zip(bare, numbers_of(writing.session, QuoteCounter, MARK, len(bare)), strict=True):
        draft.values["number"] = number


def settle_facts(writing: Writing, written: Sequence[Written]) -> None:
    """Let the facts in use of a batch's quotes be what their columns say."""
    found = select(Quote.id, *(getattr(Quote, column) for column in COLUMNS.values())).where(
        Quote.id.in_([one.record_id for one in written])
    )
    known = select(QuoteFact.quote_id, QuoteFact.kind, QuoteFact.at).where(
        QuoteFact.quote_id.in_([one.record_id for one in written if not one.is_new]), QuoteFact.archived_at.is_(None)
    )
    stored = {(row.quote_id, row.kind): row.at for row in writing.session.execute(known)}
    new, moved = [], []
    for row in writing.session.execute(found):
        for kind, column in COLUMNS.items():
            at = getattr(row, column)
            if at is None or stored.get((row.id, kind)) == at:
                continue
            if (row.id, kind) in stored:
                moved.append({"of_quote": row.id, "of_kind": kind, "moment": at})
            else:
                new.append({"quote_id": row.id, "kind": kind, "at": at, "note": None, **writing.stamps()})
    insert_rows(writing, QuoteFact, new)
    summed = [one.record_id for one in written if one.after.keys() & SUMMED and not one.is_new]
    add_up(writing.session, summed, QuoteLine, Quote)
    if moved:
        _move(writing, moved)


def _move(writing: Writing, rows: list[dict[str, Any]]) -> None:
    table: Any = QuoteFact.__table__
    statement = (
        update(table)
        .where(
            table.c.quote_id == bindparam("of_quote"),
            table.c.kind == bindparam("of_kind"),
            table.c.archived_at.is_(None),
        )
        .values(at=bindparam("moment", type_=table.c.at.type), version=table.c.version + 1, updated_at=writing.at)
    )
    writing.session.connection().execute(statement, rows)


def may_change(actor: Actor) -> ColumnElement[bool]:
    """Quotes within reach that no order and no newer version came of here: those are only to be read."""
    reach, open_still = change_condition(Quote, actor), and_(Quote.order_id.is_(None), Quote.state != SUPERSEDED)
    return open_still if reach is None else and_(reach, open_still)


QUOTE_IMPORT = RecordImport(
    entity=QUOTE,
    permission=IMPORT_RECORDS,
    result_url=lambda _run: url_for("quotes.index", sort="-created_at"),
    needs=("quoted_on", *(COLUMNS[kind] for kind in STATED)),
    headers=HEADERS,
    keys=(Key(own_number, BY_NUMBER.find),),
    links=(
        account_link("account", CUSTOMERS),
        named_link("contact", Contact, Contact.name_key, headers="contact|contacto"),
        named_link("opportunity", Opportunity, Opportunity.name_key, headers="opportunity|oportunidad"),
    ),
    taken_in=frozenset({"total", *(COLUMNS[kind] for kind in STATED)}),
    usual=USUAL,
    derive=take_days,
    rule=lambda draft: unsound(draft.values),
    complete=complete,
    before_new=number_new,
    settle=settle_facts,
    may_change=may_change,
)
