"""The way of an imported lead: what a file says of its stages and their days, kept as facts that are sourced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from implementor.crm.leads import queries
from implementor.crm.leads.imported_stages import moments_told, reason_of
from implementor.crm.leads.lifecycle import NEW, Standing, facts_of, follow, way_of_source
from implementor.crm.leads.loading import event_of, standing_after
from implementor.crm.leads.models import LeadEvent
from implementor.crm.leads.services import MOMENTS
from implementor.exchange.records.declaring import Change, Draft, Writing, Written
from implementor.foundation.bulk import write_many

TOLD: Mapping[str, str] = {NEW: "began_at", **MOMENTS}
"""Stage -> the field in which a file says when the lead came there."""
LONGEST_NAME = 100
CAUTIOUS = ("is_opted_out", "do_not_call")


def begin_ways(writing: Writing, drafts: Sequence[Draft]) -> None:
    """Give new leads what follows from the stages that the source tells of."""
    for draft in drafts:
        name_nameless(draft)
        draft.values |= standing_after(facts_of(_way(writing, draft)))


def name_nameless(draft: Draft) -> None:
    """Call a lead of whom a file says no name by what else tells it apart."""
    values = draft.values
    if not any(values.get(name) for name in ("first_name", "last_name", "company")):
        values["last_name"] = (values.get("email") or values.get("phone") or draft.name)[:LONGEST_NAME]


def _way(writing: Writing, draft: Draft) -> list[tuple[str, datetime]]:
    """The stages with their moments; nothing happened after the import."""
    told = {stage: draft.values.get(name) for stage, name in TOLD.items()}
    told |= moments_told(draft)
    known = {stage: min(at, writing.at) for stage, at in told.items() if at is not None}
    return way_of_source(draft.values.get("stage") or NEW, known, writing.at)


def go_on(writing: Writing, changes: Sequence[Change]) -> None:
    """Let known leads stand where the source moved them to; who once refused advertising or calls is left in peace.

    Days of steps that are facts here already stay as they are.
    """
    moved = [one for one in changes if "stage" in one.after]
    seen = _seen(writing, [one.row.id for one in moved])
    for one in changes:
        told = {name: one.after.pop(name) for name in TOLD.values() if name in one.after}
        for name in CAUTIOUS:
            if one.row._mapping[name]:
                one.after.pop(name, None)
        if "stage" in one.after:
            _move(writing, one, told, seen)


def _seen(writing: Writing, lead_ids: Sequence[int]) -> Mapping[tuple[int, int], set[str]]:
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    if lead_ids:
        for row in writing.session.execute(queries.stages_seen_of(lead_ids)):
            found[row.lead_id, row.cycle].add(row.to_stage)
    return found


def _move(writing: Writing, one: Change, told: Mapping[str, Any], seen: Mapping[tuple[int, int], set[str]]) -> None:
    row, stage = one.row, one.after["stage"]
    at = told.get(TOLD.get(stage, "")) or moments_told(one.draft).get(stage) or writing.at
    at = max(min(at, writing.at), row.stage_since)
    standing = Standing(row.cycle, row.stage, row.stage_since, row.mql_at, set(seen.get((row.id, row.cycle), ())))
    fact = follow(standing, stage, at)
    one.after["stage_since"] = at
    if fact.cycle != row.cycle:
        one.after |= {"cycle": fact.cycle, "began_at": at, **dict.fromkeys(MOMENTS.values())}
    if stage in MOMENTS and fact.is_first:
        one.after[MOMENTS[stage]] = at
    one.draft.extra["fact"] = [fact]  # type: ignore[list-item]  # handed on to `settle_ways` with the draft


def settle_ways(writing: Writing, written: Sequence[Written]) -> None:
    """Write the facts: the way of what is new, and the step of what stands elsewhere now."""
    rows: list[dict[str, Any]] = []
    by_id = writing.by.user_id
    for one in written:
        facts: Sequence[Any] = facts_of(_way(writing, one.draft)) if one.is_new else one.draft.extra.get("fact", ())
        rows += [event_of(fact, one.record_id, by_id, is_sourced=True) for fact in facts]
        if facts:
            rows[-1]["reason"], rows[-1]["note"] = reason_of(one.draft, rows[-1]["to_stage"])
    write_many(writing.session, insert(LeadEvent.__table__), rows)  # type: ignore[arg-type]  # it is a table
