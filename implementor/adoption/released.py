"""What releases changed in how the CRM is used: four weeks before and after, and how far their fields reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from implementor.adoption import queries, work_queries
from implementor.adoption.days import SPAN
from implementor.adoption.formula import Terms
from implementor.adoption.models import ReachDay, TeamDay
from implementor.adoption.reading import Group, added
from implementor.foundation.fields import Field, entities
from implementor.foundation.small_groups import FEWEST_PEOPLE
from implementor.releases.release_models import ConfigRelease
from implementor.releases.release_queries import latest_standing

SHOWN = 12


@dataclass(frozen=True)
class Reach:
    """One field of a release: on how many records, and by how many of the people who keep such records."""

    field: Field
    known: ReachDay | None


@dataclass(frozen=True)
class Released:
    """A release with how everybody used the CRM before it and after it; None where too few people are known."""

    release: ConfigRelease
    before_on: date
    after_on: date
    before: Group | None
    after: Group | None
    reach: Sequence[Reach]

    @property
    def is_alike(self) -> bool:
        """Whether the same parts are known of both days, so that their index may be compared."""
        return is_alike(self.before, self.after)


def is_alike(before: Group | None, after: Group | None) -> bool:
    """Whether the same parts are known of two groups, so that their index may be compared."""
    known = [{part for part, value in one.judged.parts.items() if value is not None}
             for one in (before, after) if one is not None]  # fmt: skip
    return len(known) == 2 and known[0] == known[1]


def releases_of(session: Session, project_id: int, terms: Terms, zone: ZoneInfo) -> list[Released]:
    """The latest releases that stand, the newest first; figures of a day are sums of the 28 days that end with it."""
    newest = session.scalars(work_queries.newest_fact_day()).one_or_none()
    found = session.scalars(latest_standing(project_id=project_id, limit=SHOWN)).all() if newest else []
    if newest is None or not found:
        return []
    days = {one.id: days_around(one, newest.day, zone) for one in found}
    known: dict[date, list[TeamDay]] = {}
    for row in session.scalars(queries.teams_of_days({day for pair in days.values() for day in pair})):
        known.setdefault(row.day, []).append(row)
    groups = {day: _told(rows, terms) for day, rows in known.items()}
    reach = _reach(session, [one.id for one in found], newest.day)
    return [
        Released(one, begin, end, groups.get(begin), groups.get(end), reach.get(one.id, ()))
        for one in found for begin, end in (days[one.id],)
    ]  # fmt: skip


def days_around(release: ConfigRelease, newest: date, zone: ZoneInfo) -> tuple[date, date]:
    """The day before a release, and four weeks after it or the newest day known."""
    on = release.applied_at.astimezone(zone).date()
    return on - timedelta(days=1), min(on + timedelta(days=SPAN), newest)


def _told(rows: Sequence[TeamDay], terms: Terms) -> Group | None:
    group = added(rows, terms)
    return group if group.people >= FEWEST_PEOPLE else None


def _reach(session: Session, release_ids: Sequence[int], day: date) -> Mapping[int, list[Reach]]:
    known = {row.field: row for row in session.scalars(queries.reach_on(day))}
    found: dict[int, list[Reach]] = {}
    for row in session.execute(queries.fields_of_releases(release_ids)):
        field = entities[row.kind].fields.get(row.key)
        if field is not None:
            found.setdefault(row.release_id, []).append(Reach(field, known.get(row.key)))
    return found
