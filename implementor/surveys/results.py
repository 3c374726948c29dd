"""What a closed survey tells: its groups, all together, what people wrote, and the surveys that asked the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.local_days import local_day
from implementor.foundation.words import Phrase, say
from implementor.surveys import queries
from implementor.surveys.catalogue import LEVEL_NAMES
from implementor.surveys.findings import Finding, barrier, finding, together
from implementor.surveys.models import ELEMENTS, SCALE, Survey, SurveyGroup, SurveyQuestion

NO_UNIT = {"team": say("Of no team"), "area": say("Of no area")}
Counts = Mapping[int, int]


@dataclass(frozen=True)
class Group:
    """People told together: names of their units, how many were asked (None where nobody knows) and answered.

    `counts` are people by answer for each question; `barriers` people by the element that holds them back.
    """

    units: tuple[Any, ...]
    names: Sequence[Phrase | str]
    asked: int | None
    answered: int
    counts: Mapping[int, Counts]
    barriers: Mapping[str, int]
    marks: Mapping[str, int]

    def finding(self, question_id: int) -> Finding | None:
        """Mean and share at three or below of a question from 1 to 5."""
        return finding(self.counts.get(question_id, {}))

    @property
    def elements(self) -> dict[str, Finding]:
        """The findings of ADKAR, where it was asked."""
        found = {name: self.finding(self.marks[name]) for name in ELEMENTS if name in self.marks}
        return {name: one for name, one in found.items() if one is not None}

    @property
    def barrier(self) -> str | None:
        """The element that holds the group back."""
        return barrier({name: one.mean for name, one in self.elements.items()})


@dataclass(frozen=True)
class Round:
    """One of the surveys that asked the same: when it closed, how many answered, means by question."""

    survey: Survey
    on: date
    findings: Mapping[str, Finding]


@dataclass(frozen=True)
class Results:
    """What is told; no groups where fewer than five answered."""

    groups: Sequence[Group]
    whole: Group | None
    questions: Sequence[SurveyQuestion]
    rounds: Sequence[Round]


def results_of(session: Session, survey: Survey) -> Results:
    """Of a closed survey."""
    questions = session.scalars(queries.questions_of(survey_id=survey.id)).all()
    groups = groups_of(session, survey)
    return Results(groups, _whole(groups, survey.asked), questions, _rounds(session, survey))


def groups_of(session: Session, survey: Survey) -> list[Group]:
    """The groups of a closed survey with what they answered."""
    names = {} if survey.grouping == "level" else {
        row.id: row.name for row in session.execute(queries.names_of_units(survey.grouping))
    }  # fmt: skip
    counts: dict[int, dict[int, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    marks: dict[str, int] = {}
    for row in session.execute(queries.counts_of([survey.id])):
        counts[row.place][row.question_id][row.value] = row.people
        if row.mark and row.kind == SCALE:
            marks[row.mark] = row.question_id
    return [
        _group(one, survey, names, counts[one.place], marks) for one in session.scalars(queries.groups_of([survey.id]))
    ]


def _group(
    one: SurveyGroup, survey: Survey, names: Mapping[Any, str], counts: Mapping[int, Counts], marks: Mapping[str, int]
) -> Group:
    said = [
        LEVEL_NAMES.get(unit) or names.get(unit) or NO_UNIT.get(survey.grouping, say("Others")) for unit in one.units
    ]
    return Group(tuple(one.units), said, one.asked, one.answered, counts, one.barriers, marks)


def _whole(groups: Sequence[Group], asked: int | None) -> Group | None:
    if not groups:
        return None
    ids = {question_id for one in groups for question_id in one.counts}
    counts = {question_id: together(one.counts.get(question_id, {}) for one in groups) for question_id in ids}
    barriers: Counter[str] = sum((Counter(one.barriers) for one in groups), Counter())
    units = tuple(unit for one in groups for unit in one.units)
    return Group(units, [], asked, sum(one.answered for one in groups), counts, barriers, groups[0].marks)


def _rounds(session: Session, survey: Survey) -> list[Round]:
    """Every closed survey that asked the same, by the words of its questions."""
    first_id = survey.first_id or survey.id
    found = session.scalars(queries.rounds_of(project_id=survey.project_id, first_id=first_id)).all()
    by_survey: dict[int, dict[str, list[Counts]]] = defaultdict(lambda: defaultdict(list))
    for row in session.execute(queries.counts_of([one.id for one in found])) if len(found) > 1 else ():
        if row.kind == SCALE:
            by_survey[row.survey_id][row.mark or row.name].append({row.value: row.people})
    return [
        Round(one, local_day(one.closed_at), _means(by_survey[one.id])) for one in found if one.closed_at is not None
    ]


def _means(counts: Mapping[str, Iterable[Counts]]) -> dict[str, Finding]:
    found = {name: finding(together(parts)) for name, parts in counts.items()}
    return {name: one for name, one in found.items() if one is not None}
