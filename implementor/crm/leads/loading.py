"""Leads in great numbers: the rows of an import or of a made-up world, with the facts of their way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from implementor.crm.contacts.models import address_key, number_key
from implementor.crm.leads.lifecycle import Fact, facts_of
from implementor.crm.leads.models import Lead, LeadEvent, title_of
from implementor.crm.leads.services import MOMENTS
from implementor.foundation.text import folded

AT_ONCE = 1000
USUAL: Mapping[str, Any] = {
    **dict.fromkeys((
        "first_name", "last_name", "company", "job_title", "email", "phone", "website", "street", "postcode", "city",
        "region", "country", "language", "industry", "source", "campaign", "need", "urgency", "score",
        "potential_amount", "currency", "description", "account_id", "contact_id", "opportunity_id", "about_kind",
        "about_id", "owner_id", "archived_at", "archived_by_id",
    )),
    "is_opted_out": False, "do_not_call": False,
}  # fmt: skip


@dataclass(frozen=True)
class Loaded:
    """A lead as a source knows it: its stages with their moments, oldest first, and its columns by attribute save
    those that follow from them. `reasons` are (reason, note) by the number of the step."""

    way: Sequence[tuple[str, datetime]]
    values: Mapping[str, Any]
    reasons: Mapping[int, tuple[str | None, str | None]] = field(default_factory=dict)
    by_id: int | None = None


def keys_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """The title and the keys of a lead, from the columns they are made of."""
    company, email, phone = row.get("company"), row.get("email"), row.get("phone")
    name = title_of(row.get("first_name"), row.get("last_name"), company)
    return {
        "name": name, "name_key": folded(name), "company_key": folded(company) if company else None,
        "email_key": address_key(email) if email else None, "phone_key": number_key(phone) if phone else None,
    }  # fmt: skip


def standing_after(facts: Sequence[Fact]) -> dict[str, Any]:
    """The columns of a lead that has gone through these facts; the moments are those of its last cycle."""
    last = facts[-1]
    cycle = [fact for fact in facts if fact.cycle == last.cycle]
    moments = {MOMENTS[fact.to_stage]: fact.at for fact in cycle if fact.is_first and fact.to_stage in MOMENTS}
    columns = {"stage": last.to_stage, "stage_since": last.at, "cycle": last.cycle, "began_at": cycle[0].at}
    return columns | dict.fromkeys(MOMENTS.values()) | moments


def event_of(fact: Fact, lead_id: int, by_id: int | None, *, is_sourced: bool) -> dict[str, Any]:
    """The row of a fact without reason."""
    return {
        **vars(fact), "lead_id": lead_id, "by_id": by_id, "is_sourced": is_sourced, "reason": None, "note": None,
        "undone_at": None,
    }  # fmt: skip


def insert_leads(session: Session, loaded: Iterable[Loaded], *, at: datetime, by_id: int | None) -> list[int]:
    """Write leads and their facts without history; gives their ids in order.

    Nothing is checked: reasons and words must be live keys, references the reader's, and values as they are stored.
    """
    stamps = {"created_at": at, "updated_at": at, "created_by_id": by_id, "updated_by_id": by_id, "version": 1}
    kept, ids = list(loaded), []
    for start in range(0, len(kept), AT_ONCE):
        part = [(one, facts_of(one.way)) for one in kept[start : start + AT_ONCE]]
        rows = [
            {**USUAL, **stamps, **one.values, **keys_of(one.values), **standing_after(facts)} for one, facts in part
        ]
        found = list(session.scalars(insert(Lead).returning(Lead.id, sort_by_parameter_order=True), rows))
        session.execute(
            insert(LeadEvent), [row for one, id_ in zip(part, found, strict=True) for row in _facts(one, id_)]
        )
        ids += found
    return ids


def _facts(one: tuple[Loaded, Sequence[Fact]], lead_id: int) -> list[dict[str, Any]]:
    loaded, facts = one
    rows = []
    for number, fact in enumerate(facts):
        reason, note = loaded.reasons.get(number, (None, None))
        rows.append(event_of(fact, lead_id, loaded.by_id, is_sourced=False) | {"reason": reason, "note": note})
    return rows
