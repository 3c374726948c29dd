"""What groups say of themselves in a pulse survey beside what they do in the records."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from implementor.adoption import queries, work_queries
from implementor.adoption.formula import Terms
from implementor.adoption.models import TeamDay
from implementor.adoption.reading import Group as Measured
from implementor.adoption.reading import added
from implementor.adoption.services import terms_of
from implementor.foundation.local_days import local_day
from implementor.foundation.small_groups import told
from implementor.foundation.words import Phrase, say
from implementor.surveys.models import Survey
from implementor.surveys.results import Group, groups_of

CONFIDENT, UNHAPPY = Decimal(4), Decimal(3)
"""Who says 4 of ability or more is sure of it; who says 3 of desire or less does not want it."""
LITTLE, MUCH = Decimal("0.5"), Decimal("0.7")
"""An index below the one is little use, from the other on it is use."""
CONFIDENT_NOT_DOING, DOING_UNHAPPY, IN_STEP, HELD_BACK = "confident", "unhappy", "in_step", "held_back"
VERDICTS: Mapping[str, Phrase] = {
    CONFIDENT_NOT_DOING: say("Confident but not doing"), DOING_UNHAPPY: say("Doing but unhappy"),
    HELD_BACK: say("Held back"), IN_STEP: say("In step"),
}  # fmt: skip
WHAT_TO_DO: Mapping[str, Phrase] = {
    CONFIDENT_NOT_DOING: say("They say that they can, and the records show little: look together at one day of work, "
                             "find what they use instead, and switch it off."),
    DOING_UNHAPPY: say("They use it against their will: ask what costs them time, and take the first stone away before "
                       "they find a way around."),
}  # fmt: skip


@dataclass(frozen=True)
class Gap:
    """A group of a survey with what it does on a day; `measured` is None where that would tell of few."""

    said: Group
    measured: Measured | None
    verdict: str | None


@dataclass(frozen=True)
class SayDo:
    """The groups of a survey, and the day on which their use was read; None where it was never read."""

    gaps: Sequence[Gap]
    day: date | None


def verdict_of(elements: Mapping[str, Decimal], index: Decimal | None) -> str | None:
    """What a group that says this does by that index; None where one of them is not known."""
    if index is None or "ability" not in elements or "desire" not in elements:
        return None
    if elements["ability"] >= CONFIDENT and index < LITTLE:
        return CONFIDENT_NOT_DOING
    if elements["desire"] <= UNHAPPY and index >= MUCH:
        return DOING_UNHAPPY
    return HELD_BACK if any(mean <= UNHAPPY for mean in elements.values()) else IN_STEP


def measurable(teams: Collection[int], sizes: Mapping[int, int]) -> bool:
    """Whether the use of these teams may be told.

    It may where they are all of what is told on the page of use: teams by themselves, or all those that are only told
    together. Any other sum could be subtracted from what is told there.
    """
    groups = told(sizes)
    present = {team for team in teams if sizes.get(team)}
    merged = {team for team in groups.merged if sizes[team]}
    if not present or not groups.is_whole:
        return False
    return merged <= present or not merged & present


def say_do_of(session: Session, survey: Survey) -> SayDo:
    """The groups of a closed pulse survey beside their use on the day it closed, or on the newest day before."""
    day = session.scalar(work_queries.fact_day_until(local_day(survey.closed_at))) if survey.closed_at else None
    rows = {row.team_id: row for row in session.scalars(queries.teams_of_day(day))} if day else {}
    formula = session.scalars(queries.formulas().limit(1)).one_or_none()
    terms = terms_of(formula) if formula is not None else Terms()
    areas = {row.id: row.area_id or 0 for row in session.execute(queries.team_names())} if rows else {}
    gaps = [
        _gap(group, _teams(group, survey.grouping, rows, areas), rows, terms) for group in groups_of(session, survey)
    ]
    return SayDo(gaps, day)


def _gap(group: Group, teams: Sequence[int], rows: Mapping[int, TeamDay], terms: Terms) -> Gap:
    may_tell = measurable(teams, {team: row.people for team, row in rows.items()})
    measured = added([rows[team] for team in teams], terms) if may_tell else None
    means = {name: one.mean for name, one in group.elements.items()}
    return Gap(group, measured, verdict_of(means, measured.index if measured is not None else None))


def _teams(group: Group, grouping: str, rows: Mapping[int, TeamDay], areas: Mapping[int, int]) -> list[int]:
    """The teams of a group of a survey that there are figures of; none for levels, which are in every team."""
    if grouping == "team":
        return [team for team in rows if team in group.units]
    if grouping == "area":
        return [team for team in rows if areas.get(team, 0) in group.units]
    return []
