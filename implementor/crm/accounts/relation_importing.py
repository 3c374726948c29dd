"""Products that accounts hold, from files such as a list of subscriptions or of machines installed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from flask import url_for

from implementor.crm.accounts.importing import account_link
from implementor.crm.accounts.models import Account, Relation
from implementor.crm.accounts.relation_catalogue import RELATION
from implementor.crm.products.importing import product_link
from implementor.crm.records.part_importing import PartImporter, by_pair
from implementor.crm.records.queries import parent_is_visible
from implementor.exchange.kinds import ImportKind, Reason, import_kind, kind_named
from implementor.exchange.permissions import IMPORT_RECORDS
from implementor.exchange.records.declaring import EXTERNAL_ID, Draft, RecordImport
from implementor.exchange.records.kind import record_import
from implementor.foundation.fields import Scope
from implementor.foundation.words import say

ACCOUNTS = account_link("account", "account|account name|company|customer|client|cuenta|empresa|cliente|razón social")
PRODUCTS = product_link(
    "product",
    "product|product name|product code|asset|asset name|subscription|item|sku|producto|nombre del producto|código|"
    "activo|suscripción|artículo|equipo",
    makes=True,
)


def refuse_disorder(draft: Draft) -> Iterable[Reason]:
    """The last day comes after the first."""
    first, last = draft.values.get("since"), draft.values.get("until")
    if first and last and last < first:
        yield Reason(say("The last day comes after the first."))


class RelationImporter(PartImporter):
    """Takes the rows of one file."""

    parent, pointer = Account, "account_id"


RELATION_IMPORT = RecordImport(
    entity=RELATION,
    permission=IMPORT_RECORDS,
    result_url=lambda _run: url_for("accounts.index"),
    needs=("product",),
    headers={
        EXTERNAL_ID: "asset id|subscription id|contract id|id de activo|id de suscripción|id de contrato",
        "state": "state|status|subscription status|estado|situación",
        "quantity": "quantity|qty|units|seats|licenses|cantidad|unidades|licencias",
        "since": "since|start date|install date|purchase date|from|desde|fecha de inicio|fecha de instalación|"
        "fecha de compra",
        "until": "until|end date|usage end date|renewal date|to|hasta|fecha de fin|fecha de renovación|vence",
        "note": "note|notes|description|comments|nota|notas|descripción|comentarios",
    },
    keys=(by_pair(Relation, ACCOUNTS, PRODUCTS, also=("since",)),),
    links=(ACCOUNTS, PRODUCTS),
    rule=refuse_disorder,
    may_change=lambda actor: parent_is_visible(Relation.account_id, Account, Scope(None, actor), "edit"),
)


def import_relations() -> ImportKind:
    """Let products held come in from files."""
    record_import(RELATION_IMPORT)
    return import_kind(replace(kind_named(RELATION_IMPORT.kind), prepare=partial(RelationImporter, RELATION_IMPORT)))
