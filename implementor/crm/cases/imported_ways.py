"""The facts and clocks of cases that lived elsewhere, written in bulk as the services would have left them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Table, bindparam, insert, select, update

from implementor.calendars import queries as clock_queries
from implementor.calendars.clock_times import first_that_fits
from implementor.calendars.models import SlaClock, SlaPolicyVersion
from implementor.calendars.past_clocks import Pause, past_clock
from implementor.calendars.services.policies import version_of
from implementor.crm.cases import limits
from implementor.crm.cases.facts import Standing, note_facts
from implementor.crm.cases.models import AREA, DONE, NEW, PRIORITY, STATUS, WAITING, Case, CaseEvent
from implementor.crm.cases.words import FIRST_RESPONSE, RESOLUTION
from implementor.exchange.records.declaring import Draft, Writing, Written
from implementor.exchange.records.folding import FoldedDraft
from implementor.foundation.bulk import write_many
from implementor.foundation.records import RecordRef

CASES: Table = Case.__table__  # type: ignore[assignment]
Way = Sequence[tuple[str, datetime]]
BEFORE = {"status": "status", "owner": "owner_id", "area": "area_id", "priority": "priority"}


def way_of(draft: Draft) -> Way:
    """Statuses with the moments of their beginning, oldest first; nothing where the file tells no way."""
    way: list[tuple[str, datetime]] = []
    for step in draft.steps if isinstance(draft, FoldedDraft) else ():
        status, at = step.values.get("status"), step.values.get("status_since")
        if status and at is not None and (not way or (way[-1][0] != status and at >= way[-1][1])):
            way.append((status, at))
    return way


def settle_ways(writing: Writing, written: Sequence[Written]) -> None:
    """Write what belongs to the cases of a batch: facts, clocks, and the limits beside them."""
    rows = _rows(writing, [one.record_id for one in written])
    new = [one for one in written if one.is_new]
    facts = [fact for one in new for fact in facts_of(one.draft, rows[one.record_id], writing.by.user_id)]
    write_many(writing.session, insert(CaseEvent.__table__), facts)  # type: ignore[arg-type]
    _promise(writing, [(rows[one.record_id], way_of(one.draft)) for one in new])
    for one in written:
        if not one.is_new:
            _follow(writing, one, rows[one.record_id])


def _rows(writing: Writing, ids: Iterable[int]) -> dict[int, Any]:
    found = writing.session.execute(select(CASES).where(CASES.c.id.in_(list(ids))))
    return {row.id: SimpleNamespace(**row._mapping) for row in found}


# --- facts ------------------------------------------------------------------------------------------------------------


def facts_of(draft: Draft, row: Any, by_id: int | None) -> list[dict[str, Any]]:
    """The facts of a new case: its way through statuses, priorities and areas, as far as the file tells it."""
    way = list(way_of(draft)) or _short_way(row)
    way = [(status, max(at, row.opened_at)) for status, at in way]
    facts = _chain(row, STATUS, [(status, None, at) for status, at in way], by_id)
    steps = draft.steps if isinstance(draft, FoldedDraft) else []
    facts += _chain(row, AREA, _said(steps, "area", row), by_id)
    facts += _chain(row, PRIORITY, _said(steps, "priority", row) or [(row.priority, None, row.opened_at)], by_id)
    return facts


def _short_way(row: Any) -> Way:
    """Opened as new, and since then as it is."""
    begun: list[tuple[str, datetime]] = [(NEW, row.opened_at)]
    return begun if row.status == NEW else [*begun, (row.status, row.resolved_at or row.status_since)]


def _said(steps: Sequence[Draft], name: str, row: Any) -> list[tuple[str | None, str | None, datetime]]:
    """(key, label, moment) of what steps say of an area or priority; an area that is not here has its label alone."""
    said: list[tuple[str | None, str | None, datetime]] = []
    for step in steps:
        at = step.values.get("status_since") or row.opened_at
        label, key = step.links.get(name), step.values.get(name)
        if label or key:
            said.append((key, label, max(at, row.opened_at)))
    return said


def _chain(
    row: Any, aspect: str, said: Sequence[tuple[str | None, str | None, datetime]], by_id: int | None
) -> list[dict[str, Any]]:
    """A fact for each that differs from the one before."""
    facts: list[dict[str, Any]] = []
    before: tuple[str | None, str | None, datetime] | None = None
    for key, label, at in said:
        if before is not None and (key, label) == before[:2]:
            continue
        facts.append({
            "case_id": row.id, "aspect": aspect, "from_key": before[0] if before else None, "to_key": key,
            "from_label": before[1] if before else None, "to_label": label, "at": at, "by_id": by_id,
            "seconds": max(0, int((at - before[2]).total_seconds())) if before else None, "note": None,
        })  # fmt: skip
        before = (key, label, at)
    return facts


# --- clocks -----------------------------------------------------------------------------------------------------------


def _promise(writing: Writing, cases: Sequence[tuple[Any, Way]]) -> None:
    """The clocks of new cases by the service level that fits each, in a few statements."""
    policies = list(writing.session.scalars(clock_queries.policies(record_kind=Case.__record_kind__)))
    versions: dict[int, SlaPolicyVersion] = {}
    clocks: list[dict[str, Any]] = []
    for row, way in cases if policies else ():
        policy = first_that_fits(policies, limits.conditions_of(row))
        if policy is not None:
            if policy.id not in versions:
                versions[policy.id] = version_of(writing.session, policy, at=writing.at)
            clocks += clocks_of(row, way, versions[policy.id])
    write_many(writing.session, insert(SlaClock.__table__), clocks)  # type: ignore[arg-type]
    _keep_limits(writing, _limits(clocks))


def clocks_of(row: Any, way: Way, version: SlaPolicyVersion) -> list[dict[str, Any]]:
    """What was promised to a case and what came of it; waiting does not count."""
    ends = {FIRST_RESPONSE: row.first_response_at, RESOLUTION: row.resolved_at}
    pauses = pauses_of(way, row.opened_at)
    made = [
        past_clock(
            RecordRef(Case.__record_kind__, row.id), name, version, priority=row.priority, started_at=row.opened_at,
            pauses=[(begin, end) for begin, end in pauses if met is None or begin < met], met_at=met,
        )
        for name, met in ends.items()
    ]  # fmt: skip
    return [one for one in made if one is not None]


def pauses_of(way: Way, opened_at: datetime) -> list[Pause]:
    """When a case waited; the last pause may still last."""
    pauses: list[Pause] = []
    since: datetime | None = None
    for status, at in way:
        at = max(at, opened_at)
        if status in WAITING:
            since = since or at
        elif since is not None:
            pauses.append((since, at))
            since = None
    return pauses if since is None else [*pauses, (since, None)]


def _limits(clocks: Iterable[Mapping[str, Any]]) -> dict[int, tuple[datetime | None, datetime | None]]:
    """Due and warning moment of the open clock of each case that is due first."""
    first: dict[int, tuple[datetime | None, datetime | None]] = {}
    for clock in clocks:
        due = clock["due_at"]
        if due is None or clock["met_at"] is not None or clock["cancelled_at"] is not None:
            continue
        known = first.get(clock["record_id"], (None, None))[0]
        if known is None or due < known:
            first[clock["record_id"]] = (due, clock["warn_at"])
    return first


def _keep_limits(writing: Writing, found: Mapping[int, tuple[datetime | None, datetime | None]]) -> None:
    rows = [{"of_id": case_id, "due_at": due, "warn_at": warn} for case_id, (due, warn) in found.items()]
    write_many(writing.session, update(CASES).where(CASES.c.id == bindparam("of_id")), rows)


# --- cases that were here ---------------------------------------------------------------------------------------------


def _follow(writing: Writing, one: Written, row: Any) -> None:
    """Let facts and clocks follow what a file changed, as from any change."""
    was = {name: one.before.get(attribute, getattr(row, attribute)) for name, attribute in BEFORE.items()}
    before = Standing(**was, duplicate_of=row.duplicate_of_id)
    changed_at = row.resolved_at if row.status in DONE and before.status not in DONE else row.status_since
    at = min(max(changed_at, row.opened_at), writing.at)
    note_facts(writing.session, row, before, by_id=writing.by.user_id, at=at)
    answered = row.first_response_at
    limits.drive(writing.session, row, before, at)
    writing.session.flush()
    columns: dict[str, Any] = {"first_response_at": row.first_response_at or answered}
    columns["due_at"], columns["warn_at"] = limits.present_limit(writing.session, row.id)
    writing.session.execute(update(CASES).where(CASES.c.id == row.id).values(**columns))
