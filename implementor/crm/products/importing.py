"""Products from files: known by their key elsewhere or their code; the groups they belong to are found or made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import url_for
from sqlalchemy import or_
from sqlalchemy.orm import Session

from implementor.crm.products.catalogue import PRODUCT
from implementor.crm.products.models import Product
from implementor.crm.records import queries
from implementor.crm.records.importing import by_column, called_elsewhere, maker
from implementor.crm.records.queries import change_condition
from implementor.exchange.kinds import Reason
from implementor.exchange.permissions import IMPORT_RECORDS
from implementor.exchange.records.declaring import EXTERNAL_ID, Draft, Found, Link, RecordImport
from implementor.exchange.records.reading import print_of
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor
from implementor.foundation.text import folded
from implementor.foundation.words import say

LONGEST_CODE = 40
HEADERS = {
    EXTERNAL_ID: "product id|productid|product key|productkey|id de producto|item id|article id",
    "code": "code|product code|productcode|sku|article number|item number|stock code|stockcode|productalternatekey|"
    "codigo|código|código de producto|referencia|clave de producto",
    "name": "product|product name|productname|name|item|article|producto|nombre|nombre del producto|articulo|artículo",
    "parent": "series|product line|family|product family|group|product group|parent|parent product|serie|familia|"
    "linea|línea|grupo",
    "category": "category|product category|type|categoria|categoría|tipo",
    "unit": "unit|unit of measure|uom|unidad|unidad de medida",
    "description": "description|quantityperunit|descripcion|descripción|notes|notas",
    "price": "price|list price|sales price|sales_price|unit price|unitprice|listprice|precio|precio de lista|pvp|"
    "precio unitario",
    "cost": "cost|standard cost|standardcost|unit cost|coste|costo|precio de coste",
    "active_from": "sold from|sell start date|start date|vendido desde|fecha de alta",
    "active_until": "sold until|sell end date|end date|vendido hasta|fecha de baja",
}


def new_product(name: str) -> dict[str, Any]:
    """The columns of a product of which only the name is known; the name is its code as well."""
    code = name[:LONGEST_CODE]
    return {"name": name, "name_key": folded(name), "code": code, "code_key": folded(code)}


def complete(row: dict[str, Any]) -> None:
    """Keep the keys beside code and name."""
    row["name_key"], row["code_key"] = folded(row["name"]), folded(row["code"])


def take_code(draft: Draft) -> Iterable[Reason]:
    """Without a code the key elsewhere is it, else the name; without a name the code is that."""
    values = draft.values
    name, code = values.get("name"), values.get("code")
    if name and not code:
        code = (name if draft.is_print else draft.name)[:LONGEST_CODE]
        values["code"], draft.marks["code"] = code, print_of(code)
    elif code and not name:
        values["name"], draft.marks["name"] = code, print_of(code)
    return ()


def refuse_disorder(draft: Draft) -> Iterable[Reason]:
    """Amounts are not negative, and the last day comes after the first."""
    values = draft.values
    first, last = values.get("active_from"), values.get("active_until")
    if first and last and last < first:
        yield Reason(say("The last day comes after the first."))


def products_called(session: Session, actor: Actor, texts: Iterable[str]) -> Found:
    """Products in use by code, by name, or by what another system calls them."""
    keys = {text: folded(text) for text in texts}
    wanted = list(keys.values())
    found = queries.records_in_use(Product, Scope(None, actor)).where(
        or_(Product.code_key.in_(wanted), Product.name_key.in_(wanted))
    )
    rows = session.execute(found.with_only_columns(Product.id, Product.code_key, Product.name_key)).all()
    by_code = {row.code_key: [row.id] for row in rows}
    by_name: dict[str, list[int]] = {}
    for row in rows:
        by_name.setdefault(row.name_key, []).append(row.id)
    elsewhere = called_elsewhere(session, Product, actor, list(keys))
    return {text: by_code.get(key) or by_name.get(key) or elsewhere.get(text, []) for text, key in keys.items()}


def product_link(field: str, headers: str = "", *, makes: bool = False) -> Link:
    """A link to a product."""
    return Link(field, products_called, maker(Product, new_product) if makes else None, headers)


PRODUCT_IMPORT = RecordImport(
    entity=PRODUCT,
    permission=IMPORT_RECORDS,
    result_url=lambda _run: url_for("products.index", sort="-created_at"),
    needs=("name", "code"),
    headers=HEADERS,
    keys=(by_column(Product, "code", Product.code_key, unique=True),),
    links=(product_link("parent", makes=True),),
    derive=take_code,
    rule=refuse_disorder,
    complete=complete,
    may_change=lambda actor: change_condition(Product, actor),
)
