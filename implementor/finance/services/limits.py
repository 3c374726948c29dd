"""What can happen to the limits of a budget: said anew for a project."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from implementor.finance.models import VarianceLimit
from implementor.finance.queries import lines as queries
from implementor.foundation.errors import InvalidInput
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.history.services import name_action

WIDEST = Decimal(10)


def set_limit(
    session: Session, *, project_id: int, ratio: Decimal | None, amount: int | None, by: Actor, at: datetime
) -> VarianceLimit:
    """Say how far the forecast may be over the budget: a share, and an amount in the project's currency or none."""
    if ratio is None or not 0 <= ratio <= WIDEST:
        raise InvalidInput({"ratio": say("Give a share of the budget, such as 10 per cent.")})
    if amount is not None and amount < 0:
        raise InvalidInput({"amount": say("Give an amount of 0 or more, or none.")})
    found = session.scalars(queries.limit_of(project_id=project_id)).one_or_none()
    if found is None:
        found = VarianceLimit(project_id=project_id)
        session.add(found)
    found.ratio, found.amount = ratio, amount
    currency = session.scalars(queries.currency_of_project(project_id=project_id)).one()
    found.currency = currency if amount is not None else None
    name_action(session, say("Set the limits of the budget"), verb="budget.limit", project_id=project_id)
    session.flush()
    return found
