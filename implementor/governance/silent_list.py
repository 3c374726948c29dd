"""The silent signals of a project: what has not moved, whose, since when, past which limit, and who was told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor
from implementor.governance.queries.silence import notices_about, resting
from implementor.governance.services.silence import limit_of, present_limits
from implementor.governance.silence import STEPS, SilentKind, days_silent, silent_kinds, step_of

MOST = 100
"""Of each kind; whoever has more has no list to read but a habit to change."""


@dataclass(frozen=True)
class Silent:
    """One record that rests; `told` are (step, moment, name) of those who heard of it since it moved."""

    declared: SilentKind
    row: Any
    days: int
    limit: int
    told: Sequence[tuple[int, datetime, str | None]]

    @property
    def step(self) -> int:
        return step_of(self.days, self.limit)

    @property
    def tone(self) -> str:
        """How far it has gone, as the tone of a badge."""
        return {1: "review", 2: "risk", 3: "off"}[self.step]

    @property
    def whose(self) -> Any:
        """Whose matter it is by now."""
        return STEPS[self.step]


@dataclass(frozen=True)
class SilentList:
    """Everything that rests, the longest past its limit first; `limits` are those of every kind the reader sees."""

    rows: Sequence[Silent]
    limits: Mapping[str, int]


def silent_list(session: Session, *, project_id: int, by: Actor, at: datetime) -> SilentList:
    """The silent signals of a project; two statements for each kind the reader may see."""
    known = present_limits(session, project_id=project_id)
    seen = {kind: declared for kind, declared in silent_kinds.items() if by.may(declared.may_view)}
    limits = {kind: limit_of(known, project_id, declared) for kind, declared in seen.items()}
    rows = [
        one
        for kind, declared in seen.items()
        for one in _of_kind(session, declared, limits[kind], project_id=project_id, at=at)
    ]
    rows.sort(key=lambda one: (-one.days / one.limit, one.row.moved_at))
    return SilentList(rows, limits)


def _of_kind(session: Session, declared: SilentKind, limit: int, *, project_id: int, at: datetime) -> Sequence[Silent]:
    since = at - timedelta(days=limit)
    found = resting(declared.open_rows(), since=since, project_id=project_id, limit=MOST)
    rows = session.execute(found).all()
    told: dict[int, list[Any]] = {row.id: [] for row in rows}
    for one in session.execute(notices_about(declared.entity.kind, told)):
        told[one.record_id].append(one)
    return [
        Silent(
            declared, row, days_silent(row.moved_at, at), limit,
            [(one.step, one.told_at, one.who) for one in told[row.id] if one.moved_at == row.moved_at],
        )
        for row in rows
    ]  # fmt: skip
