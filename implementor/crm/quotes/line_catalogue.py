"""The fields of a quote's line, for the table on its page, its form and its history."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import aliased

from implementor.crm.orders.line_catalogue import line_fields
from implementor.crm.quotes.models import Quote, QuoteLine
from implementor.foundation.fields import Entity, Field, Kind, entity
from implementor.foundation.words import say

LEAST_QUANTITY = Decimal("0.0001")
LINE = entity(
    Entity(
        "quote_line", say("Line"), say("Lines"), QuoteLine,
        ("name", "quantity", "unit_price", "discount", "net", "tax"), "name", "name", QuoteLine.id,
    )
)  # fmt: skip
_Quote = aliased(Quote, name="quote_line_of")

if not LINE.fields:
    LINE.declare(
        (
            Field(
                "quote", Kind.REFERENCE, say("Quote"), QuoteLine.quote_id, target="quote", shown=_Quote.number,
                join=lambda found: found.outerjoin(_Quote, _Quote.id == QuoteLine.quote_id), required=True,
                nullable=False,
            ),
            *line_fields(QuoteLine, LEAST_QUANTITY),
        )
    )  # fmt: skip
