"""Opportunities from files: the stage is a fact of the source, with the days it gives; a product becomes a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from implementor.crm.accounts.importing import account_link
from implementor.crm.contacts.models import Contact
from implementor.crm.opportunities.arriving import arrive_these
from implementor.crm.opportunities.catalogue import OPPORTUNITY
from implementor.crm.opportunities.imported_lines import PRODUCT_SOLD, QUANTITY, settle_lines
from implementor.crm.opportunities.imported_stages import STAGE_TEXT, stages_called, stages_to_choose
from implementor.crm.opportunities.imported_ways import begin_ways, go_on, settle_ways
from implementor.crm.opportunities.models import Opportunity
from implementor.crm.products.importing import product_link
from implementor.crm.records.importing import named_link
from implementor.crm.records.queries import change_condition
from implementor.exchange.kinds import Reason
from implementor.exchange.permissions import IMPORT_RECORDS
from implementor.exchange.records.declaring import (
    EXTERNAL_ID,
    Draft,
    Extra,
    Found,
    Link,
    RecordImport,
    Writing,
    Written,
)
from implementor.exchange.records.reading import print_of
from implementor.foundation.permissions import Actor
from implementor.foundation.text import folded
from implementor.foundation.words import say

LONGEST_NAME = 200
HEADERS = {
    EXTERNAL_ID: "opportunity id|opportunity_id|opportunityid|opportunity key|deal id|deal_id|oportunidad id|"
    "id de oportunidad|id oportunidad",
    "name": "opportunity|opportunity name|opportunityname|deal|deal name|oportunidad|nombre de la oportunidad|"
    "negocio|name|nombre|asunto|subject",
    "owner": "owner|opportunity owner|deal owner|sales agent|sales_agent|sales rep|salesperson|seller|propietario|"
    "responsable|vendedor|comercial|agente",
    "amount": "amount|value|deal value|close_value|close value|total|importe|valor|monto|cantidad",
    "currency": "currency|currencyisocode|moneda|divisa",
    "close_on": "close date|close_date|closedate|expected close|expected close date|closing date|fecha de cierre|"
    "fecha cierre|cierre|cierre previsto",
    "began_at": "engage date|engage_date|created date|createddate|created|opened|begun|start date|fecha de inicio|"
    "fecha de creacion|fecha de creación|fecha de alta|creada",
    "probability": "probability|probability (%)|win probability|probabilidad|probabilidad (%)",
    "stage": "stage|deal stage|deal_stage|stagename|sales stage|status|etapa|fase|estado|etapa de venta",
    "source": "lead source|leadsource|source|origen|fuente|procedencia",
    "next_step": "next step|nextstep|siguiente paso|proximo paso|próximo paso",
    "loss_reason": "loss reason|lost reason|reason lost|motivo de perdida|motivo de pérdida|razon de perdida",
    "description": "description|notes|comments|descripcion|descripción|notas|observaciones",
}
ACCOUNT_HEADERS = (
    "account|account name|accountname|account id|accountid|company|customer|cuenta|cliente|empresa|organization"
)
CONTACT_HEADERS = "contact|contact name|contactname|contact id|contactid|primary contact|contacto|persona de contacto"


def take_name(draft: Draft) -> Iterable[Reason]:
    """Without a name it is called after account and product, else by its key; without a stage it begins."""
    if not draft.values.get("name"):
        said = [draft.links.get(name, "") for name in ("account", PRODUCT_SOLD)]
        name = " · ".join(filter(None, said)) or ("" if draft.is_print else draft.name)
        if name:
            draft.values["name"], draft.marks["name"] = name[:LONGEST_NAME], print_of(name)
    draft.links.setdefault("stage", STAGE_TEXT)
    return ()


def complete(row: dict[str, Any]) -> None:
    """Keep the key beside the name."""
    row["name_key"] = folded(row["name"])


def stages(session: Session, _actor: Actor, texts: Iterable[str]) -> Found:
    """The stages that the texts of a batch mean."""
    return stages_called(texts)


def settle(writing: Writing, written: Sequence[Written]) -> None:
    """Write the facts of the way and the lines of new opportunities."""
    settle_ways(writing, written)
    settle_lines(writing, [one for one in written if one.is_new])


OPPORTUNITY_IMPORT = RecordImport(
    entity=OPPORTUNITY,
    permission=IMPORT_RECORDS,
    result_url=lambda _run: url_for("opportunities.index", sort="-created_at"),
    needs=("name", "account", PRODUCT_SOLD, EXTERNAL_ID),
    headers=HEADERS,
    links=(
        account_link("account", ACCOUNT_HEADERS),
        named_link("contact", Contact, Contact.name_key, headers=CONTACT_HEADERS),
        Link("stage", stages, offer=stages_to_choose),
        product_link(PRODUCT_SOLD),
    ),
    extra=(
        Extra(
            PRODUCT_SOLD,
            say("Product"),
            "product|product name|productname|item|producto|articulo|artículo",
            "link",
            fills=("amount",),
        ),
        Extra(QUANTITY, say("Quantity"), "quantity|qty|units|cantidad vendida|unidades", fills=("amount",)),
    ),
    taken_in=frozenset({"began_at"}),
    derive=take_name,
    complete=complete,
    before_rows=arrive_these,
    before_new=begin_ways,
    before_changes=go_on,
    settle=settle,
    may_change=lambda actor: change_condition(Opportunity, actor),
)
