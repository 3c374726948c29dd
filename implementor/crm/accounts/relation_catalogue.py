"""The fields of a relation: a product that an account holds."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import aliased

from implementor.crm.accounts.models import Account, Relation
from implementor.crm.products.models import Product
from implementor.crm.records.fields import noted_fields
from implementor.foundation.choices import Choice, Picklist, picklist
from implementor.foundation.fields import Entity, Field, Kind, entity
from implementor.foundation.words import say

STATES = picklist(
    Picklist(
        "relation.state",
        say("States of products held"),
        (
            Choice("active", say("Active"), "ok", is_default=True),
            Choice("trial", say("On trial"), "review"),
            Choice("ending", say("Ending"), "risk"),
            Choice("ended", say("Ended"), "off"),
            Choice("competitor", say("From a competitor")),
        ),
    )
)
Holder, Held = aliased(Account, name="relation_holder"), aliased(Product, name="relation_held")
RELATION = entity(
    Entity(
        kind="relation",
        label=say("Product held"),
        label_plural=say("Products held"),
        model=Relation,
        default_columns=("account", "product", "state", "quantity", "since", "until"),
        default_sort="created_at",
        title_field="product_name",
        unique_order=Relation.id,
    )
)

if not RELATION.fields:
    RELATION.declare(
        (
            Field(
                "account", Kind.REFERENCE, say("Account"), Relation.account_id, target="account", shown=Holder.name,
                join=lambda found: found.join(Holder, Holder.id == Relation.account_id), required=True,
                filterable=True, nullable=False,
            ),
            Field(
                "product", Kind.REFERENCE, say("Product"), Relation.product_id, target="product", shown=Held.name,
                join=lambda found: found.join(Held, Held.id == Relation.product_id), required=True, filterable=True,
                nullable=False,
            ),
            Field("product_name", Kind.LINE, say("Product"), Relation.product_name, editable=False, is_order=True),
            Field(
                "state", Kind.CHOICE, say("State"), Relation.state, picklist=STATES.key, filterable=True, bulk=True,
            ),
            Field(
                "quantity", Kind.DECIMAL, say("Quantity"), Relation.quantity, minimum=Decimal("0.001"),
                maximum=Decimal(1_000_000_000), width="narrow",
            ),
            Field("since", Kind.DATE, say("Since"), Relation.since, filterable=True),
            Field("until", Kind.DATE, say("Until"), Relation.until, filterable=True),
            Field("note", Kind.LINE, say("Note"), Relation.note, longest=500, width="wide"),
            *noted_fields(Relation),
        )
    )  # fmt: skip
