"""The lines of an opportunity: what each costs, and the amount that their sum makes when somebody asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.calendars.services.rates import base_currency
from implementor.crm.opportunities import queries
from implementor.crm.opportunities.catalogue import MOST_AMOUNT, OPPORTUNITY
from implementor.crm.opportunities.models import LineItem, Opportunity
from implementor.crm.opportunities.moves import freeze
from implementor.crm.opportunities.parts import LINE
from implementor.crm.opportunities.pricing import line_total
from implementor.crm.products.selling import product_sold, usual_price
from implementor.crm.records import services as records
from implementor.crm.records.services import found_to_change, refuse_beyond_reach
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.fields import Scope
from implementor.foundation.money import plain_amount
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.history.services import name_action


class NoLines(Refusal):
    """There is nothing to add up."""


def add_line(session: Session, scope: Scope, values: Mapping[str, Any], by: Actor, at: datetime) -> LineItem:
    """A line of an opportunity, in its currency; name and price come from the product where they are not given."""
    given = dict(values)
    opportunity = found_to_change(session, OPPORTUNITY, given.get("opportunity"), by, field="opportunity")
    currency = opportunity.currency or base_currency(session)
    product = product_sold(session, given.get("product"), by)
    if product is not None and not given.get("name"):
        given["name"] = product.name
    if product is not None and given.get("unit_price") in (None, ""):
        given["unit_price"] = usual_price(session, product, currency, by, at.date())
    own: dict[str, Any] = {"currency": currency, "discount_ratio": Decimal(0), "total_amount": 0}
    with session.no_autoflush:
        line: LineItem = records.new_record(session, LINE, {"quantity": 1, **given}, by=by, at=at, **own)
        _settle(line, currency)
    opportunity.currency = currency
    return line


def change_line(session: Session, line: LineItem, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Give a line other values; its total follows."""
    opportunity = session.get_one(Opportunity, line.opportunity_id)
    refuse_beyond_reach(session, OPPORTUNITY, opportunity, by)
    if "product" in values:
        product_sold(session, values["product"], by)
    records.give(LINE, line, {name: value for name, value in values.items() if name != "opportunity"})
    name_action(session, say("Changed %(title)s", title=line.name), verb="opportunity_line.change")
    _settle(line, opportunity.currency or line.currency)


def restore_line(session: Session, line: LineItem, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Give a line earlier values by attribute; the total follows from them."""
    for name, value in values.items():
        setattr(line, name, value)
    _settle(line, line.currency)


def _settle(line: LineItem, currency: str) -> None:
    """Refuse what is missing and a price in another currency, and compute the total."""
    missing = {name: LINE.fields[name] for name in ("name", "quantity", "unit_price")}
    errors = {
        name: say("%(field)s is needed.", field=field.label)
        for name, field in missing.items()
        if getattr(line, field.attribute) is None
    }
    if errors:
        raise InvalidInput(errors)
    if line.currency != currency:
        raise InvalidInput(
            {"unit_price": say("Prices here are in %(currency)s: write it with the amount.", currency=currency)}
        )
    line.discount_ratio = line.discount_ratio or Decimal(0)
    line.total_amount = line_total(
        quantity=line.quantity, unit_price=line.unit_price_amount, discount=line.discount_ratio
    )
    if plain_amount(line.total_amount, currency) > MOST_AMOUNT:
        raise InvalidInput({"quantity": say("The total of this line is too large an amount.")})


def take_sum_as_amount(session: Session, opportunity: Opportunity, *, by: Actor, at: datetime) -> int:
    """Let the lines' sum be the opportunity's amount; only when somebody asks. Raises NoLines."""
    refuse_beyond_reach(session, OPPORTUNITY, opportunity, by)
    count, total = session.execute(queries.sum_of_lines(opportunity.id)).one()
    if not count:
        raise NoLines(say("There are no lines to add up."))
    if plain_amount(int(total), opportunity.currency or "") > MOST_AMOUNT:
        raise InvalidInput({"amount": say("The sum of the lines is too large an amount.")})
    name_action(session, say("Took the sum of the lines as amount of %(name)s", name=opportunity.name))
    opportunity.amount = int(total)
    if not opportunity.is_open:
        freeze(session, opportunity, keep_rate=True)
    return opportunity.amount
