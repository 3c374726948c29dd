"""The fields of a quote, said once for its list, page, forms, import and export."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import aliased

from implementor.crm.contacts.pointing import with_fields
from implementor.crm.opportunities.models import Opportunity
from implementor.crm.orders.catalogue import amount
from implementor.crm.orders.models import Order
from implementor.crm.quotes.facts import FACTS
from implementor.crm.quotes.models import Quote
from implementor.crm.quotes.queries import STANDING, number_begins, stands_at
from implementor.crm.quotes.words import LABELS, STANDINGS
from implementor.crm.records.fields import noted_fields, owner_field
from implementor.foundation.fields import Entity, Field, Kind, entity
from implementor.foundation.words import say

WHAT, PRICE, WAY = say("Quote"), say("Amounts"), say("Its way")
Sale, Made = aliased(Opportunity, name="quote_opportunity"), aliased(Order, name="quote_order")

QUOTE = entity(
    Entity(
        kind="quote",
        label=say("Quote"),
        label_plural=say("Quotes"),
        model=Quote,
        default_columns=("number", "account", "state", "total", "valid_until", "owner"),
        default_sort="-quoted_on",
        title_field="number",
        unique_order=Quote.id,
        search=number_begins,
    )
)


def _fact(kind: str) -> Field:
    return Field(
        f"{kind}_at", Kind.MOMENT, LABELS[kind], getattr(Quote, f"{kind}_at"), editable=False, filterable=True,
        sortable=True, group=WAY,
    )  # fmt: skip


def _pointed(name: str, label: Any, column: Any, one: Any, title: Any, **more: Any) -> Field:
    """A reference to a record of another kind, shown by its title."""
    return Field(
        name, Kind.REFERENCE, label, column, target=name, shown=title, filterable=True,
        join=lambda found: found.outerjoin(one, one.id == column), **more,
    )  # fmt: skip


if not QUOTE.fields:
    QUOTE.declare(
        (
            Field(
                "number", Kind.LINE, say("Number"), Quote.number, sortable=True, sort_column=Quote.number_key,
                nullable=False, longest=100, width="narrow", group=WHAT, hint=say("Left empty, it is given one."),
            ),
            Field(
                "state", Kind.CHOICE, say("State"), STANDING, choices=STANDINGS, editable=False, nullable=False,
                filterable=True, matches=stands_at, group=WHAT,
            ),
            *with_fields(Quote, group=WHAT),
            _pointed(
                "opportunity", say("Opportunity"), Quote.opportunity_id, Sale, Sale.name, group=WHAT,
                hint=say("A new quote takes over its customer, currency and lines."),
            ),
            Field(
                "quoted_on", Kind.DATE, say("Quoted on"), Quote.quoted_on, nullable=False, filterable=True,
                sortable=True, group=WHAT,
            ),
            Field(
                "valid_until", Kind.DATE, say("Valid until"), Quote.valid_until, nullable=False, filterable=True,
                sortable=True, group=WHAT, hint=say("Left empty, it is valid for 30 days."),
            ),
            Field("reference", Kind.LINE, say("Customer's reference"), Quote.reference, group=WHAT),
            owner_field(Quote, group=WHAT),
            Field(
                "introduction", Kind.TEXT, say("Introduction for the customer"), Quote.introduction, longest=10_000,
                group=WHAT, hint=say("It stands on the paper, before what is offered."),
            ),
            Field(
                "terms", Kind.TEXT, say("Terms for the customer"), Quote.terms, longest=10_000, group=WHAT,
                hint=say("Payment, delivery, guarantee: they stand on the paper."),
            ),
            Field(
                "description", Kind.TEXT, say("Notes of our own"), Quote.description, longest=20_000, group=WHAT,
                hint=say("They do not stand on the paper."),
            ),
            Field(
                "currency", Kind.CURRENCY, say("Currency"), Quote.currency, nullable=False, filterable=True,
                group=PRICE,
            ),
            Field(
                "discount", Kind.PERCENT, say("Discount on the whole"), Quote.discount_ratio, group=PRICE,
                hint=say("Beyond what single lines are discounted."),
            ),
            amount("net", say("Without tax"), Quote.net_amount, Quote.currency, group=PRICE),
            amount("tax", say("Tax"), Quote.tax_amount, Quote.currency, group=PRICE),
            amount(
                "total", say("Total"), Quote.total_amount, Quote.currency, filterable=True, sortable=True, group=PRICE
            ),
            Field("revision", Kind.WHOLE, say("Version"), Quote.revision, editable=False, nullable=False, group=WAY),
            *(_fact(kind) for kind in FACTS),
            _pointed("order", say("Its order"), Quote.order_id, Made, Made.number, editable=False, group=WAY),
            *noted_fields(Quote),
        )
    )  # fmt: skip
