"""Accounts that may be the same, merges of them, and what tests ask about both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from implementor.duplicates.models import DuplicatePair, MatchKey, MergeRecord
from implementor.duplicates.sameness import samenesses
from implementor.duplicates.services.merging import merge_pair
from implementor.duplicates.services.pairs import ask_for_scan, pair_up
from implementor.duplicates.services.parting import Parting, part_records
from implementor.jobs.models import Job
from implementor.jobs.running import run_inline
from tests.auth.builders import reading
from tests.crm.builders import START, Company


def keys_of_record(here: Company, record_id: int, kind: str = "account") -> set[tuple[str, str]]:
    """The (role, value) keys a record bears."""
    with reading(here.app) as session:
        found = select(MatchKey.role, MatchKey.value).where(MatchKey.kind == kind, MatchKey.record_id == record_id)
        return {(row.role, row.value) for row in session.execute(found)}


def pairs_of(here: Company, state: str = "open") -> set[tuple[int, int]]:
    """The pairs in a state, lower id first."""
    with reading(here.app) as session:
        found = select(DuplicatePair.left_id, DuplicatePair.right_id).where(DuplicatePair.state == state)
        return {(row.left_id, row.right_id) for row in session.execute(found)}


def pair_id_of(here: Company, one: int, other: int, who: str = "seller", kind: str = "account") -> int:
    """The pair of two records, put side by side by this person."""
    with here.working(who) as session:
        return pair_up(session, samenesses[kind], one, other, by=here.by(who), at=START).id


def merge_of(
    here: Company, survivor: int, loser: int, who: str = "seller", kind: str = "account", **take: int
) -> MergeRecord:
    """Two records merged by this person; `take` names the record whose value stays, by field."""
    return merged(here, pair_id_of(here, survivor, loser, kind=kind), survivor, who, take=take)


def merged(
    here: Company,
    pair_id: int,
    survivor: int,
    who: str = "seller",
    *,
    take: Mapping[str, int] | None = None,
    seen: Mapping[int, int] | None = None,
) -> MergeRecord:
    """A pair merged by this person, who saw these versions."""
    with here.working(who) as session:
        pair = session.get_one(DuplicatePair, pair_id)
        done = merge_pair(
            session,
            samenesses[pair.kind],
            pair,
            survivor_id=survivor,
            take=take or {},
            versions=seen or {},
            by=here.by(who),
            at=START,
        )
        session.flush()
        session.refresh(done)
        session.expunge(done)
        return done


def part_again(here: Company, merge: MergeRecord, who: str = "seller") -> Parting:
    """The merge taken apart by this person."""
    with here.working(who) as session:
        found = session.get_one(MergeRecord, merge.id)
        return part_records(session, samenesses[found.kind], found, by=here.by(who), at=START)


def scanned(here: Company, kind: str = "account", who: str = "manager") -> Job:
    """A search of all records of a kind, as it ended."""
    with here.working(who) as session:
        job_id = ask_for_scan(session, samenesses[kind], by=here.by(who), at=START).id
    return run_inline(here.app, job_id)


def explained(session: Session, asked: Any, database_kind: str) -> str:
    """The plan of a statement, where PostgreSQL must not choose to read a small table whole."""
    connection = session.connection()
    if database_kind == "postgresql":
        connection.execute(text("SET LOCAL enable_seqscan = off"))
    compiled = asked.compile(connection, compile_kwargs={"literal_binds": True})
    prefix = "EXPLAIN QUERY PLAN " if database_kind == "sqlite" else "EXPLAIN "
    return "\n".join(str(row) for row in connection.exec_driver_sql(prefix + str(compiled).replace("%", "%%")))
