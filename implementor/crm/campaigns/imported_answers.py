"""What files tell of members: who it is and what they answered, kept as facts that are sourced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from implementor.crm.campaigns import queries
from implementor.crm.campaigns.answers import LISTED, RESPONDED, RESPONSES, SENT, whereabouts
from implementor.crm.campaigns.models import Campaign, CampaignEvent
from implementor.exchange.kinds import Reason
from implementor.exchange.records.declaring import Change, Draft, Writing, Written
from implementor.exchange.records.writing import made
from implementor.foundation.bulk import reserved_ids, write_many
from implementor.foundation.words import say

DESCRIBED = "described"
"""The extra target that holds what is known of somebody who is neither contact nor lead."""
DERIVED = ("status", "status_at", "responded_at", "outcome", "tries")
MIDDAY = time(12)


class Told:
    """Something that a file says happened, in the shape of `answers.Happened`."""

    def __init__(self, number: int, kind: str, at: datetime, outcome: str | None) -> None:
        self.id, self.kind, self.at, self.outcome = number, kind, at, outcome


def take_member(draft: Draft) -> Iterable[Reason]:
    """Who the row is about, and what its answer was where only its moment or outcome is told."""
    values = draft.values
    known = ", ".join(draft.extra.get(DESCRIBED, ()))
    values["named"] = values.get("named") or known[:200] or None
    if not (values["named"] or draft.links.get("contact") or draft.links.get("lead")):
        yield Reason(say("The row does not say who it is about."))
    is_answered = values.get("outcome") or values.get("responded_at")
    if is_answered and values.get("status") in (None, LISTED, SENT):
        values["status"] = RESPONDED
    if values.get("outcome") and values["status"] not in RESPONSES:
        yield Reason(say("Only a response has an outcome."))


def begin_memberships(writing: Writing, drafts: Sequence[Draft]) -> None:
    """Give new members what follows from what the file tells of them."""
    starts = _first_days(writing.session, {draft.values["campaign_id"] for draft in drafts})
    for draft in drafts:
        values = draft.values
        name_somebody(draft)
        kind = values.get("status") or LISTED
        at = values.get("responded_at") or values.get("joined_at")
        at = min(at or starts.get(values["campaign_id"]) or writing.at, writing.at)
        joined = min(values.get("joined_at") or at, at)
        tries = max(0, (values.get("tries") or 0) - (kind == SENT))
        told = [] if kind == LISTED else [Told(1, kind, at, values.get("outcome"))]
        values |= {"joined_at": joined, "tries_told": tries}
        values |= vars(whereabouts(joined, told, tries_before=tries))


def name_somebody(draft: Draft) -> None:
    """A member is one person: a contact, else a lead, else whoever the row names."""
    values = draft.values
    if values.get("contact_id") is not None:
        values["lead_id"] = values["named"] = None
    elif values.get("lead_id") is not None:
        values["named"] = None
    else:
        values["named"] = (values.get("named") or draft.links.get("contact") or draft.links.get("lead") or "")[:200]


def _first_days(session: Session, campaign_ids: Collection[int]) -> dict[int, datetime]:
    """The noon of the first day of campaigns: when something happened of which no moment is told."""
    found = select(Campaign.id, Campaign.starts_on).where(
        Campaign.id.in_(list(campaign_ids)), Campaign.starts_on.is_not(None)
    )
    return {row.id: _noon(row.starts_on) for row in session.execute(found)}


def _noon(day: date) -> datetime:
    return datetime.combine(day, MIDDAY, UTC)


def go_on(writing: Writing, changes: Sequence[Change]) -> None:
    """Let known members stand where what the file tells now brings them, with all that happened before."""
    before = _events(writing.session, [one.row.id for one in changes])
    for one in changes:
        told = {name: one.after.pop(name) for name in DERIVED if name in one.after}
        for name in ("contact_id", "lead_id", "named"):
            one.after.pop(name, None)  # who it is does not change by a file
        if "tries" in told:
            counted = sum(event.kind == SENT for event in before[one.row.id])
            one.after["tries_told"] = max(0, (told["tries"] or 0) - counted)
        happened: list[Any] = list(before[one.row.id])
        new = _new_fact(writing, one, told, happened)
        if new is not None:
            one.draft.extra["fact"] = [new]  # type: ignore[list-item]  # handed on to `settle_answers`
            happened.append(new)
        tries = one.after.get("tries_told", one.row.tries_told)
        found = vars(whereabouts(one.row.joined_at, happened, tries_before=tries))
        one.after |= {name: value for name, value in found.items() if getattr(one.row, name) != value}


def _new_fact(writing: Writing, one: Change, told: Mapping[str, Any], happened: Sequence[Any]) -> Told | None:
    kind = told.get("status") or (one.row.status if "outcome" in told and one.row.status in RESPONSES else None)
    if kind is None or kind == LISTED:
        return None
    last = max((event.at for event in happened), default=one.row.joined_at)
    at = min(max(one.draft.values.get("responded_at") or writing.at, last), writing.at)
    outcome = told.get("outcome", one.row.outcome) if kind in RESPONSES else None
    return Told(max((event.id for event in happened), default=0) + 1, kind, at, outcome)


def _events(session: Session, member_ids: Sequence[int]) -> Mapping[int, list[CampaignEvent]]:
    found: dict[int, list[CampaignEvent]] = defaultdict(list)
    for event in session.scalars(queries.events_of(member_ids)):
        if event.archived_at is None:
            found[event.member_id].append(event)
    return found


def settle_answers(writing: Writing, written: Sequence[Written]) -> None:
    """Write what happened as facts, each of which an undo of the import takes back."""
    rows = [row for one in written if (row := _row(writing, one)) is not None]
    if not rows:
        return
    ids = reserved_ids(writing.session, CampaignEvent.__tablename__, len(rows))
    numbered = [{**row, "id": each} for each, row in zip(ids, rows, strict=True)]
    write_many(writing.session, insert(CampaignEvent.__table__), numbered)  # type: ignore[arg-type]
    writing.facts += [made("campaign_event", each) for each in ids]


def _row(writing: Writing, one: Written) -> dict[str, Any] | None:
    values = one.draft.values
    if one.is_new and values["status"] == LISTED:
        return None
    fact: Any = Told(1, values["status"], values["status_at"], values.get("outcome")) if one.is_new else None
    if fact is None:
        fact = next(iter(one.draft.extra.get("fact", ())), None)
    if fact is None:
        return None
    return {
        **writing.stamps(), "member_id": one.record_id, "kind": fact.kind, "at": fact.at, "outcome": fact.outcome,
        "channel": values.get("channel"), "is_sourced": True,
    }  # fmt: skip
