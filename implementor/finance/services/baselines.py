"""What can happen to the approved budget: approved by a decision, approved anew for a reason, withdrawn with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.calendars.services.rates import NoRate
from implementor.finance.models import BaselineAmount, BaselineStory, BudgetBaseline
from implementor.finance.models.budget import PLANNED
from implementor.finance.queries import lines as queries
from implementor.finance.rates import Rates, known_rates, no_rate
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.local_days import local_day
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.words import Phrase, say
from implementor.governance.models import ChangeRequest
from implementor.governance.place import Here
from implementor.governance.services.decisions import record_decision
from implementor.governance.services.reasons import sentence
from implementor.history.services import name_action


class NothingPlanned(Refusal):
    """No month of the budget has a planned amount."""


def approve_budget(
    session: Session, *, project_id: int, reason: str, by: Actor, at: datetime, change: ChangeRequest | None = None
) -> BudgetBaseline:
    """Approve what is planned now, by a decision; with `change` by the decision that approved that request.

    Raises NothingPlanned, NoRate naming the currency that cannot be added up, and InvalidInput without a reason.
    """
    said = sentence(reason, field="reason", missing=say("Say in a sentence why the budget is approved as it is."))
    number = (session.scalar(queries.last_baseline_number(project_id=project_id)) or 0) + 1
    currency = session.scalars(queries.currency_of_project(project_id=project_id)).one()
    amounts = _planned(session, project_id, currency, at)
    name_action(
        session, say("Approved the budget, edition %(number)s", number=number), verb="budget.approve",
        project_id=project_id,
    )  # fmt: skip
    if change is not None:
        decision_id = _decision_of(session, project_id, change)
    else:
        question: Phrase = say("Is the budget approved, edition %(number)s?", number=number)
        decision_id = record_decision(
            session, Here(project_id), question=str(question), outcome=str(say("Approved")), reason=said, by=by, at=at,
            affects=[RecordRef("budget_line", amount.line_id) for amount in _first_of_each_line(amounts)],
        ).id  # fmt: skip
    baseline = BudgetBaseline(
        project_id=project_id, number=number, currency=currency, decision_id=decision_id, reason=said,
        change_request_id=change.id if change is not None else None, approved_at=at, approved_by_id=by.user_id,
    )  # fmt: skip
    session.add(baseline)
    session.flush()
    _freeze(session, baseline, amounts)
    return baseline


def withdraw_baselines(session: Session, *, project_id: int, decision_id: int, at: datetime) -> int:
    """The decision was reversed: what it approved counts no longer, and the edition before it does again."""
    found = session.scalars(queries.baselines_by_decision(project_id=project_id, decision_id=decision_id)).all()
    for one in found:
        one.withdrawn_at = at
    session.flush()
    return len(found)


def _planned(session: Session, project_id: int, currency: str, at: datetime) -> list[BaselineAmount]:
    """What is planned now, each month of a line also in the project's currency at today's rate."""
    lines = {one.id: one for one in session.scalars(queries.lines_of(project_id=project_id))}
    stands = queries.amounts_of_lines(project_id=project_id, line_ids=list(lines), kinds=[PLANNED])
    found = [one for one in session.scalars(stands) if one.amount]
    if not found:
        raise NothingPlanned(say("Nothing is planned yet. Write down what each month of the budget should cost."))
    day = local_day(at)
    rates: Rates = known_rates(session, day)
    missing = rates.missing({lines[one.line_id].currency for one in found}, currency)
    if missing:
        raise NoRate(no_rate(missing, currency))
    return [
        BaselineAmount(
            line_id=one.line_id, month=one.month, project_id=project_id, amount=one.amount,
            converted=rates.convert(one.amount or 0, lines[one.line_id].currency, currency),
        )
        for one in found
    ]  # fmt: skip


def _first_of_each_line(amounts: list[BaselineAmount]) -> list[BaselineAmount]:
    return list({one.line_id: one for one in amounts}.values())


def _decision_of(session: Session, project_id: int, change: ChangeRequest) -> int:
    if change.project_id != project_id or change.answer != "approved" or change.decision_id is None:
        raise InvalidInput({"change": say("Choose a request for change that was approved.")})
    offered = session.scalars(queries.changes_approved_since(project_id=project_id))
    if change.id not in {one.id for one in offered}:
        raise InvalidInput({"change": say("This request for change is in an approved budget already.")})
    return change.decision_id


def _freeze(session: Session, baseline: BudgetBaseline, amounts: list[BaselineAmount]) -> None:
    stories = session.execute(queries.stories_to_plan_on(project_id=baseline.project_id)).all()
    for amount in amounts:
        amount.baseline_id = baseline.id
    promised: list[Any] = [
        BaselineStory(
            baseline_id=baseline.id, story_id=row.story_id, project_id=baseline.project_id, points=row.points,
            due_on=row.due_on,
        )
        for row in stories
    ]  # fmt: skip
    session.add_all([*amounts, *promised])
    session.flush()
