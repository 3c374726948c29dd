"""What changed about a case, as facts: each aspect with what it was before and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.auth.models import Area, User
from implementor.crm.cases import queries
from implementor.crm.cases.models import AREA, ASPECTS, OWNER, PRIORITY, STATUS, CaseEvent

NAMED = {OWNER: User, AREA: Area}
"""Aspects whose keys are ids of something that has a name."""


@dataclass(frozen=True)
class Standing:
    """How a case stands: what its facts are about, and what it is a duplicate of."""

    status: str | None = None
    owner: int | None = None
    area: int | None = None
    priority: str | None = None
    duplicate_of: int | None = None


NOWHERE = Standing()
"""Before it was opened."""


def standing_of(case: Any) -> Standing:
    """How a case stands now."""
    return Standing(case.status, case.owner_id, case.area_id, case.priority, case.duplicate_of_id)


def note_facts(
    session: Session, case: Any, before: Standing, *, by_id: int | None, at: datetime, note: str | None = None
) -> list[CaseEvent]:
    """Write down what is different from before; the note goes with the first fact."""
    now, made = standing_of(case), []
    for aspect in ASPECTS:
        was, is_ = getattr(before, aspect), getattr(now, aspect)
        if was == is_:
            continue
        since = session.scalar(queries.last_events(case.id, aspect)) if before != NOWHERE else None
        made.append(
            CaseEvent(
                case_id=case.id, aspect=aspect, from_key=_key(was), to_key=_key(is_),
                from_label=_label(session, aspect, was), to_label=_label(session, aspect, is_), at=at, by_id=by_id,
                seconds=_seconds(since, case.opened_at, at) if before != NOWHERE else None, note=None,
            )
        )  # fmt: skip
    if made:
        _told_with(made).note = note
    session.add_all(made)
    return made


def _told_with(made: list[CaseEvent]) -> CaseEvent:
    """The fact that a note is about: a hand-over before everything else, then the status."""
    order = (AREA, STATUS, OWNER, PRIORITY)
    return min(made, key=lambda one: order.index(one.aspect))


def _key(value: Any) -> str | None:
    return None if value is None else str(value)


def _label(session: Session, aspect: str, value: Any) -> str | None:
    if value is None or aspect not in NAMED:
        return None
    found: Any = session.get(NAMED[aspect], value)
    return str(found.name) if found is not None else None


def _seconds(since: datetime | None, opened_at: datetime, at: datetime) -> int:
    return max(0, int((at - (since or opened_at)).total_seconds()))
