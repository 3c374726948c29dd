"""What can happen to contracts: written down, decided by go or no-go, counted, and open again when that is reversed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.finance.earned_value import spread
from implementor.finance.forecast import months_between
from implementor.finance.models import Contract, LicenceCount
from implementor.finance.models.budget import COMMITTED
from implementor.finance.models.contracts import GO, NO_GO
from implementor.finance.queries import contracts as queries
from implementor.finance.queries.lines import line_of
from implementor.finance.services.amounts import Cell, add_to_amounts
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.local_days import local_day
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.words import Phrase, say
from implementor.governance.models import Decision
from implementor.governance.place import Here
from implementor.governance.services.decisions import record_decision
from implementor.governance.services.owners import owner_or_self, refuse_stranger
from implementor.governance.services.reasons import sentence
from implementor.history.services import name_action

OUTCOMES: Mapping[str, Phrase] = {GO: say("Go: it is bought"), NO_GO: say("No-go: it is not bought")}
USUAL_WARNING, LONGEST_EVIDENCE, MOST_LICENCES = 60, 1000, 10_000_000
LONGEST_TERM = 240
"""Months over which a cost is spread at most."""


class DecidedAlready(Refusal):
    """Somebody said go or no-go; what was decided on stays as it was."""


class NotReady(Refusal):
    """The contract does not say yet what would be bought."""


def create_contract(
    session: Session, *, project_id: int, values: Mapping[str, Any], by: Actor, at: datetime
) -> Contract:
    """Write down what could be bought. `values` are catalogue values."""
    contract = Contract(project_id=project_id, warn_days=USUAL_WARNING)
    _give(session, contract, values)
    contract.owner_id = contract.owner_id or owner_or_self(session, project_id, by.user_id)
    session.add(contract)
    _name(session, contract, "contract.create", say("Wrote down a contract"))
    session.flush()
    return contract


def change_contract(
    session: Session, contract: Contract, values: Mapping[str, Any], *, by: Actor, at: datetime
) -> None:
    """Describe a contract anew. Raises DecidedAlready."""
    refuse_decided(contract)
    _give(session, contract, values)
    _name(session, contract, "contract.change", say("Changed a contract"))
    session.flush()


def restore_contract(session: Session, contract: Contract, values: dict[str, Any], by: Actor, at: datetime) -> None:
    """Give a contract earlier values; what was decided is taken back by another decision alone."""
    refuse_decided(contract)
    if {"verdict", "decision_id"} & values.keys():
        raise DecidedAlready(say("What was decided is reversed by another decision, not undone."))
    _give(session, contract, values)


def decide_contract(
    session: Session, contract: Contract, *, verdict: str, reason: str, by: Actor, at: datetime
) -> Decision:
    """Say go or no-go, by a decision; with go its cost is committed on its line over the months of its term.

    Raises DecidedAlready, NotReady, and InvalidInput without a verdict or a reason.
    """
    refuse_decided(contract)
    if verdict not in OUTCOMES:
        raise InvalidInput({"verdict": say("Choose go or no-go.")})
    said = sentence(reason, field="reason", missing=say("Say in a sentence why it was decided so."))
    if verdict == GO:
        _refuse_unready(contract)
    _name(
        session, contract, "contract.decide",
        say("%(outcome)s: %(title)s", outcome=OUTCOMES[verdict], title=contract.title),
    )  # fmt: skip
    question = say("Is %(title)s bought from %(supplier)s?", title=contract.title, supplier=contract.supplier)
    decision = record_decision(
        session, Here(contract.project_id), question=str(question), outcome=str(OUTCOMES[verdict]), reason=said, by=by,
        at=at, affects=[RecordRef("contract", contract.id)], options=[str(one) for one in OUTCOMES.values()],
        owner=contract.owner_id,
    )  # fmt: skip
    contract.verdict, contract.decision_id = verdict, decision.id
    session.flush()
    if verdict == GO:
        _commit_cost(session, contract, 1, by, at)
    return decision


def reopen_contracts(session: Session, *, project_id: int, decision_id: int, by: Actor, at: datetime) -> int:
    """The decision was reversed: the contracts wait for another one, and their cost is committed no longer."""
    found = session.scalars(queries.contracts_by_decision(project_id=project_id, decision_id=decision_id)).all()
    for contract in found:
        if contract.verdict == GO:
            _commit_cost(session, contract, -1, by, at)
        contract.verdict = contract.decision_id = None
    session.flush()
    return len(found)


def count_licences(
    session: Session, contract: Contract, *, used: int | None, on: date | None, evidence: str, by: Actor, at: datetime
) -> LicenceCount:
    """Write down how many licences were used on a day, and how one knows. Raises InvalidInput."""
    faults: dict[str, Phrase] = {}
    if used is None or not 0 <= used <= MOST_LICENCES:
        faults["used"] = say("Give the number of licences that are used, 0 or more.")
    if on is None or on > local_day(at):
        faults["on"] = say("Choose today or a day before.")
    if faults or used is None or on is None:
        raise InvalidInput(faults)
    said = sentence(evidence, field="evidence", missing=say("Say where the figure is from: a report, a list, a count."))
    made = LicenceCount(
        project_id=contract.project_id, contract_id=contract.id, counted_on=on, used=used,
        evidence=said[:LONGEST_EVIDENCE], at=at, by_id=by.user_id,
    )  # fmt: skip
    session.add(made)
    _name(session, contract, "contract.count", say("Counted the licences of a contract"))
    session.flush()
    return made


def refuse_decided(contract: Contract) -> None:
    """Raise DecidedAlready for a contract that somebody said go or no-go to."""
    if contract.is_decided:
        raise DecidedAlready(
            say("%(title)s is decided. Another decision can reverse that, then it can change.", title=contract.title)
        )


def _refuse_unready(contract: Contract) -> None:
    if contract.line_id is None or contract.amount is None or contract.starts_on is None or contract.ends_on is None:
        raise NotReady(
            say(
                "Before %(title)s is bought it needs its cost, its term and the line of the budget that pays for it.",
                title=contract.title,
            )
        )
    if len(months_between(contract.starts_on, contract.ends_on)) > LONGEST_TERM:
        raise NotReady(say("The term of %(title)s is longer than twenty years.", title=contract.title))


def _commit_cost(session: Session, contract: Contract, sign: int, by: Actor, at: datetime) -> None:
    line_id, amount, begin, end = contract.line_id, contract.amount, contract.starts_on, contract.ends_on
    if line_id is None or amount is None or begin is None or end is None:
        return
    months = months_between(begin, end)
    parts = zip(months, spread(amount, len(months)), strict=True)
    cells = {Cell(line_id, COMMITTED, month): sign * part for month, part in parts}
    add_to_amounts(session, project_id=contract.project_id, cells=cells, by=by, at=at)


def _give(session: Session, contract: Contract, values: Mapping[str, Any]) -> None:
    if "owner_id" in values and values["owner_id"] != contract.owner_id:
        refuse_stranger(session, contract.project_id, values["owner_id"])
    for name, value in values.items():
        setattr(contract, name, USUAL_WARNING if name == "warn_days" and value is None else value)
    if contract.amount is None:
        contract.currency = None
    faults: dict[str, Phrase] = {}
    if contract.starts_on and contract.ends_on and contract.ends_on < contract.starts_on:
        faults["ends_on"] = say("The term ends after it begins.")
    if contract.line_id is not None:
        faults |= _faults_of_line(session, contract)
    if faults:
        raise InvalidInput(faults)


def _faults_of_line(session: Session, contract: Contract) -> dict[str, Phrase]:
    line = session.scalars(line_of(project_id=contract.project_id, line_id=contract.line_id or 0)).one_or_none()
    if line is None:
        return {"line_id": say("Choose a line of this project's budget.")}
    if contract.currency is not None and contract.currency != line.currency:
        mismatch = say("%(title)s counts in %(currency)s; give the cost in it, or choose another line.",
                       title=line.title, currency=line.currency)  # fmt: skip
        return {"line_id": mismatch}
    return {}


def _name(session: Session, contract: Contract, verb: str, summary: Phrase) -> None:
    name_action(session, summary, verb=verb, project_id=contract.project_id)
