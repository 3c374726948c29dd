"""What can happen to lines of a budget: written down and changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.finance.models import BudgetLine
from implementor.finance.queries import lines as queries
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say
from implementor.governance.services.owners import refuse_stranger
from implementor.history.services import name_action
from implementor.waves.queries import wave_by_id


class CurrencyIsUsed(Refusal):
    """The line has amounts, and they are in its currency."""


def create_line(session: Session, *, project_id: int, values: Mapping[str, Any], by: Actor, at: datetime) -> BudgetLine:
    """Write down a further line. `values` are catalogue values; without a currency it is in the project's."""
    line = BudgetLine(project_id=project_id, category="other")
    _give(session, line, values)
    if not line.currency:
        line.currency = session.scalars(queries.currency_of_project(project_id=project_id)).one()
    session.add(line)
    _name(session, line, "budget.line.create", say("Added a line to the budget"))
    session.flush()
    return line


def change_line(session: Session, line: BudgetLine, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Describe a line anew. Raises CurrencyIsUsed for another currency once there are amounts."""
    _refuse_currency(session, line, values)
    _give(session, line, {name: value for name, value in values.items() if name != "currency" or value})
    _name(session, line, "budget.line.change", say("Changed a line of the budget"))
    session.flush()


def restore_line(session: Session, line: BudgetLine, values: dict[str, Any], by: Actor, at: datetime) -> None:
    """Give a line earlier values."""
    _refuse_currency(session, line, values)
    _give(session, line, values)


def _refuse_currency(session: Session, line: BudgetLine, values: Mapping[str, Any]) -> None:
    wanted = values.get("currency") or line.currency
    if wanted == line.currency:
        return
    amounts = session.scalars(queries.amounts_of_lines(project_id=line.project_id, line_ids=[line.id]))
    if any(one.amount is not None for one in amounts):
        raise CurrencyIsUsed(
            say(
                "%(title)s has amounts in %(currency)s. Take them out first, or add another line.",
                title=line.title, currency=line.currency,
            )
        )  # fmt: skip


def _give(session: Session, line: BudgetLine, values: Mapping[str, Any]) -> None:
    if "owner_id" in values and values["owner_id"] != line.owner_id:
        refuse_stranger(session, line.project_id, values["owner_id"])
    wave_id = values.get("wave_id")
    if wave_id is not None and wave_id != line.wave_id:
        found = session.scalars(wave_by_id(project_id=line.project_id, wave_id=wave_id)).one_or_none()
        if found is None:
            raise InvalidInput({"wave_id": say("Choose a wave of this project.")})
    for name, value in values.items():
        setattr(line, name, value)


def _name(session: Session, line: BudgetLine, verb: str, summary: Phrase) -> None:
    name_action(session, summary, verb=verb, project_id=line.project_id)
