"""One release by team and by person: how each used the CRM in the four weeks before it and after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from implementor.adoption import queries, work_queries
from implementor.adoption.formula import Terms
from implementor.adoption.models import TeamDay
from implementor.adoption.reading import Group, added, person_group
from implementor.adoption.released import days_around, is_alike
from implementor.foundation.small_groups import FEWEST_PEOPLE, told_twice
from implementor.releases.release_models import ConfigRelease


@dataclass(frozen=True)
class Change:
    """A team, several told only together, or a person on the two days; None where nobody was known on one of them."""

    team_ids: tuple[int, ...]
    before: Group | None
    after: Group | None
    user_id: int | None = None
    name: str = ""

    @property
    def is_alike(self) -> bool:
        """Whether the index of both days may be compared."""
        return is_alike(self.before, self.after)


@dataclass(frozen=True)
class Parted:
    """The two days of a release and its teams; `hidden` where they are too few to tell anything."""

    before_on: date
    after_on: date
    teams: Sequence[Change]
    hidden: bool = False


def teams_around(
    session: Session, release: ConfigRelease, terms: Terms, zone: ZoneInfo, *, named: bool
) -> Parted | None:
    """Every team before and after a release; None before any facts are known. Unless `named`, of five or more."""
    newest = session.scalars(work_queries.newest_fact_day()).one_or_none()
    if newest is None:
        return None
    days = days_around(release, newest.day, zone)
    found: dict[date, dict[int, TeamDay]] = {day: {} for day in days}
    for row in session.scalars(queries.teams_of_days(set(days))):
        found[row.day][row.team_id] = row
    before, after = (found[day] for day in days)
    groups = told_twice(_sizes(before), _sizes(after), 0 if named else FEWEST_PEOPLE)
    if not groups.is_whole:
        return Parted(*days, (), hidden=True)
    together = [(team_id,) for team_id in groups.shown] + ([groups.merged] if groups.merged else [])
    changes = [Change(ids, _group(before, ids, terms), _group(after, ids, terms)) for ids in together]
    return Parted(*days, [one for one in changes if one.before or one.after])


def people_around(session: Session, parted: Parted, team_id: int, terms: Terms) -> list[Change]:
    """The people who are of a team (0: of none) on the later day, by name, on both days."""
    rows = session.execute(queries.people_of_day(parted.after_on, team_id)).all()
    ids = [row.PersonDay.user_id for row in rows]
    earlier = {row.user_id: row for row in session.scalars(queries.facts_of_people(ids, parted.before_on))}
    found = [
        Change((team_id,), _person(earlier.get(row.PersonDay.user_id), terms), _person(row.PersonDay, terms),
               row.PersonDay.user_id, row.name)
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.name)


def _sizes(rows: Mapping[int, TeamDay]) -> dict[int, int]:
    return {team_id: row.people for team_id, row in rows.items()}


def _group(rows: Mapping[int, TeamDay], team_ids: Sequence[int], terms: Terms) -> Group | None:
    group = added([rows[one] for one in team_ids if one in rows], terms)
    return group if group.people else None


def _person(row: Any, terms: Terms) -> Group | None:
    return person_group([row], terms) if row is not None else None
