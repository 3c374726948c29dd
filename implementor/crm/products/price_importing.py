"""Price lists and the prices on them from files: a list is known by its name, a price by its list and product."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.crm.products.catalogue import PRICE, PRICE_LIST
from implementor.crm.products.importing import product_link
from implementor.crm.products.models import Price, PriceList
from implementor.crm.records.importing import by_column, named_link
from implementor.crm.records.part_importing import PartImporter, by_pair
from implementor.crm.records.queries import change_condition, parent_is_visible
from implementor.exchange.kinds import Outcome, Reason, import_kind, kind_named
from implementor.exchange.permissions import IMPORT_RECORDS
from implementor.exchange.records.currencies import says_currency
from implementor.exchange.records.declaring import EXTERNAL_ID, Draft, RecordImport
from implementor.exchange.records.importer import RecordImporter
from implementor.exchange.records.kind import record_import
from implementor.foundation.fields import Scope
from implementor.foundation.money import digits
from implementor.foundation.text import folded
from implementor.foundation.words import say

LIST_NAMES = "price list|pricelist|price book|price book name|pricebook|list|tarifa|lista de precios|lista|tarifario"
PRODUCT_NAMES = (
    "product|product name|product code|sku|item|item number|article|code|producto|código|codigo|artículo|articulo|"
    "referencia|nombre del producto"
)
LISTS = named_link("price_list", PriceList, PriceList.name_key, headers=LIST_NAMES)
PRODUCTS = product_link("product", PRODUCT_NAMES, makes=True)


class ListImporter(RecordImporter):
    """Takes the rows of a file of price lists; a list keeps its currency."""

    def plan(self, session: Session, drafts: Sequence[Draft], *, locking: bool) -> list[Outcome]:
        """What becomes of each row."""
        return [self._unless_other_currency(one) for one in super().plan(session, drafts, locking=locking)]

    def _unless_other_currency(self, outcome: Outcome) -> Outcome:
        row = outcome.data.row if outcome.data is not None else None
        if row is None or "currency" not in outcome.data.after:
            return outcome
        reason = say("The prices of this list are in %(currency)s. Make another list.", currency=row.currency)
        return Outcome(outcome.row, "refused", [Reason(reason)])


class PriceImporter(PartImporter):
    """Takes the rows of a file of prices; a number without a currency is in that of its list."""

    parent, pointer = PriceList, "price_list_id"

    def plan(self, session: Session, drafts: Sequence[Draft], *, locking: bool) -> list[Outcome]:
        """What becomes of each row."""
        texts = {text for draft in drafts if (text := draft.links.get("price_list"))}
        found = LISTS.find(session, self.setup.by, texts) if texts else {}
        rows = session.execute(
            select(PriceList.id, PriceList.currency).where(
                PriceList.id.in_(sorted({i for x in found.values() for i in x}))
            )
        )
        currencies = {row.id: row.currency for row in rows}
        for draft in drafts:
            ids = found.get(draft.links.get("price_list", ""), ())
            if len(ids) == 1 and draft.values.get("amount") is not None:
                self._settle(draft, currencies[ids[0]])
        return super().plan(session, drafts, locking=locking)

    def _settle(self, draft: Draft, currency: str) -> None:
        said = draft.values.get("currency")
        if said == currency:
            return
        if says_currency(self.setup, draft, "amount", "currency", self.reader.reading.currency):
            reason = say("Prices of this list are in %(currency)s: write it with the amount.", currency=currency)
            draft.reasons.append(Reason(reason, str(PRICE.fields["amount"].label)))
            return
        draft.values["amount"] = draft.values["amount"] * 10 ** digits(currency) // 10 ** digits(str(said))
        draft.values["currency"] = currency


def complete_list(row: dict[str, Any]) -> None:
    """Keep the key beside the name."""
    row["name_key"] = folded(row["name"])


def refuse_disorder(draft: Draft) -> Iterable[Reason]:
    """The last day comes after the first."""
    first, last = draft.values.get("valid_from"), draft.values.get("valid_until")
    if first and last and last < first:
        yield Reason(say("The last day comes after the first."))


LIST_IMPORT = RecordImport(
    entity=PRICE_LIST,
    permission=IMPORT_RECORDS,
    result_url=lambda _run: url_for("price_lists.index"),
    needs=("name",),
    headers={
        EXTERNAL_ID: "price list id|price book id|pricebook2id|id de tarifa|id de lista",
        "name": f"name|nombre|{LIST_NAMES}",
        "currency": "currency|currency code|moneda|divisa",
        "valid_from": "holds from|valid from|start date|from|válida desde|desde|fecha de inicio|vigente desde",
        "valid_until": "holds until|valid until|valid to|end date|until|válida hasta|hasta|fecha de fin|vigente hasta",
        "description": "description|notes|descripción|descripcion|notas",
        "owner": "owner|responsible|propietario|responsable",
    },
    keys=(by_column(PriceList, "name", PriceList.name_key),),
    left_out=frozenset({"is_default"}),
    rule=refuse_disorder,
    complete=complete_list,
    may_change=lambda actor: change_condition(PriceList, actor),
    usual={"is_default": False},
)
PRICE_IMPORT = RecordImport(
    entity=PRICE,
    permission=IMPORT_RECORDS,
    result_url=lambda _run: url_for("price_lists.index"),
    needs=("product",),
    headers={
        EXTERNAL_ID: "price id|price book entry id|pricebookentryid|id de precio",
        "amount": "price|list price|unit price|sales price|amount|precio|precio unitario|importe|pvp",
    },
    keys=(by_pair(Price, LISTS, PRODUCTS, unique=True),),
    links=(LISTS, PRODUCTS),
    may_change=lambda actor: parent_is_visible(Price.price_list_id, PriceList, Scope(None, actor), "edit"),
)


def import_prices() -> None:
    """Let price lists and prices come in from files."""
    for declared, importer in ((LIST_IMPORT, ListImporter), (PRICE_IMPORT, PriceImporter)):
        record_import(declared)
        import_kind(replace(kind_named(declared.kind), prepare=partial(importer, declared)))
