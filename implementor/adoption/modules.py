"""What is known of the work with each kind of record: what was written lately, and how well it is kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import Select
from sqlalchemy.orm import Session

from implementor.adoption import queries
from implementor.adoption.days import SPAN
from implementor.crm.records.kinds import crm_kinds
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase


@dataclass(frozen=True)
class Module:
    """One kind of record: how many people wrote or keep some, what they wrote in 28 days, how it is kept."""

    kind: str
    label: Phrase
    people: int
    created: int = 0
    changed: int = 0
    records: int = 0
    whole: int = 0
    complete: Decimal | None = None
    valid: Decimal | None = None
    list_view: str | None = None


def modules_of(
    session: Session, user_ids: Collection[int] | Select[int], day: date, *, actor: Actor, fewest: int
) -> list[Module]:
    """The kinds that these people work with, in the order of the navigation; of fewer than `fewest` nothing is told."""
    first = day - timedelta(days=SPAN - 1)
    wrote = {row.kind: row for row in session.execute(queries.work_by_kind(user_ids, first, day))}
    kept = {row.kind: row for row in session.execute(queries.kept_by_kind(user_ids, day))}
    found = []
    for kind, declared in sorted(crm_kinds.items(), key=lambda pair: pair[1].order):
        work, state = wrote.get(kind), kept.get(kind)
        numbers = [row.people for row in (work, state) if row is not None]
        if not numbers or min(numbers) < fewest:
            continue
        found.append(
            Module(
                kind, declared.entity.label_plural, max(numbers),
                created=int(work.created) if work else 0, changed=int(work.changed) if work else 0,
                records=int(state.records) if state else 0, whole=int(state.whole) if state else 0,
                complete=_share(state.filled, state.wanted) if state else None,
                valid=_share(state.valid, state.checked) if state else None,
                list_view=f"{declared.plural}.index" if actor.may(declared.may_view) else None,
            )
        )  # fmt: skip
    return found


def _share(part: int, whole: int) -> Decimal | None:
    return Decimal(int(part)) / int(whole) if whole else None
