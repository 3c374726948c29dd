"""Saying how long records of a project may rest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.governance.models import SilenceLimit
from implementor.governance.queries.silence import limits_of
from implementor.governance.silence import LONGEST_LIMIT, SilentKind, silent_kinds
from implementor.history.services import name_action

Limits = Mapping[tuple[int, str], int]
"""By project and kind: the days that a project set for itself."""


def set_limits(session: Session, *, project_id: int, days: Mapping[str, int], by: Actor, at: datetime) -> None:
    """Say after how many days records of each kind are told of. Raises InvalidInput outside 1 to 365."""
    wrong = [kind for kind, limit in days.items() if kind in silent_kinds and not 1 <= limit <= LONGEST_LIMIT]
    if wrong:
        reason = say("Between 1 and %(most)s days, please.", most=LONGEST_LIMIT)
        raise InvalidInput(dict.fromkeys(wrong, reason))
    known = {one.kind: one for one in session.scalars(limits_of(project_id=project_id))}
    for kind, limit in days.items():
        if kind in known:
            known[kind].days = limit
        elif kind in silent_kinds and limit != silent_kinds[kind].days:
            session.add(SilenceLimit(project_id=project_id, kind=kind, days=limit))
    name_action(
        session, say("Said how long records may rest"), verb="silence.set_limits", project_id=project_id
    )  # fmt: skip
    session.flush()


def limit_of(limits: Limits, project_id: int, declared: SilentKind) -> int:
    """After how many days a kind is told of in a project."""
    return limits.get((project_id, declared.entity.kind), declared.days)


def present_limits(session: Session, *, project_id: int | None = None) -> Limits:
    """The limits that projects set for themselves."""
    return {(one.project_id, one.kind): one.days for one in session.scalars(limits_of(project_id=project_id))}
