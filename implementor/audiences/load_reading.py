"""The load of every audience of a project as it is written down, and what it says of the plan of a wave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from implementor.audiences.load import Blackout, LoadedWeek, Ramp, Release, loads_of, monday_of, weeks_of
from implementor.audiences.models import Audience
from implementor.audiences.queries import impacts as queries
from implementor.audiences.queries.audiences import audiences_of_project
from implementor.foundation.words import Phrase, say
from implementor.waves.models import Wave

MOST_TOLD = 5


@dataclass(frozen=True)
class ProjectLoad:
    """Audiences by weeks. `rows` has as many weeks for each audience as `weeks`."""

    ramp: Ramp
    weeks: Sequence[date]
    audiences: Sequence[Audience]
    releases: Mapping[int, Sequence[Release]]
    rows: Mapping[int, Sequence[LoadedWeek]]

    def told_of(self, wave: Wave) -> list[Phrase]:
        """What planning this wave makes too much, and which release falls into days that were to be free of change."""
        found: list[Phrase] = []
        for audience in self.audiences:
            mine = next((one for one in self.releases.get(audience.id, ()) if one.wave_id == wave.id), None)
            if mine is None or not mine.points:
                continue
            for week in self.rows[audience.id]:
                apart = (week.week - monday_of(mine.on)).days // 7
                if not -self.ramp.weeks_before <= apart <= self.ramp.weeks_after:
                    continue
                if week.is_over:
                    found.append(_too_much(audience, week, self.ramp))
                if week.blackouts and apart == 0:
                    found.append(_in_blackout(audience, week))
        return found[:MOST_TOLD]


def load_of_project(session: Session, project_id: int) -> ProjectLoad:
    """The load of a project, read in five statements."""
    place = {"project_id": project_id}
    rule = session.scalars(queries.load_rule_of(**place)).one_or_none()
    ramp = Ramp() if rule is None else Ramp(rule.weeks_before, rule.weeks_after, rule.limit_points)
    audiences = session.scalars(audiences_of_project(**place)).all()
    ends = {row.id: row.ends_on for row in session.execute(queries.waves_of_grid(**place))}
    releases: dict[int, list[Release]] = {}
    for row in session.execute(queries.sums_of_project(**place)):
        if ends.get(row.wave_id) is not None:
            releases.setdefault(row.audience_id, []).append(Release(row.wave_id, ends[row.wave_id], row.points))
    blackouts = [
        Blackout(one.name, one.starts_on, one.ends_on, one.audience_id)
        for one in session.scalars(queries.blackouts_of(**place))
    ]
    weeks = weeks_of([one for group in releases.values() for one in group], ramp)
    rows = {one.id: loads_of(one.id, releases.get(one.id, ()), ramp, weeks, blackouts) for one in audiences}
    return ProjectLoad(ramp, weeks, audiences, releases, rows)


def warnings_of(session: Session, wave: Any) -> list[Phrase]:
    """What the plan of a wave should warn of: who is overloaded, in which week, how much."""
    return load_of_project(session, wave.project_id).told_of(wave)


def _too_much(audience: Audience, week: LoadedWeek, ramp: Ramp) -> Phrase:
    return say(
        "%(audience)s bears too much change in the week of %(week)s: load %(load)s, the limit is %(limit)s.",
        audience=audience.name, week=week.week, load=week.load, limit=ramp.limit,
    )  # fmt: skip


def _in_blackout(audience: Audience, week: LoadedWeek) -> Phrase:
    return say(
        "The wave ends for %(audience)s in the week of %(week)s, during %(blackout)s.",
        audience=audience.name, week=week.week, blackout=week.blackouts[0],
    )  # fmt: skip
