"""The fields of an order, said once for its list, page, forms, import and export."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy.orm import aliased

from implementor.crm.contacts.pointing import with_fields
from implementor.crm.opportunities.models import Opportunity
from implementor.crm.orders.facts import FACTS
from implementor.crm.orders.models import Order
from implementor.crm.orders.queries import number_begins
from implementor.crm.orders.words import LABELS, STATES, TYPES
from implementor.crm.records.fields import noted_fields, owner_field
from implementor.foundation.fields import Entity, Field, Kind, entity
from implementor.foundation.words import Phrase, say

WHAT, WAY, SUMS = say("Customer order"), say("Its way"), say("Amounts")
MOST_AMOUNT = Decimal(1_000_000_000_000)
"""In the currency's main unit; sums of very many stay within 64 bits."""
Sale = aliased(Opportunity, name="order_opportunity")

ORDER = entity(
    Entity(
        kind="order",
        label=say("Customer order"),
        label_plural=say("Orders"),
        model=Order,
        default_columns=("number", "account", "ordered_on", "state", "total", "owner"),
        default_sort="-ordered_on",
        title_field="number",
        unique_order=Order.id,
        search=number_begins,
    )
)


def amount(name: str, label: Phrase, column: Any, currency: Any, **more: Any) -> Field:
    """An amount that follows from lines."""
    return Field(
        name, Kind.MONEY, label, column, currency=currency, minimum=-MOST_AMOUNT, maximum=MOST_AMOUNT, editable=False,
        **more,
    )  # fmt: skip


def _fact(kind: str) -> Field:
    return Field(
        f"{kind}_at", Kind.MOMENT, LABELS[kind], getattr(Order, f"{kind}_at"), editable=False, filterable=True,
        sortable=True, group=WAY,
    )  # fmt: skip


if not ORDER.fields:
    ORDER.declare(
        (
            Field(
                "number", Kind.LINE, say("Number"), Order.number, sortable=True, sort_column=Order.number_key,
                nullable=False, longest=100, width="narrow", group=WHAT, hint=say("Left empty, it is given one."),
            ),
            *with_fields(Order, group=WHAT),
            Field(
                "opportunity", Kind.REFERENCE, say("Opportunity"), Order.opportunity_id, target="opportunity",
                shown=Sale.name, join=lambda found: found.outerjoin(Sale, Sale.id == Order.opportunity_id),
                filterable=True, group=WHAT,
            ),
            Field(
                "type", Kind.CHOICE, say("Type"), Order.type, choices=TYPES, nullable=False, filterable=True,
                groupable=True, group=WHAT,
                hint=say("What is given back stands on a credit note, with negative quantities."),
            ),
            Field(
                "ordered_on", Kind.DATE, say("Ordered on"), Order.ordered_on, nullable=False, filterable=True,
                sortable=True, group=WHAT,
            ),
            Field(
                "wanted_on", Kind.DATE, say("Wanted by"), Order.wanted_on, filterable=True, sortable=True, group=WHAT
            ),
            Field(
                "reference", Kind.LINE, say("Customer's reference"), Order.reference, group=WHAT
            ),
            owner_field(Order, group=WHAT),
            Field("description", Kind.TEXT, say("Description"), Order.description, longest=20_000, group=WHAT),
            Field("currency", Kind.CURRENCY, say("Currency"), Order.currency, filterable=True, group=SUMS),
            Field(
                "discount", Kind.PERCENT, say("Discount on the whole"), Order.discount_ratio, group=SUMS,
                hint=say("Beyond what single lines are discounted."),
            ),
            amount("net", say("Without tax"), Order.net_amount, Order.currency, group=SUMS),
            amount("tax", say("Tax"), Order.tax_amount, Order.currency, group=SUMS),
            amount(
                "total", say("Total"), Order.total_amount, Order.currency, filterable=True, sortable=True, group=SUMS
            ),
            Field(
                "state", Kind.CHOICE, say("State"), Order.state, choices=STATES, editable=False, nullable=False,
                filterable=True, groupable=True, group=WAY,
            ),
            *(_fact(kind) for kind in FACTS),
            *noted_fields(Order),
        )
    )  # fmt: skip
