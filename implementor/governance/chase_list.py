"""The chase list of a project: what waits for whom since when, and whether somebody reminded them already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor
from implementor.governance.chasing import REST, Chased, chased_kinds
from implementor.governance.queries.chase import last_reminders, people_by_role, waiting_rows
from implementor.projects.queries import people_of_project

MOST = 100
"""Of each kind; whoever has more has no list to run after but a habit to change."""


@dataclass(frozen=True)
class Matter:
    """One thing that somebody still has to do; `who` and `who_id` are the owner, else the holder of the role."""

    declared: Chased
    row: Any
    who_id: int | None
    who: str | None
    since: date | None
    days: int
    reminded: Any | None
    may_remind: bool


@dataclass(frozen=True)
class ChaseList:
    """`matters` in the order of kinds, the longest waiting first; `people` are all whose they are, by id."""

    matters: Sequence[Matter]
    people: Mapping[int, str]
    kinds: Sequence[Chased]
    is_cut: bool


def chase_list(
    session: Session, *, project_id: int, by: Actor, at: datetime, kind: str = "", person_id: int | None = None,
    matter_id: int | None = None,
) -> ChaseList:  # fmt: skip
    """What waits in a project, of one kind and one person if asked; one statement for each kind and three more.

    Whoever has left the project is told nothing of it any more: what they own is a matter of the role.
    """
    seen = [one for one in chased_kinds.values() if by.may(one.may_view)]
    holders: dict[str, tuple[int, str]] = {}
    for role, user_id, name in session.execute(people_by_role(project_id=project_id, roles={one.role for one in seen})):
        holders.setdefault(role, (user_id, name))
    inside = {row.id for row in session.execute(people_of_project(project_id=project_id))}
    reminded = {(one.chased, one.matter_id): one for one in session.execute(last_reminders(project_id=project_id))}
    found: list[Matter] = []
    is_cut = False
    for declared in (one for one in seen if kind in ("", one.key)):
        asked = waiting_rows(declared.rows(at.date()), project_id=project_id, matter_id=matter_id, limit=MOST)
        rows = session.execute(asked).all()
        is_cut = is_cut or len(rows) == MOST
        found += [
            _matter(declared, row, inside, holders, reminded.get((declared.key, row.id)), at) for row in rows
        ]  # fmt: skip
    people = {one.who_id: str(one.who) for one in found if one.who_id is not None}
    wanted = [one for one in found if person_id is None or one.who_id == person_id]
    return ChaseList(wanted, dict(sorted(people.items(), key=lambda pair: pair[1])), seen, is_cut)


def _matter(
    declared: Chased, row: Any, inside: Set[int], holders: Mapping[str, tuple[int, str]], reminded: Any | None,
    at: datetime,
) -> Matter:  # fmt: skip
    own = row.owner_id in inside
    who_id, who = (row.owner_id, row.owner) if own else holders.get(str(declared.role), (None, None))
    rests = reminded is not None and at - reminded.at < REST
    since = row.due_on.date() if isinstance(row.due_on, datetime) else row.due_on
    days = max(0, (at.date() - since).days) if since else 0
    return Matter(declared, row, who_id, who, since, days, reminded, who_id is not None and not rests)
