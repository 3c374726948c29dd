"""A CRM of millions of records in minutes: rows in bulk, their indexes built once at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Index, insert, text
from sqlalchemy.orm import Session

from implementor.crm.accounts.models import Account
from implementor.crm.cases.models import Case, CaseEvent
from implementor.crm.cases.numbering import next_numbers
from implementor.crm.contacts.models import Contact, ContactAccount, ContactEmail, ContactPhone
from implementor.crm.interactions.models import Interaction
from implementor.crm.opportunities.loading import Loaded, insert_opportunities
from implementor.crm.opportunities.models import Opportunity, StageEvent
from implementor.demo import bulk_crm_rows as made
from implementor.demo.bulk_crm_rows import Stamps, mixed, pick
from implementor.duplicates.match_keys import refresh_keys
from implementor.exchange.records.writing import reserved_ids
from implementor.foundation import live
from implementor.foundation.bulk import write_many
from implementor.foundation.pipelines import Pipeline, Stage
from implementor.search.services import DOCUMENTS
from implementor.search.sources import row_of, source_of

BATCH = 5_000
MANY = 100_000
"""From so many contacts on, indexes are built after the rows instead of with each."""
MODELS = (
    Account, Contact, ContactAccount, ContactEmail, ContactPhone, Opportunity, StageEvent, Interaction, Case, CaseEvent,
)  # fmt: skip
PARTS = {"contact_account": ContactAccount, "contact_email": ContactEmail, "contact_phone": ContactPhone}
Rows = Iterable[dict[str, Any]]


@dataclass(frozen=True)
class Amounts:
    """How many records of each kind."""

    accounts: int
    contacts: int
    opportunities: int
    interactions: int
    cases: int

    @staticmethod
    def around(contacts: int) -> Amounts:
        """What goes with so many contacts."""
        return Amounts(max(11, contacts // 5), contacts, contacts, contacts * 3, contacts // 2)


def add_bulk_customers(session: Session, amounts: Amounts, stamps: Stamps) -> None:
    """Customers with a year of sales, talks and cases. The configuration must be live. Never commits."""
    with _indexes_after(session, amounts.contacts >= MANY):
        accounts = reserved_ids(session, Account.__tablename__, amounts.accounts)
        for batch in _batches(made.account_rows(accounts, stamps)):
            _write(session, Account, batch)
            _find(session, "account", batch, stamps.at)
        contacts = reserved_ids(session, Contact.__tablename__, amounts.contacts)
        account_of = _add_contacts(session, contacts, accounts, stamps)
        _add_opportunities(session, amounts.opportunities, contacts, account_of, stamps)
        talks = reserved_ids(session, Interaction.__tablename__, amounts.interactions)
        for batch in _batches(made.interaction_rows(talks, contacts, account_of, stamps)):
            _write(session, Interaction, batch)
        _add_cases(session, amounts.cases, contacts, account_of, stamps)
    for kind, ids in (("account", accounts), ("contact", contacts)):
        for start in range(0, len(ids), BATCH):
            refresh_keys(session, kind, ids[start : start + BATCH])
    session.execute(text("ANALYZE"))


@contextmanager
def _indexes_after(session: Session, is_worth_it: bool) -> Iterator[None]:
    """Build the indexes of the tables when the block is done; unique ones stay, for they say what may be."""
    connection = session.connection()
    found: list[Index] = [index for model in MODELS for index in model.__table__.indexes if not index.unique]  # type: ignore[attr-defined]
    found = found if is_worth_it else []
    for index in found:
        index.drop(connection)
    yield
    for index in found:
        index.create(connection)


def _batches(rows: Rows) -> Iterator[list[dict[str, Any]]]:
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch


def _write(session: Session, model: Any, rows: Sequence[dict[str, Any]]) -> None:
    write_many(session, insert(model.__table__), rows)


def _find(session: Session, kind: str, rows: Sequence[dict[str, Any]], at: datetime) -> None:
    """Let the search find what was written."""
    source = source_of(kind)
    assert source is not None  # every one of these kinds is searched
    documents = [row_of(source, SimpleNamespace(**row), None, at) for row in rows]
    write_many(session, insert(DOCUMENTS), [row for row in documents if row is not None])


# --- kind by kind -----------------------------------------------------------------------------------------------------


def _add_contacts(session: Session, ids: Sequence[int], accounts: Sequence[int], stamps: Stamps) -> dict[int, int]:
    """Contacts with their parts; gives the account of each."""
    account_of: dict[int, int] = {}
    for batch in _batches(made.contact_rows(ids, accounts, stamps)):
        _write(session, Contact, batch)
        parts = [made.part_rows(row) for row in batch]
        for name, model in PARTS.items():
            _write(session, model, [part[name] for part in parts])
        _find(session, "contact", batch, stamps.at)
        account_of |= {row["id"]: row["account_id"] for row in batch}
    return account_of


def _add_opportunities(
    session: Session, count: int, contacts: Sequence[int], account_of: dict[int, int], stamps: Stamps
) -> None:
    pipeline = live.present().offered_pipelines[0]
    for start in range(0, count, BATCH):
        numbers = range(start, min(count, start + BATCH))
        loaded = [_opportunity(number, pipeline, contacts, account_of, stamps) for number in numbers]
        ids = insert_opportunities(session, loaded, at=stamps.at, by_id=stamps.owners[0])
        rows = [
            {**made.blank(Opportunity), **one.values, "id": id_} for one, id_ in zip(loaded, ids, strict=True)
        ]  # fmt: skip
        _find(session, "opportunity", rows, stamps.at)


def _opportunity(
    number: int, pipeline: Pipeline, contacts: Sequence[int], account_of: dict[int, int], stamps: Stamps
) -> Loaded:
    """A sale that went some way through the first pipeline; one in five is still open."""
    begun, contact = stamps.ago(number, 50), pick(contacts, number, 51)
    opened = [stage for stage in pipeline.offered if stage.is_open]
    far = 1 + mixed(number, 52) % len(opened)
    way: list[Stage] = opened[:far]
    if number % 5:
        way.append(pipeline.of_kind("won" if number % 2 else "lost")[0])
    steps = [(stage.id or 0, begun + timedelta(hours=30 * place)) for place, stage in enumerate(way)]
    closes = (steps[-1][1] + timedelta(days=mixed(number, 53) % 120)).date()
    values = {
        "name": f"{pick(made.NAMES, number, 54)} {pick(made.CITIES, number, 55)} {number}", "contact_id": contact,
        "account_id": account_of[contact], "owner_id": pick(stamps.owners, number, 56), "close_on": closes,
        "amount": 100_000 + mixed(number, 57) % 90_000_000, "currency": "EUR",
        "source": pick(("existing", "web", "call", "event"), number, 58),
        "loss_reason": "price" if not number % 2 and number % 5 else None,
        "next_step_on": stamps.at.date() + timedelta(days=mixed(number, 59) % 60 - 5) if number % 25 == 0 else None,
        "next_step": "Llamar" if number % 25 == 0 else None,
    }  # fmt: skip
    return Loaded(steps, values)


def _add_cases(
    session: Session, count: int, contacts: Sequence[int], account_of: dict[int, int], stamps: Stamps
) -> None:
    """Cases with the facts of their status; without clocks, because nobody promised anything then."""
    ids, numbers = reserved_ids(session, Case.__tablename__, count), next_numbers(session, count)
    for batch in _batches(made.case_rows(ids, numbers, contacts, account_of, stamps)):
        _write(session, Case, batch)
        _find(session, "case", batch, stamps.at)
        facts = [_fact(row, "new", row["opened_at"], None) for row in batch]
        facts += [_fact(row, row["status"], row["status_since"], "new") for row in batch]
        _write(session, CaseEvent, facts)


def _fact(row: dict[str, Any], status: str, at: datetime, before: str | None) -> dict[str, Any]:
    seconds = int((at - row["opened_at"]).total_seconds()) if before else None
    return {
        "case_id": row["id"], "aspect": "status", "from_key": before, "to_key": status, "from_label": None,
        "to_label": None, "at": at, "by_id": row["owner_id"], "seconds": seconds, "note": None,
    }  # fmt: skip
