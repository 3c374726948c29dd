"""The blueprint of where a rollout is going, and finding the record that an address names."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from implementor.discovery import queries
from implementor.discovery.models import Charter, Objective, ReportRequirement, ServiceAgreement
from implementor.foundation.errors import NotFound
from implementor.lists.record_page import present_scope
from implementor.metrics.models import Metric
from implementor.metrics.queries import metric_in_scope
from implementor.web.unit_of_work import session

blueprint = Blueprint("discovery", __name__, url_prefix="/projects/<project_key>")


def objective_or_404(objective_id: int) -> Objective:
    """The objective of this project."""
    found: Objective = _one(queries.in_scope(Objective, present_scope(), objective_id), "objective")
    return found


def report_or_404(report_id: int) -> ReportRequirement:
    """The wanted report of this project."""
    found: ReportRequirement = _one(
        queries.in_scope(ReportRequirement, present_scope(), report_id), "report_requirement"
    )
    return found


def agreement_or_404(agreement_id: int, *, to_change: bool = False) -> ServiceAgreement:
    """The agreement of this project; kept from others until the end of the request where it is to be changed."""
    statement = queries.in_scope(ServiceAgreement, present_scope(), agreement_id)
    if to_change:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found: ServiceAgreement = _one(statement, "service_agreement")
    return found


def charter_or_404(charter_id: int, *, to_change: bool = False) -> Charter:
    """The charter of this project; kept from others until the end of the request where it is to be changed."""
    statement = queries.in_scope(Charter, present_scope(), charter_id)
    if to_change:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found: Charter = _one(statement, "charter")
    return found


def record_or_404(model: type[Any], record_id: int) -> Any:
    """A record of this project, archived or not."""
    return _one(queries.in_scope(model, present_scope(), record_id), model.__record_kind__)


def metric_named(metric_id: int | None) -> Metric:
    """The metric of this project that a form or an address names."""
    found: Metric = _one(metric_in_scope(present_scope(), metric_id or 0), "metric")
    return found


def _one(statement: Any, kind: str) -> Any:
    found = session().scalars(statement).one_or_none()
    if found is None:
        raise NotFound(kind)
    return found
