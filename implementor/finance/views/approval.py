"""Approving the budget, its editions, and the limits within which it may be missed."""

from __future__ import annotations

from decimal import Decimal

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.finance import permissions
from implementor.finance.queries import lines as queries
from implementor.finance.services.baselines import approve_budget
from implementor.finance.services.limits import set_limit
from implementor.finance.views.money import draw_money
from implementor.finance.views.routing import blueprint
from implementor.foundation.errors import InvalidInput
from implementor.foundation.money import BadAmount, parse_amount
from implementor.foundation.numbers import read_number
from implementor.foundation.text import whole_number
from implementor.foundation.words import say, speech
from implementor.governance.models import ChangeRequest
from implementor.web.guard import actor, allow
from implementor.web.messages import tell
from implementor.web.unit_of_work import now, session


@blueprint.post("/approval")
@allow(permissions.APPROVE)
def approve(project_key: str) -> ResponseReturnValue:
    """Approve what is planned now, by a decision or by the one on a request for change."""
    try:
        made = approve_budget(
            session(), project_id=g.project.id, reason=request.form.get("reason", ""), by=actor(), at=now(),
            change=_chosen_change(request.form.get("change", "")),
        )  # fmt: skip
    except InvalidInput as refusal:
        return draw_money(refusal.errors, 422)
    tell(say("The budget is approved: edition %(number)s.", number=made.number))
    return redirect(url_for("finance.money"), 303)


@blueprint.post("/limit")
@allow(permissions.EDIT)
def limit(project_key: str) -> ResponseReturnValue:
    """Say from when the committee has to hear that the forecast is over the budget."""
    try:
        set_limit(
            session(), project_id=g.project.id, ratio=_share(request.form.get("ratio", "")),
            amount=_amount(request.form.get("amount", "")), by=actor(), at=now(),
        )  # fmt: skip
    except InvalidInput as refusal:
        return draw_money(refusal.errors, 422)
    tell(say("The limits of the budget are set."))
    return redirect(url_for("finance.money"), 303)


def _chosen_change(text: str) -> ChangeRequest | None:
    if not text:
        return None
    offered = session().scalars(queries.changes_approved_since(project_id=g.project.id)).all()
    found = next((one for one in offered if one.id == whole_number(text)), None)
    if found is None:
        raise InvalidInput({"change": say("Choose a request for change that was approved.")})
    return found


def _share(text: str) -> Decimal | None:
    try:
        return read_number(text.replace("%", "").strip(), speech().language).scaleb(-2)
    except (ValueError, ArithmeticError):
        return None


def _amount(text: str) -> int | None:
    if not text.strip():
        return None
    currency = session().scalars(queries.currency_of_project(project_id=g.project.id)).one()
    try:
        return parse_amount(text, currency, speech().language)
    except BadAmount as bad:
        raise InvalidInput({"amount": bad.reason}) from bad
