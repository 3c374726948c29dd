"""Opportunities in great numbers: the rows of an import or of a made-up world, with the facts of their way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from implementor.crm.opportunities.models import MANUAL, STAGE, Opportunity, StageEvent
from implementor.crm.opportunities.stages import certainty, seconds_between
from implementor.crm.opportunities.worth import Rates, exact_worth, rounded
from implementor.foundation import live
from implementor.foundation.bulk import reserved_ids, write_many
from implementor.foundation.pipelines import Stage
from implementor.foundation.text import folded

AT_ONCE = 1000
Way = Sequence[tuple[int, datetime]]
"""Stages (stored ids) that an opportunity came into with their moments, oldest first; in the last one it stands."""
USUAL: Mapping[str, Any] = dict.fromkeys(
    (
        "owner_id", "account_id", "contact_id", "amount", "currency", "close_on", "source", "motive", "next_step",
        "next_step_on", "loss_reason", "loss_note", "description", "archived_at", "archived_by_id",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Loaded:
    """An opportunity as a source knows it: its way, and its columns by attribute save those that follow from the way.

    `rates` are those of the day it was closed, against `base_currency`.
    """

    way: Way
    values: Mapping[str, Any]
    rates: Rates = field(default_factory=dict)
    base_currency: str | None = None


def followed(row: Mapping[str, Any], way: Way, rates: Rates, base_currency: str | None) -> dict[str, Any]:
    """The columns that follow from a way: stage, status, certainty, moments, and the frozen amount of a closed one.

    A probability in the row stays while the stage is open. Without a rate the amount in base currency stays empty.
    """
    stage_id, since = way[-1]
    stage = _live(stage_id)
    certain = certainty(stage)
    ratio = row.get("probability_ratio") if stage.is_open else None
    columns = {
        "name_key": folded(row["name"]), "stage_id": stage.id, "pipeline_id": stage.pipeline_id, "status": stage.kind,
        "stage_since": since, "began_at": way[0][1], "closed_at": None if stage.is_open else since,
        "probability_ratio": certain if ratio is None else ratio,
        "probability_source": STAGE if ratio is None or ratio == certain else MANUAL,
        "rate": None, "base_amount": None, "base_currency": None,
    }  # fmt: skip
    if stage.is_open:
        return columns
    amount, currency = row.get("amount"), row.get("currency")
    if amount is not None and currency is not None and currency in rates and base_currency is not None:
        base_amount = rounded(exact_worth(amount, currency, base_currency, {**rates, base_currency: Decimal(1)}))
        columns |= {"rate": rates[currency], "base_amount": base_amount, "base_currency": base_currency}
    return {**columns, "close_on": row.get("close_on") or since.date()}


def facts_of(way: Way, opportunity_id: int, by_id: int | None) -> list[dict[str, Any]]:
    """The rows of a way, with how long each stage lasted."""
    facts: list[dict[str, Any]] = []
    before: tuple[int, datetime] | None = None
    for stage_id, at in way:
        facts.append({
            "opportunity_id": opportunity_id, "from_stage_id": before[0] if before else None, "to_stage_id": stage_id,
            "status": _live(stage_id).kind, "at": at, "by_id": by_id,
            "seconds": seconds_between(before[1], at) if before else None, "reason": None,
        })  # fmt: skip
        before = (stage_id, at)
    return facts


def insert_opportunities(session: Session, loaded: Iterable[Loaded], *, at: datetime, by_id: int | None) -> list[int]:
    """Write opportunities and their facts without history (what an import makes carries the import); gives their ids.

    Nothing is checked: stages must be live ids, references the reader's, and values as they are stored.
    """
    kept = list(loaded)
    ids = reserved_ids(session, Opportunity.__tablename__, len(kept))
    for start in range(0, len(kept), AT_ONCE):
        numbered = list(zip(kept[start : start + AT_ONCE], ids[start : start + AT_ONCE], strict=True))
        rows, facts = rows_of_loaded(numbered, at=at, by_id=by_id)
        write_many(session, insert(Opportunity), rows)
        write_many(session, insert(StageEvent), facts)
    return ids


def rows_of_loaded(
    numbered: Iterable[tuple[Loaded, int]], *, at: datetime, by_id: int | None
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of opportunities with the ids they are to have, and those of their facts."""
    stamps = {"created_at": at, "updated_at": at, "created_by_id": by_id, "updated_by_id": by_id, "version": 1}
    rows: list[dict[str, Any]] = []
    facts: list[dict[str, Any]] = []
    for one, id_ in numbered:
        columns = followed(one.values, one.way, one.rates, one.base_currency)
        rows.append({"id": id_, **USUAL, **stamps, **one.values, **columns})
        facts += facts_of(one.way, id_, by_id)
    return rows, facts


def _live(stage_id: int) -> Stage:
    stage = live.present().stage(stage_id)
    if stage is None:
        raise ValueError(f"no stage {stage_id}")
    return stage
