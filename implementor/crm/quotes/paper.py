"""What stands on the paper of a stored quote, within what its reader sees."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from implementor.crm.orders.pricing import totals_of
from implementor.crm.quotes import queries
from implementor.crm.quotes.catalogue import QUOTE
from implementor.crm.quotes.facts import DRAFT, EXPIRED, REFUSED, SUPERSEDED, standing_on
from implementor.crm.quotes.line_catalogue import LINE
from implementor.crm.quotes.models import Quote, QuoteLine
from implementor.crm.quotes.printing import Paper, PaperLine
from implementor.crm.quotes.words import LABELS
from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say

TOLD = (DRAFT, EXPIRED, REFUSED, SUPERSEDED)
"""What somebody who holds the paper must know: it is nothing to accept."""


PRINTED = (
    *(QUOTE.fields[name] for name in (
        "number", "account", "contact", "owner", "quoted_on", "valid_until", "reference", "introduction",
        "terms", "currency", "discount", "net", "tax", "total",
    )),
    *(LINE.fields[name] for name in ("name", "quantity", "unit_price", "discount", "tax", "net")),
)  # fmt: skip
"""What stands on the paper."""


class PaperOutOfSight(Refusal):
    """Something stands on the paper that is hidden from who asks for it."""


def paper_of(session: Session, quote: Quote, *, company: str, by: Actor, today: date) -> Paper:
    """The paper of a quote; names of records that the reader does not see stay out. Raises PaperOutOfSight."""
    if not all(field.is_visible_to(by) for field in PRINTED):
        raise PaperOutOfSight(say("The paper shows more of a quote than you may see. Ask its owner for it."))
    lines = session.scalars(queries.lines_in_use(quote.id)).all()
    names = session.execute(queries.names_on_paper(quote.id, by)).one()
    standing = standing_on(quote.state, quote.valid_until, today)
    return Paper(
        number=quote.number, quoted_on=quote.quoted_on, valid_until=quote.valid_until, currency=quote.currency,
        totals=totals_of(lines, quote.discount_ratio), lines=[_line(one) for one in lines],
        discount=quote.discount_ratio or Decimal(0), company=company, seller=names.seller or "",
        account=names.account or "", contact=names.contact or "", reference=quote.reference or "",
        introduction=quote.introduction or "", terms=quote.terms or "",
        mark=LABELS[standing] if standing in TOLD else None,
    )  # fmt: skip


def _line(line: QuoteLine) -> PaperLine:
    return PaperLine(
        line.name, line.quantity, line.unit_price_amount, line.discount_ratio, line.tax_ratio, line.net_amount
    )
