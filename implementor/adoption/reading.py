"""What pages show of daily facts: groups of people judged by the formula, small ones only together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.adoption import queries, work_queries
from implementor.adoption.days import WEEK
from implementor.adoption.formula import PROCESS, WHOLE, Facts, Judged, Terms, judged
from implementor.adoption.models import FactDay, TeamDay
from implementor.adoption.services import SUMMED, terms_of
from implementor.foundation.small_groups import FEWEST_PEOPLE, told

WEEKS_SHOWN = 13
COUNTED = ("people", "newcomers", "active_1", "active_7", "active_28", "writes", "records")


@dataclass(frozen=True)
class Group:
    """People of some teams on a day, added up; `team_ids` are one team, or several that are told only together."""

    team_ids: tuple[int, ...]
    people: int
    newcomers: int
    active_1: int
    active_7: int
    active_28: int
    writes: int
    records: int
    facts: Facts
    judged: Judged

    @property
    def index(self) -> Decimal | None:
        """The adoption index as a ratio."""
        return ratio(self.judged.index)

    @property
    def active(self) -> Decimal | None:
        """Who wrote something in the last seven days, of all."""
        return Decimal(self.active_7) / self.people if self.people else None

    def part(self, name: str) -> Decimal | None:
        """A part of the index as a ratio."""
        return ratio(self.judged.parts[name])

    @property
    def shares(self) -> Mapping[str, Decimal | None]:
        """The figures that the parts are made of, as ratios of what is there, not of the targets."""
        of = self.facts
        pairs = {
            "complete": (of.filled, of.wanted), "valid": (of.valid, of.checked), "prompt": (of.on_time, of.entered),
            "healthy": (of.healthy, of.open_sales),
        }  # fmt: skip
        return {name: Decimal(part) / whole if whole else None for name, (part, whole) in pairs.items()}


Points = Sequence[tuple[date, Decimal]]


@dataclass(frozen=True)
class Course:
    """How process went, which is known from the history, and the index, which is known since records were looked at."""

    process: Points
    index: Points


@dataclass(frozen=True)
class Standing:
    """How the CRM is used on the newest day that is written down, and how the whole came there by weeks.

    `weeks` holds for each group shown how process came there by weeks, and for all together, under no team, the index
    too, from the day on of which quality is known. `hidden`: there are people, but too few to tell anything of them.
    """

    known: FactDay | None
    terms: Terms
    groups: Sequence[Group]
    merged: Group | None
    whole: Group | None
    weeks: Mapping[tuple[int, ...], Course]
    hidden: bool = False


def ratio(kept: int | None) -> Decimal | None:
    """Ten-thousandths as a ratio."""
    return None if kept is None else Decimal(kept) / WHOLE


def standing_of(session: Session, *, named: bool) -> Standing:
    """How all teams stand; whoever may see people by name sees small teams by themselves too."""
    known = session.scalars(work_queries.newest_fact_day()).one_or_none()
    formulas = {one.id: terms_of(one) for one in session.scalars(queries.formulas())}
    terms = next(iter(formulas.values()), Terms())
    if known is None:
        return Standing(None, terms, (), None, None, {})
    days = [known.day - timedelta(days=WEEK * back) for back in reversed(range(WEEKS_SHOWN))]
    past = session.execute(queries.team_courses(days)).all()
    today = list(session.scalars(queries.teams_of_day(known.day)))
    sizes = {row.team_id: row.people for row in today}
    groups = told(sizes, 1 if named else FEWEST_PEOPLE)
    by_team = {row.team_id: row for row in today}
    shown = [added([by_team[team_id]], terms) for team_id in groups.shown]
    merged = added([by_team[team_id] for team_id in groups.merged], terms) if groups.merged else None
    if not groups.is_whole:
        return Standing(known, terms, [one for one in shown if not one.people], None, None, {}, hidden=True)
    since = session.scalar(queries.kept_since())
    of_team: dict[int, list[Any]] = defaultdict(list)
    for row in past if named else ():
        of_team[row.team_id].append(row)
    weeks = {one.team_ids: course_of(of_team[one.team_ids[0]], since) for one in shown} if named else {}
    return Standing(
        known, terms, shown, merged, added(today, terms) if today else None, weeks | {(): _weeks(past, formulas, since)}
    )


def added(rows: Sequence[TeamDay], terms: Terms) -> Group:
    """Facts of teams added up and judged together."""
    facts = _summed(rows)
    counts = {name: sum(getattr(row, name) for row in rows) for name in COUNTED}
    return Group(tuple(row.team_id for row in rows), **counts, facts=facts, judged=judged(facts, terms))


def _summed(rows: Sequence[Any]) -> Facts:
    return Facts(**{one.name: sum(getattr(row, one.name) for row in rows) for one in fields(Facts)})


def person_group(rows: Sequence[Any], terms: Terms) -> Group:
    """The facts of one person on a day, as a group of one."""
    row = rows[0]
    facts = Facts(1, **{name: getattr(row, name) for name in SUMMED})
    counts = {"people": 1, "newcomers": int(row.is_new), "active_1": int(bool(row.writes)),
              "active_7": int(row.active_7), "active_28": int(bool(row.writing)), "writes": row.writes,
              "records": row.records}  # fmt: skip
    return Group((row.team_id or 0,), **counts, facts=facts, judged=judged(facts, terms))


def course_of(rows: Iterable[Any], since: date | None) -> Course:
    """The days of one team or person as a course; `since` is the first day of which quality is known."""
    found = list(rows)
    known = [row for row in found if since is not None and row.day >= since]
    return Course(_points(found, "process"), _points(known, "score"))


def _points(rows: Iterable[Any], name: str) -> Points:
    return _known((row.day, ratio(getattr(row, name))) for row in rows)


def _weeks(rows: Iterable[Any], formulas: Mapping[int, Terms], since: date | None) -> Course:
    """All teams together at the ends of weeks, judged as one group by the formula that each day was judged by.

    So the newest point is the figure that is told of that day, as long as the formula stays as it was.
    """
    by_day: dict[date, list[Any]] = defaultdict(list)
    for row in rows:
        by_day[row.day].append(row)
    found = [(day, judged(_summed(teams), formulas[max(row.formula_id for row in teams)]))
             for day, teams in sorted(by_day.items()) if sum(row.people for row in teams) >= FEWEST_PEOPLE]  # fmt: skip
    process = [(day, ratio(one.parts[PROCESS])) for day, one in found]
    index = [(day, ratio(one.index)) for day, one in found if since is not None and day >= since]
    return Course(_known(process), _known(index))


def _known(points: Iterable[tuple[date, Decimal | None]]) -> Points:
    return [(day, value) for day, value in points if value is not None]
