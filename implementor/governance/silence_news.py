"""Telling of what rests, step by step and each step once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.permissions import Role
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say
from implementor.governance.models import SilenceNotice
from implementor.governance.queries.silence import holders, notices_about, resting
from implementor.governance.services.silence import limit_of, present_limits
from implementor.governance.silence import SilentKind, days_silent, silent_kinds, step_of
from implementor.notifications.news import News
from implementor.notifications.notices import tell_people

NEWS = "governance.silence"
AT_ONCE = 200


def tell_of_silence(session: Session, kind: str, *, at: datetime, after: int = 0) -> tuple[int, int | None]:
    """Tell whoever is next of what rests too long, of one kind and one batch after an id.

    Returns how many were told and the id to go on after, None at the end.
    """
    declared, limits = silent_kinds[kind], present_limits(session)
    least = min([declared.days, *(days for (_, of), days in limits.items() if of == kind)])
    found = resting(declared.open_rows(), since=at - timedelta(days=least), after=after, limit=AT_ONCE)
    rows = session.execute(found).all()
    told = {(row.record_id, row.moved_at, row.step) for row in _notices(session, kind, rows)}
    leading: dict[tuple[int, str], int] = {}
    for project_id, role, user_id in session.execute(holders(project_ids={row.project_id for row in rows})):
        leading.setdefault((project_id, role), user_id)
    count = 0
    for row in rows:
        days = days_silent(row.moved_at, at)
        for step in range(1, step_of(days, limit_of(limits, row.project_id, declared)) + 1):
            if (row.id, row.moved_at, step) not in told:
                count += _tell(session, declared, row, step, _hearer(row, step, leading), days, at)
    session.flush()
    return count, rows[-1].id if len(rows) == AT_ONCE else None


def _notices(session: Session, kind: str, rows: Sequence[Any]) -> Sequence[Any]:
    return session.execute(notices_about(kind, [row.id for row in rows])).all() if rows else ()


def _hearer(row: Any, step: int, leading: Mapping[tuple[int, str], int]) -> int | None:
    """Who hears of it at a step; without an owner the lead does at once."""
    lead = leading.get((row.project_id, str(Role.PROJECT_LEAD)))
    if step == 1:
        return row.hearer_id or lead
    return lead if step == 2 else leading.get((row.project_id, str(Role.SPONSOR)))


def _tell(
    session: Session, declared: SilentKind, row: Any, step: int, user_id: int | None, days: int, at: datetime
) -> int:
    kind = declared.entity.kind
    session.add(
        SilenceNotice(
            project_id=row.project_id, record_kind=kind, record_id=row.id, moved_at=row.moved_at, step=step, told_at=at,
            told_id=user_id,
        )
    )  # fmt: skip
    if user_id is None:
        return 0
    news = News(
        kind=NEWS,
        # without the step: who is owner and lead hears of one silence once
        key=f"{NEWS}-{kind}-{row.id}-{row.moved_at:%Y%m%d%H%M%S}",
        sentence=say(
            "%(project)s: %(kind)s %(number)s has not moved for %(days)s days", project=row.project_key,
            kind=declared.entity.label, number=row.number, days=days,
        ),
        record=RecordRef(kind, row.id),
        title=row.title,
        page=declared.page(row.project_key, row),
        at=at,
    )  # fmt: skip
    return tell_people(session, [user_id], news)
