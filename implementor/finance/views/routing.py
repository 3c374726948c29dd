"""The blueprint of money, and finding the line and the contract that an address names."""

from __future__ import annotations

from datetime import date
from typing import Any

from babel.dates import format_skeleton
from flask import Blueprint, g

from implementor.finance.models import BudgetLine, Contract
from implementor.finance.queries.contracts import contract_of
from implementor.finance.queries.lines import line_of
from implementor.foundation.errors import NotFound
from implementor.web.language import locale
from implementor.web.unit_of_work import session

blueprint = Blueprint("finance", __name__, url_prefix="/projects/<project_key>/money")


def line_or_404(line_id: int) -> BudgetLine:
    """The line of this project."""
    found = session().scalars(line_of(project_id=g.project.id, line_id=line_id)).one_or_none()
    if found is None:
        raise NotFound("budget_line")
    return found


def contract_or_404(contract_id: int, *, to_change: bool = False) -> Contract:
    """The contract of this project; kept from others until the end of the request where it is to be changed."""
    statement: Any = contract_of(project_id=g.project.id, contract_id=contract_id)
    if to_change:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found: Contract | None = session().scalars(statement).one_or_none()
    if found is None:
        raise NotFound("contract")
    return found


def month_name(month: date) -> str:
    """A month with its year, as the reader writes it."""
    return str(format_skeleton("yMMM", month, locale=locale()))
