"""What can happen to the amounts of a budget: many months are written down at once, and every amount stays known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.finance.models import BudgetAmount, BudgetFact, BudgetLine
from implementor.finance.models.budget import ACTUAL, KINDS
from implementor.finance.queries import lines as queries
from implementor.foundation.errors import InvalidInput
from implementor.foundation.local_days import local_day
from implementor.foundation.money import LARGEST
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean
from implementor.foundation.words import Phrase, say, say_n
from implementor.history.services import name_action

LONGEST_REASON = 500
FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True)
class Cell:
    """A month of a line: what kind of amount, of which month (its first day)."""

    line_id: int
    kind: str
    month: date


Cells = Mapping[Cell, int | None]
"""Minor units of the line's currency; None where nothing is to stand."""


class ReasonNeeded(InvalidInput):
    """An actual amount that was written down becomes another, and nobody said why."""


def write_amounts(
    session: Session, *, project_id: int, cells: Cells, reason: str = "", by: Actor, at: datetime
) -> int:  # fmt: skip
    """Have these amounts stand in their months; returns how many changed.

    Raises ReasonNeeded where an actual amount is corrected without a reason, and InvalidInput for what cannot stand.
    """
    lines = _lines(session, project_id, cells)
    known = _known(session, project_id, lines)
    changed = {cell: amount for cell, amount in cells.items() if _standing(known, cell) != amount}
    text = clean(reason).strip()[:LONGEST_REASON]
    _check(changed, known, text, at)
    for cell, amount in changed.items():
        present = known.get(cell)
        corrects = cell.kind == ACTUAL and present is not None and present.amount is not None
        if present is None:
            present = BudgetAmount(project_id=project_id, line_id=cell.line_id, kind=cell.kind, month=cell.month)
            session.add(present)
        present.amount = amount
        _keep(session, present, text if corrects else None, by, at)
    if changed:
        summary = say_n("Wrote down %(count)s amount of the budget", "Wrote down %(count)s amounts of the budget",
                        len(changed))  # fmt: skip
        name_action(session, summary, verb="budget.amounts", project_id=project_id)
    session.flush()
    return len(changed)


def add_to_amounts(session: Session, *, project_id: int, cells: Mapping[Cell, int], by: Actor, at: datetime) -> int:
    """Add to what stands in these months, or take away from it where the number is below zero."""
    known = _known(session, project_id, {cell.line_id for cell in cells})
    summed = {cell: (_standing(known, cell) or 0) + amount for cell, amount in cells.items() if amount}
    return write_amounts(session, project_id=project_id, cells=summed, by=by, at=at)


def restore_amount(session: Session, amount: BudgetAmount, values: dict[str, Any], by: Actor, at: datetime) -> None:
    """Have an earlier amount stand again; one that was made by mistake stands no longer. Either is one more fact."""
    amount.amount = values.get("amount")
    _keep(session, amount, str(say("Taken back")) if amount.kind == ACTUAL else None, by, at)
    session.flush()


def _keep(session: Session, amount: BudgetAmount, reason: str | None, by: Actor, at: datetime) -> None:
    session.add(
        BudgetFact(
            project_id=amount.project_id, line_id=amount.line_id, kind=amount.kind, month=amount.month,
            amount=amount.amount, reason=reason, at=at, by_id=by.user_id,
        )
    )  # fmt: skip


def _lines(session: Session, project_id: int, cells: Iterable[Cell]) -> dict[int, BudgetLine]:
    wanted = {cell.line_id for cell in cells}
    found = {one.id: one for one in session.scalars(queries.lines_by_ids(project_id=project_id, ids=wanted))}
    if any(one not in found or found[one].is_archived for one in wanted):
        raise InvalidInput({"grid": say("One of these lines is not in the budget any more. Load the page again.")})
    return found


def _known(session: Session, project_id: int, line_ids: Iterable[int]) -> dict[Cell, BudgetAmount]:
    found = session.scalars(queries.amounts_of_lines(project_id=project_id, line_ids=list(line_ids)))
    return {Cell(one.line_id, one.kind, one.month): one for one in found}


def _standing(known: Mapping[Cell, BudgetAmount], cell: Cell) -> int | None:
    return known[cell].amount if cell in known else None


def faults_of(cell: Cell, amount: int | None, at: datetime) -> list[Phrase]:
    """Why an amount cannot stand in a month, in minor units."""
    today = local_day(at)
    if cell.kind not in KINDS or cell.month.day != 1 or not FIRST_YEAR <= cell.month.year <= LAST_YEAR:
        return [say("This is no month of a budget.")]
    if amount is None:
        return []
    if abs(amount) > LARGEST:
        return [say("This amount is too large to be kept.")]
    if amount < 0 and cell.kind != ACTUAL:
        return [say("Only what was paid can be below zero: money that came back.")]
    if cell.kind == ACTUAL and cell.month > today:
        return [say("Nothing was paid yet in a month to come. Write a forecast instead.")]
    return []


def _check(changed: Cells, known: Mapping[Cell, BudgetAmount], reason: str, at: datetime) -> None:
    for cell, amount in changed.items():
        for fault in faults_of(cell, amount, at):
            raise InvalidInput({"grid": fault})
    if not reason and any(cell.kind == ACTUAL and _standing(known, cell) is not None for cell in changed):
        raise ReasonNeeded(
            {"reason": say("Say why an amount that was paid is corrected; the one before stays in sight.")}
        )
