"""What lists show and ask of cases beyond their own columns: how near their limit, and whether they are open."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, false, or_, select

from implementor.auth.models import Area, Team
from implementor.crm.cases.models import DONE, STATUSES, Case
from implementor.crm.cases.words import IN_TIME, LATE, NEAR, NOTHING
from implementor.foundation.errors import BadValue
from implementor.foundation.fields import Scope
from implementor.foundation.text import folded
from implementor.foundation.words import say

OPEN = tuple(one for one in STATUSES if one not in DONE)
_now = bindparam("case_now", callable_=lambda: datetime.now(UTC), type_=Case.__table__.c.due_at.type)
LIMIT: ColumnElement[str] = case(
    (Case.due_at.is_(None), NOTHING), (Case.due_at < _now, LATE), (Case.warn_at <= _now, NEAR), else_=IN_TIME
)


def near_limit(wanted: list[str], _scope: Scope) -> ColumnElement[bool]:
    """Cases by how near their first limit is at this moment."""
    now = datetime.now(UTC)
    conditions = {
        LATE: Case.due_at < now,
        NEAR: and_(Case.warn_at <= now, Case.due_at >= now),
        IN_TIME: and_(Case.warn_at > now, Case.due_at >= now),
        NOTHING: Case.due_at.is_(None),
    }
    return or_(false(), *(conditions[key] for key in wanted if key in conditions))


def still_open(values: list[str], _scope: Scope) -> ColumnElement[bool]:
    """Cases that are open (yes), or resolved and closed (no)."""
    wanted = {_yes(text) for text in values}
    keys = [one for one in STATUSES if (one in OPEN) in wanted]
    return Case.status.in_(keys)


def _yes(text: str) -> bool:
    word = folded(text)
    if word in ("y", "yes", "si", "true", "1"):
        return True
    if word in ("n", "no", "false", "0"):
        return False
    raise BadValue(say("Still open is yes or no."))


def case_like(words: str) -> ColumnElement[bool]:
    """Cases of this number, or whose subject begins with these words."""
    return or_(Case.code == words.strip().upper(), Case.subject_key.startswith(folded(words), autoescape=True))


def areas_in_use(_scope: Scope) -> Select[int, str]:
    """(id, name) of the areas of the company, by name."""
    return select(Area.id, Area.name).where(Area.archived_at.is_(None)).order_by(Area.name_key, Area.id)


def teams_in_use(_scope: Scope) -> Select[int, str]:
    """(id, name) of the teams in use, by name."""
    return select(Team.id, Team.name).where(Team.archived_at.is_(None)).order_by(Team.name_key, Team.id)
