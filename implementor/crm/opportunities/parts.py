"""The fields of what belongs to an opportunity: doubts, rivals and the lines that are to be sold."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy.orm import aliased

from implementor.crm.contacts.models import Contact
from implementor.crm.opportunities.catalogue import MOST_AMOUNT
from implementor.crm.opportunities.models import Competitor, DecisionMaker, LineItem, Objection, Opportunity
from implementor.crm.opportunities.words import OBJECTION as OBJECTIONS
from implementor.crm.opportunities.words import ROLE, STANCE
from implementor.crm.products.models import Product
from implementor.foundation.fields import Entity, Field, Kind, entity
from implementor.foundation.words import Phrase, say


def _part(kind: str, one: Phrase, many: Phrase, model: Any, title: str, columns: tuple[str, ...]) -> Entity:
    return entity(Entity(kind, one, many, model, columns, title, title, model.id))


def _opportunity(model: Any) -> Field:
    """The opportunity that a part belongs to."""
    of = aliased(Opportunity, name=f"{model.__tablename__}_of")
    return Field(
        "opportunity", Kind.REFERENCE, say("Opportunity"), model.opportunity_id, target="opportunity", shown=of.name,
        join=lambda found: found.outerjoin(of, of.id == model.opportunity_id), required=True, nullable=False,
    )  # fmt: skip


_Contact = aliased(Contact, name="opportunity_decision_maker_contact")
DECISION_MAKER = _part(
    "opportunity_decision_maker", say("Decision maker"), say("Decision makers"), DecisionMaker, "contact_name",
    ("contact", "role", "stance", "note"),
)  # fmt: skip
if not DECISION_MAKER.fields:
    DECISION_MAKER.declare(
        (
            _opportunity(DecisionMaker),
            Field(
                "contact", Kind.REFERENCE, say("Contact"), DecisionMaker.contact_id, target="contact",
                shown=_Contact.name,
                join=lambda found: found.outerjoin(_Contact, _Contact.id == DecisionMaker.contact_id),
                required=True, nullable=False,
            ),
            Field(
                "contact_name", Kind.LINE, say("Contact"), DecisionMaker.contact_name, editable=False, sortable=True,
                is_order=True,
            ),
            Field("role", Kind.CHOICE, say("Role in the decision"), DecisionMaker.role, picklist=ROLE.key),
            Field("stance", Kind.CHOICE, say("Stance"), DecisionMaker.stance, picklist=STANCE.key),
            Field("note", Kind.TEXT, say("Note"), DecisionMaker.note, longest=4000),
        )
    )  # fmt: skip

OBJECTION = _part(
    "opportunity_objection", say("Objection"), say("Objections"), Objection, "objection",
    ("objection", "type", "answer", "settled_on"),
)  # fmt: skip
if not OBJECTION.fields:
    OBJECTION.declare(
        (
            _opportunity(Objection),
            Field(
                "objection", Kind.LINE, say("Objection"), Objection.objection, required=True, nullable=False,
                sortable=True, longest=500,
            ),
            Field("type", Kind.CHOICE, say("Kind"), Objection.type, picklist=OBJECTIONS.key),
            Field("answer", Kind.TEXT, say("Our answer"), Objection.answer, longest=4000),
            Field(
                "settled_on", Kind.DATE, say("Settled on"), Objection.settled_on,
                hint=say("The day on which it stood in the way no more."),
            ),
        )
    )  # fmt: skip

COMPETITOR = _part(
    "opportunity_competitor", say("Competitor"), say("Competitors"), Competitor, "name",
    ("name", "strengths", "weaknesses"),
)  # fmt: skip
if not COMPETITOR.fields:
    COMPETITOR.declare(
        (
            _opportunity(Competitor),
            Field(
                "name", Kind.LINE, say("Competitor"), Competitor.name, required=True, nullable=False, sortable=True,
                sort_column=Competitor.name_key,
            ),
            Field("strengths", Kind.TEXT, say("What speaks for them"), Competitor.strengths, longest=4000),
            Field("weaknesses", Kind.TEXT, say("What speaks against them"), Competitor.weaknesses, longest=4000),
        )
    )  # fmt: skip

_Product = aliased(Product, name="opportunity_line_product")
LINE = _part(
    "opportunity_line", say("Line"), say("Lines"), LineItem, "name",
    ("name", "quantity", "unit_price", "discount", "total"),
)  # fmt: skip
if not LINE.fields:
    LINE.declare(
        (
            _opportunity(LineItem),
            Field(
                "product", Kind.REFERENCE, say("Product"), LineItem.product_id, target="product", shown=_Product.name,
                join=lambda found: found.outerjoin(_Product, _Product.id == LineItem.product_id),
                hint=say("Name and price come from it where you leave them out."),
            ),
            Field("name", Kind.LINE, say("What is sold"), LineItem.name, nullable=False, sortable=True),
            Field(
                "quantity", Kind.DECIMAL, say("Quantity"), LineItem.quantity, nullable=False,
                minimum=Decimal("0.0001"), maximum=Decimal(1_000_000_000),
            ),
            Field(
                "unit_price", Kind.MONEY, say("Price of one"), LineItem.unit_price_amount, currency=LineItem.currency,
                nullable=False, minimum=Decimal(0), maximum=MOST_AMOUNT,
            ),
            Field("discount", Kind.PERCENT, say("Discount"), LineItem.discount_ratio, nullable=False),
            Field(
                "total", Kind.MONEY, say("Total"), LineItem.total_amount, currency=LineItem.currency, editable=False,
                nullable=False,
            ),
        )
    )  # fmt: skip
