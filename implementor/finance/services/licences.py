"""Licences that are counted by themselves: choosing what counts those of a contract, and writing its counts down."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from implementor.finance.licence_sources import licence_sources
from implementor.finance.models import Contract, LicenceCount
from implementor.finance.queries import contracts as queries
from implementor.foundation.errors import InvalidInput
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.history.services import name_action

AGAIN_AFTER = timedelta(days=30)
"""What did not change is written down again after so long, to show that somebody still counts."""


def choose_counter(session: Session, contract: Contract, source: str, *, by: Actor, at: datetime) -> None:
    """Let the licences be counted by a source from now on, or by hand (no source); what was counted stays.

    Raises InvalidInput for what counts nothing.
    """
    if source and source not in licence_sources:
        raise InvalidInput({"source": say("Choose what counts the licences.")})
    contract.counted_by = source or None
    name_action(session, say("Chose how the licences of a contract are counted"), verb="contract.counter",
                project_id=contract.project_id)  # fmt: skip
    session.flush()
    if source:
        measure_licences(session, contract, at=at)


def measure_licences(session: Session, contract: Contract, *, at: datetime) -> LicenceCount | None:
    """Write down what the contract's source counts now; None where that says nothing new.

    A day on which somebody counted by hand is left to them, and a figure that stays is told again after a month.
    """
    source = licence_sources.get(contract.counted_by or "")
    if source is None:
        return None
    row = session.execute(queries.counts_of(project_id=contract.project_id, contract_id=contract.id, limit=1)).first()
    used, on = source.count(session, at), at.date()
    if row is not None and not _is_news(row.LicenceCount, used, on):
        return None
    made = LicenceCount(
        project_id=contract.project_id, contract_id=contract.id, counted_on=on, used=used,
        evidence=str(source.evidence), at=at, source=source.name,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def _is_news(last: LicenceCount, used: int, on: date) -> bool:
    if last.counted_on > on or (last.counted_on == on and last.source is None):
        return False
    return last.used != used or on - last.counted_on >= AGAIN_AFTER
