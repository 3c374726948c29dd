"""Lines of quotes from files, one in a row: their quotes are here already, products are found by name or made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.crm.orders.line_importing import HEADERS as ORDER_HEADERS
from implementor.crm.orders.line_importing import USUAL, complete, product_of_line, read_shares, unsound_name
from implementor.crm.orders.made_from_lines import find_names, name_made_products
from implementor.crm.orders.settling import add_up
from implementor.crm.quotes.catalogue import QUOTE
from implementor.crm.quotes.importing import may_change
from implementor.crm.quotes.line_catalogue import LINE
from implementor.crm.quotes.models import Quote, QuoteLine
from implementor.crm.records.importing import named_link
from implementor.crm.records.queries import parent_is_visible
from implementor.exchange.kinds import ImportKind, Outcome, Reason, import_kind, kind_named
from implementor.exchange.permissions import IMPORT_RECORDS
from implementor.exchange.records.currencies import says_currency
from implementor.exchange.records.declaring import EXTERNAL_ID, Draft, RecordImport, Writing, Written
from implementor.exchange.records.importer import RecordImporter
from implementor.exchange.records.kind import record_import
from implementor.foundation.fields import Entity, Scope
from implementor.foundation.money import digits
from implementor.foundation.words import say

QUOTE_NAMES = (
    "quote|quote number|quote no|quote id|quoteid|estimate|estimate number|proposal|cotización|cotizacion|presupuesto|"
    "número de cotización|numero de cotizacion|número de presupuesto|oferta|id de cotización"
)
HEADERS = {
    EXTERNAL_ID: "line id|quote line id|quotelineitem id|id de línea",
    **{name: ORDER_HEADERS[name] for name in ("name", "quantity", "unit_price", "discount", "tax", "currency")},
}


class QuoteLineImporter(RecordImporter):
    """Takes the rows of one file; a line is in the currency of its quote, and only open quotes get lines."""

    def plan(self, session: Session, drafts: Sequence[Draft], *, locking: bool) -> list[Outcome]:
        """What becomes of each row."""
        self._give_currencies(session, drafts)
        outcomes = super().plan(session, drafts, locking=locking)
        touched = [one for one in outcomes if one.verb in ("created", "updated") and one.data is not None]
        ids = {quote_id for one in touched for quote_id in _quotes_of(one)}
        open_ids = set(session.scalars(select(Quote.id).where(Quote.id.in_(ids), may_change(self.setup.by))))
        for outcome in touched:
            if not _quotes_of(outcome) <= open_ids:
                self._refuse(outcome)
        return outcomes

    def _give_currencies(self, session: Session, drafts: Sequence[Draft]) -> None:
        texts = {text for draft in drafts if (text := draft.links.get("quote"))}
        found = QUOTES.find(session, self.setup.by, texts) if texts else {}
        ids = {each for several in found.values() for each in several}
        rows = session.execute(select(Quote.id, Quote.currency).where(Quote.id.in_(ids)))
        currencies: dict[int, str | None] = {row.id: row.currency for row in rows}
        for draft in drafts:
            meant = found.get(draft.links.get("quote", ""), ())
            currency = currencies.get(meant[0]) if len(meant) == 1 else None
            if currency and draft.values.get("unit_price_amount") is not None:
                self._settle(draft, currency)

    def _settle(self, draft: Draft, currency: str) -> None:
        said = str(draft.values.get("currency"))
        if said == currency:
            return
        if says_currency(self.setup, draft, "unit_price", "currency", self.reader.reading.currency):
            reason = say("The quote is in %(currency)s, and its row says %(other)s.", currency=currency, other=said)
            draft.reasons.append(Reason(reason, str(LINE.fields["unit_price"].label)))
            return
        price = draft.values["unit_price_amount"]
        draft.values["unit_price_amount"] = price * 10 ** digits(currency) // 10 ** digits(said)
        draft.values["currency"] = currency

    def _refuse(self, outcome: Outcome) -> None:
        draft = outcome.data.draft
        reason = say("The quote became an order or has a newer version, so its lines stay as they are.")
        draft.reasons.append(Reason(reason, str(LINE.fields["quote"].label), draft.links.get("quote", "")))
        outcome.verb, outcome.reasons, outcome.data = "refused", draft.reasons, None


def _quotes_of(outcome: Outcome) -> set[int]:
    """The quotes whose sums a row would change."""
    planned = outcome.data
    before = planned.row.quote_id if planned.row is not None else None
    return {one for one in (before, planned.draft.values.get("quote_id")) if one is not None}


def _entity() -> Entity:
    """The catalogue of a row, in which an amount is needed."""
    row = Entity(
        "quote_line", say("Line of a quote"), say("Lines of quotes"), QuoteLine, ("name",), "name", "name", QuoteLine.id
    )
    needed = ("quantity", "unit_price")
    return row.declare(replace(one, required=one.required or one.name in needed) for one in LINE.fields.values())


def take_line(draft: Draft) -> Iterable[Reason]:
    """Read shares that are written as parts of one, and say what cannot be."""
    read_shares(draft)
    yield from unsound_name(draft)


def prepare(writing: Writing, drafts: Sequence[Draft]) -> None:
    """Before new lines are written: name the products that they made, and give lines their names."""
    name_made_products(writing, drafts)
    find_names(writing, drafts)


def settle(writing: Writing, written: Sequence[Written]) -> None:
    """Let the quotes of a batch have the sums of their lines."""
    ids = {one.draft.values["quote_id"] for one in written if "quote_id" in one.draft.values}
    ids |= {one.before["quote_id"] for one in written if "quote_id" in one.before}
    add_up(writing.session, ids, QuoteLine, Quote)


def _may_change(actor: Any) -> Any:
    return parent_is_visible(QuoteLine.quote_id, Quote, Scope(None, actor), "edit")


QUOTES = named_link("quote", Quote, Quote.number_key, headers=QUOTE_NAMES)
LINE_IMPORT = RecordImport(
    entity=_entity(),
    permission=IMPORT_RECORDS,
    result_url=lambda _run: url_for("quotes.index", sort="-created_at"),
    needs=("quote",),
    headers=HEADERS,
    links=(QUOTES, product_of_line()),
    usual=USUAL,
    derive=take_line,
    complete=complete,
    before_new=prepare,
    settle=settle,
    may_change=_may_change,
    is_open_to=QUOTE.fields["total"].is_visible_to,  # lines tell what the sum is made of
)


def import_quote_lines() -> ImportKind:
    """Let lines of quotes come in from files."""
    record_import(LINE_IMPORT)
    return import_kind(replace(kind_named("quote_line"), prepare=partial(QuoteLineImporter, LINE_IMPORT)))
