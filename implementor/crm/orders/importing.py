"""Orders from files, one in a row: known by their key or number, with the moments of what happened to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask import url_for
from sqlalchemy import select

from implementor.crm.accounts.importing import account_link
from implementor.crm.contacts.models import Contact
from implementor.crm.opportunities.models import Opportunity
from implementor.crm.orders.catalogue import ORDER
from implementor.crm.orders.facts import DRAFT
from implementor.crm.orders.imported_facts import (
    COLUMNS,
    STATED,
    day_of_order,
    fact_rows,
    unsound_facts,
    with_state,
    write_changed_facts,
    write_new_facts,
)
from implementor.crm.orders.models import CREDIT, SALE, Order, OrderFact
from implementor.crm.orders.numbering import next_numbers
from implementor.crm.orders.settling import add_up
from implementor.crm.records.importing import by_column, named_link
from implementor.crm.records.queries import change_condition
from implementor.exchange.kinds import Reason
from implementor.exchange.permissions import IMPORT_RECORDS
from implementor.exchange.records.declaring import EXTERNAL_ID, Draft, Key, RecordImport, Writing, Written
from implementor.foundation.text import folded
from implementor.foundation.words import say

CUSTOMERS = (
    "account|customer|customer id|customerid|customer name|company|client|sold to|bill to|cliente|id cliente|"
    "código de cliente|codigo cliente|cuenta|empresa"
)
FACT_HEADERS = {
    "approved_at": "approved|approved on|approval date|aprobado|fecha de aprobación",
    "dispatched_at": "shipped|shipped date|shippeddate|ship date|dispatch date|delivery date|delivered|enviado|"
    "fecha de envío|fecha de despacho|fecha de entrega",
    "invoiced_at": "invoice date|invoicedate|invoiced|invoiced on|billing date|facturado|fecha de factura|"
    "fecha de facturación",
    "paid_at": "paid|paid on|payment date|paid date|pagado|fecha de pago|fecha de cobro",
    "cancelled_at": "cancelled|canceled|cancelled on|cancellation date|cancelado|anulado|fecha de anulación",
}
ORDERED = "order date|orderdate|ordered|purchase date|date|fecha|fecha de pedido|fecha del pedido|fecha de compra"
HEADERS = {
    EXTERNAL_ID: "order id|orderid|order key|order number|order no|id de pedido|numero de pedido|número de pedido|"
    "purchase order|invoice|invoice no|invoiceno|invoice number|factura|número de factura",
    "number": "number|order code|numero|número|pedido",
    "ordered_on": ORDERED,
    "wanted_on": "required date|requireddate|wanted by|due date|fecha requerida|fecha comprometida",
    "reference": "customer reference|po number|purchase order number|referencia del cliente",
    "currency": "currency|moneda|divisa",
    "total": "total|amount|order total|grand total|total amount|importe|importe total|value|dollar value",
    "description": "notes|comments|description|observaciones|notas",
    "owner": "owner|sales rep|salesperson|vendedor|responsable|comercial",
    **FACT_HEADERS,
}
SUMMED = {"total_amount", "discount_ratio"}
"""What a file may say of an order that its lines say better, or that changes what they come to."""
USUAL: dict[str, Any] = {
    "type": SALE, "state": DRAFT, "net_amount": None, "tax_amount": None, "currency": None,
    **dict.fromkeys(COLUMNS.values()),
}  # fmt: skip


def take_day(draft: Draft) -> Iterable[Reason]:
    """The day and number of an order, from what else the row says; numbers without a name come when it is written."""
    values = draft.values
    day = day_of_order(values)
    if day is None:
        yield Reason(say("The day of the order is missing."))
        return
    values["ordered_on"] = day
    if not values.get("number"):
        values.pop("number", None)
        if not draft.is_print:
            values["number"] = draft.name[:100]
    total = values.get("total_amount")
    if total is not None and total < 0:
        values["type"] = CREDIT


def complete(row: dict[str, Any]) -> None:
    """Keep the key beside the number, and the state beside the moments."""
    row["number_key"] = folded(row["number"])
    if row.get("ordered_on") is not None:
        with_state(row)
    total, net, tax = (row.get(name) for name in ("total_amount", "net_amount", "tax_amount"))
    if total is not None and (net is None or net + (tax or 0) != total):
        row["net_amount"], row["tax_amount"] = total, 0  # lines, where there are any, say it better in `settle`


BY_NUMBER = by_column(Order, "number", Order.number_key)


def own_number(draft: Draft) -> str | None:
    """The number by which a file's order is known; one that we gave it is not the file's."""
    return None if draft.is_print and "number" not in draft.marks else BY_NUMBER.of(draft)


def number_new(writing: Writing, drafts: Sequence[Draft]) -> None:
    """Give numbers to orders whose file has none."""
    bare = [draft for draft in drafts if not draft.values.get("number")]
    for draft, number in zip(bare, next_numbers(writing.session, len(bare)), strict=True):
        draft.values["number"] = number


def settle_facts(writing: Writing, written: Sequence[Written]) -> None:
    """Write the moments of a batch as facts."""
    new, changed = [], []
    for one in written:
        if one.is_new:
            row = {**dict.fromkeys(COLUMNS.values()), **one.draft.values}
            with_state(row)
            new += fact_rows(writing, one.record_id, row)
        else:
            changed += fact_rows(writing, one.record_id, one.after)
    write_new_facts(writing, new)
    add_up(writing.session, [one.record_id for one in written if one.after.keys() & SUMMED and not one.is_new])
    if changed:
        write_changed_facts(writing, known_facts(writing, {row["order_id"] for row in changed}), changed)


def known_facts(writing: Writing, order_ids: set[int]) -> set[tuple[int, str]]:
    """The facts in use of orders, by order and kind."""
    found = select(OrderFact.order_id, OrderFact.kind).where(
        OrderFact.order_id.in_(list(order_ids)), OrderFact.archived_at.is_(None)
    )
    return {(row.order_id, row.kind) for row in writing.session.execute(found)}


ORDER_IMPORT = RecordImport(
    entity=ORDER,
    permission=IMPORT_RECORDS,
    result_url=lambda _run: url_for("orders.index", sort="-created_at"),
    needs=("ordered_on", *(COLUMNS[kind] for kind in STATED)),
    headers=HEADERS,
    keys=(Key(own_number, BY_NUMBER.find),),
    links=(
        account_link("account", CUSTOMERS),
        named_link("contact", Contact, Contact.name_key, headers="contact|contacto"),
        named_link("opportunity", Opportunity, Opportunity.name_key, headers="opportunity|oportunidad"),
    ),
    taken_in=frozenset({"total", *(COLUMNS[kind] for kind in STATED)}),
    usual=USUAL,
    derive=take_day,
    rule=lambda draft: unsound_facts(draft.values),
    complete=complete,
    before_new=number_new,
    settle=settle_facts,
    may_change=lambda actor: change_condition(Order, actor),
)
