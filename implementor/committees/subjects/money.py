"""Money over its limits, as points of an agenda: more is granted, or it is not."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from implementor.committees.models import AgendaItem
from implementor.committees.proposals import MOST, Asked, Collected, Deed, Done, Proposal, Subject, by_project
from implementor.finance import permissions
from implementor.finance.models.budget import PLANNED
from implementor.finance.services.amounts import Cell, add_to_amounts
from implementor.finance.services.baselines import approve_budget
from implementor.finance.standing import variances_of_projects, variances_over_limit
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say
from implementor.governance.models import Decision
from implementor.governance.services import record_decision

WHOLE = "whole"


def collect_variances(session: Session, asked: Asked) -> Collected:
    """Forecasts over the budget by more than the limit; how much is said on the pages of money alone."""
    on = min(asked.on, asked.at.date())
    return by_project(
        (project_id, Proposal(
            str(one.line_id or WHOLE), str(say("Over the budget: %(title)s", title=one.title)),
            str(say("The forecast is over the budget by more than the limit.")),
            RecordRef("budget_line", one.line_id) if one.line_id is not None else None,
        ))
        for project_id, over in variances_of_projects(session, asked.ids, on=on).items()
        for one in over[:MOST]
    )  # fmt: skip


def decide_variance(session: Session, deed: Deed) -> Done:
    """Grant what a line needs more: it is planned in this month, and the budget approved anew. Or decide that not."""
    if deed.answer == "postponed":
        return Done()
    over = _missing(session, deed) if deed.answer == "approved" else 0
    if not over:
        plain = say("Approved") if deed.answer == "approved" else say("Refused")
        outcome = deed.outcome or str(plain)
        affects = [deed.item.record] if deed.item.record is not None else []
        return Done(
            record_decision(
                session, deed.project, question=deed.item.title, outcome=outcome, reason=deed.reason, by=deed.by,
                at=deed.at, affects=affects,
            )
        )  # fmt: skip
    month = deed.at.date().replace(day=1)
    cells = {Cell(deed.record_id, PLANNED, month): over}
    add_to_amounts(session, project_id=deed.project.id, cells=cells, by=deed.by, at=deed.at)
    baseline = approve_budget(session, project_id=deed.project.id, reason=deed.reason, by=deed.by, at=deed.at)
    return Done(session.get(Decision, baseline.decision_id), {"month": month.isoformat(), "planned": over})


def take_money_back(session: Session, item: AgendaItem, *, by: Actor, at: datetime) -> None:
    """Plan again what was planned before a decision that was reversed; its edition of the budget is withdrawn below."""
    if "planned" not in item.effect or item.record_id is None:
        return
    cell = Cell(item.record_id, PLANNED, date.fromisoformat(item.effect["month"]))
    add_to_amounts(session, project_id=item.about_project_id or 0, cells={cell: -item.effect["planned"]}, by=by, at=at)


def _missing(session: Session, deed: Deed) -> int:
    """By how much the line is over now; 0 for the budget as a whole, which is no line to plan on."""
    found = variances_over_limit(session, deed.project.id, on=deed.at.date())
    return next((one.over for one in found if one.line_id is not None and str(one.line_id) == deed.named), 0)


MONEY = Subject(
    "money", say("Money over its limit"),
    say("Approving plans in this month what the line lacks, and approves the budget as it is planned then, anew."),
    permissions.APPROVE, collect_variances, decide_variance, asks=("outcome",), sees=permissions.VIEW,
)  # fmt: skip
