"""The gate checks about money: the budget is approved, and what could be bought is decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from implementor.finance.queries.contracts import contracts_of
from implementor.finance.queries.sums import baselines_of_projects
from implementor.foundation.words import say
from implementor.stages.checks import PROJECT_PLACE, WAVE_PLACE, GatePlace, Reading, gate_check, share


def declare_checks() -> None:
    """Make them known."""
    both = (PROJECT_PLACE, WAVE_PLACE)
    gate_check("budget_approved", say("The budget is approved"), budget_approved, places=both)
    gate_check("purchases_decided", say("Every purchase is decided by go or no-go"), purchases_decided, places=both)


def budget_approved(session: Session, place: GatePlace, _parameters: Mapping[str, Any]) -> Reading:
    """Whether a decision approved the budget, and stands."""
    found = session.execute(baselines_of_projects(project_ids=[place.project_id])).first()
    rows = [(str(say("Budget")), found is not None)]
    return share(rows, "finance.money", {"project_key": place.project_key})


def purchases_decided(session: Session, place: GatePlace, _parameters: Mapping[str, Any]) -> Reading:
    """Of the contracts of the project, those that somebody said go or no-go to; a project that buys nothing passes."""
    found = session.scalars(contracts_of(project_id=place.project_id))
    rows = [(one.title, one.is_decided) for one in found]
    return share(rows, "finance.contracts", {"project_key": place.project_key})
