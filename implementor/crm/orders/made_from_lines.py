"""Orders, customers and products that files only name on their lines: made with what the lines say of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from implementor.crm.accounts.importing import account_link
from implementor.crm.orders.imported_facts import COLUMNS, STATED, fact_rows, with_state, write_new_facts
from implementor.crm.orders.models import CREDIT, SALE, Order
from implementor.crm.products.models import Product
from implementor.exchange.records.declaring import Change, Draft, Writing
from implementor.exchange.records.writing import insert_rows, made
from implementor.foundation.bulk import write_many
from implementor.foundation.errors import Refusal
from implementor.foundation.text import folded
from implementor.foundation.words import say

CUSTOMER = "customer"
MOMENTS = ("ordered_on", *(COLUMNS[kind] for kind in STATED))
"""What a row may say of its order: its day, and when things happened to it."""
OF_A_PRODUCT = (120, 200)
"""How long a code and a name may be."""


def make_orders(writing: Writing, texts: Sequence[str]) -> Mapping[str, int]:
    """Orders of which only the number is known yet."""
    first = {folded(text): text for text in reversed(texts)}
    rows = [
        {
            **writing.stamps(), "owner_id": writing.by.user_id, "number": text, "number_key": key, "type": SALE,
            "ordered_on": writing.at.date(), "state": "draft",
        }
        for key, text in first.items()
    ]  # fmt: skip
    ids = dict(zip(first, insert_rows(writing, Order, rows), strict=True))
    writing.facts += [made("order", order_id) for order_id in ids.values()]
    return {text: ids[folded(text)] for text in texts}


def new_product(code: str) -> dict[str, Any]:
    """The columns of a product of which only the code is known."""
    return {"code": code[: OF_A_PRODUCT[0]], "code_key": folded(code), "name": code, "name_key": folded(code)}


def complete_made(writing: Writing, drafts: Sequence[Draft]) -> None:
    """Give orders and products that this batch made what the first line about each says."""
    of_order = _first(drafts, "order_id", _made(writing, "order"))
    accounts = _accounts(writing, list(of_order.values()))
    rows = [_order_row(writing, order_id, draft, accounts) for order_id, draft in of_order.items()]
    table: Any = Order.__table__
    write_many(writing.session, update(table).where(table.c.id == bindparam("of_id")), rows)
    write_new_facts(writing, [fact for row in rows for fact in fact_rows(writing, row["of_id"], row)])
    name_made_products(writing, drafts)


def complete_for_lines_that_are_back(writing: Writing, changes: Sequence[Change]) -> None:
    """Lines that come again after their import was taken back find their orders gone and make them anew as well."""
    bare = select(Order.id).where(Order.id.in_(_made(writing, "order")), Order.currency.is_(None))
    ids = set(writing.session.scalars(bare))
    drafts = [one.draft for one in changes if one.draft.values.get("order_id") in ids]
    if drafts:
        complete_made(writing, drafts)


def name_made_products(writing: Writing, drafts: Sequence[Draft]) -> None:
    """Call products that this batch made what the first line about each calls them."""
    of_product = _first(drafts, "product_id", _made(writing, "product"))
    named = [
        {"of_id": each, "name": name[: OF_A_PRODUCT[1]], "name_key": folded(name[: OF_A_PRODUCT[1]])}
        for each, draft in of_product.items()
        if (name := draft.values.get("name"))
    ]
    products: Any = Product.__table__
    write_many(writing.session, update(products).where(products.c.id == bindparam("of_id")), named)


def _made(writing: Writing, kind: str) -> set[int]:
    return {fact["record_id"] for fact in writing.facts if fact["kind"] == kind and fact["verb"] == "created"}


def _first(drafts: Iterable[Draft], attribute: str, ids: set[int]) -> dict[int, Draft]:
    """The first draft about each of these records."""
    found: dict[int, Draft] = {}
    for draft in drafts:
        record_id = draft.values.get(attribute)
        if record_id in ids:
            found.setdefault(record_id, draft)
    return found


def _order_row(writing: Writing, order_id: int, draft: Draft, accounts: Mapping[str, int]) -> dict[str, Any]:
    moments = {name: datetime.fromisoformat(draft.text(name)) for name in MOMENTS[1:] if draft.text(name)}
    said = draft.text("ordered_on")
    day = date.fromisoformat(said[:10]) if said else min(moments.values(), default=writing.at).date()
    row: dict[str, Any] = {**dict.fromkeys(COLUMNS.values()), **moments, "ordered_on": day}
    with_state(row)
    return {
        **row, "of_id": order_id, "currency": draft.values["currency"],
        "type": CREDIT if draft.values["quantity"] < 0 else SALE, "account_id": accounts.get(draft.text(CUSTOMER)),
    }  # fmt: skip


def _accounts(writing: Writing, drafts: Sequence[Draft]) -> Mapping[str, int]:
    """The accounts that drafts name, made where they are missing and the person wants that; unclear ones stay out."""
    texts = list(dict.fromkeys(text for draft in drafts if (text := draft.text(CUSTOMER))))
    if not texts:
        return {}
    link = account_link("account", "")
    found = {text: ids for text, ids in link.find(writing.session, writing.by, texts).items() if ids}
    known = {text: ids[0] for text, ids in found.items() if len(ids) == 1}
    missing = [text for text in texts if text not in found]
    if missing and writing.options.links == "create":
        known |= link.make(writing, missing)
    return known


def refuse_other_currency(writing: Writing, drafts: Sequence[Draft]) -> None:
    """Stop the import where a line is in another currency than its order; an order without one takes the line's."""
    said = {draft.values["order_id"]: draft.values["currency"] for draft in drafts}
    table: Any = Order.__table__
    found = select(table.c.id, table.c.number, table.c.currency).where(table.c.id.in_(list(said)))
    bare = []
    for row in writing.session.execute(found):
        if row.currency is None:
            bare.append({"of_id": row.id, "currency": said[row.id]})
        elif row.currency != said[row.id]:
            raise Refusal(
                say(
                    "Order %(number)s is in %(currency)s, its lines are in %(other)s. Choose the currency of the file.",
                    number=row.number, currency=row.currency, other=said[row.id],
                )
            )  # fmt: skip
    write_many(writing.session, update(table).where(table.c.id == bindparam("of_id")), bare)


def find_names(writing: Writing, drafts: Sequence[Draft]) -> None:
    """Lines without a text are called like their product."""
    bare = [draft for draft in drafts if not draft.values.get("name")]
    names = _names(writing.session, {draft.values.get("product_id") for draft in bare})
    for draft in bare:
        draft.values["name"] = names.get(draft.values.get("product_id")) or draft.links.get("product", "")


def _names(session: Session, product_ids: Iterable[int | None]) -> Mapping[int | None, str]:
    wanted = [one for one in product_ids if one is not None]
    if not wanted:
        return {}
    return {row.id: row.name for row in session.execute(select(Product.id, Product.name).where(Product.id.in_(wanted)))}
