"""The figures of training of a project: of everybody and by course, and which parts stand behind each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy.orm import Session

from implementor.audiences.queries.impacts import waves_of_grid
from implementor.foundation.small_groups import FEWEST_PEOPLE, told
from implementor.foundation.words import Phrase, say
from implementor.training import figures
from implementor.training.figures import Part, Share
from implementor.training.models import COMPLETED, NO_SHOW, THERE
from implementor.training.result_queries import courses_with_parts, parts_of_project, people_of_wave

SHARES: Mapping[str, tuple[Phrase, Callable[[Sequence[Part]], Share]]] = {
    "attendance": (say("Attendance"), figures.attendance),
    "completion": (say("Completion"), figures.completion),
    "no_show": (say("Did not come"), figures.no_show),
    "passing": (say("Passed, of those with a score"), figures.passing),
}
HOLDS: Mapping[str, Callable[[Any], bool]] = {
    "attendance": lambda row: row.state in THERE,
    "completion": lambda row: row.state == COMPLETED,
    "no_show": lambda row: row.state == NO_SHOW,
    "passing": lambda row: row.score_after is not None and row.score_after >= row.pass_mark,
    "gain": lambda row: row.score_after is not None and row.score_before is not None,
}
"""Which parts stand behind a figure."""


@dataclass(frozen=True)
class Line:
    """The figures of some courses. `names` are theirs; `course_id` where it is a single one."""

    course_id: int | None
    names: tuple[str, ...]
    people: int
    shares: Mapping[str, Share]
    gain: Fraction | None
    normalised_gain: Fraction | None


@dataclass(frozen=True)
class Standing:
    """How training stands. `whole` is None where too few people are in it to be told."""

    whole: Line | None
    lines: Sequence[Line]
    people: int


def part_of(row: Any) -> Part:
    """What the figures need of a row."""
    return Part(row.person_id, row.state, row.pass_mark, row.score_before, row.score_after, row.trained_on)


def standing_of(session: Session, project_id: int, language: str, *, named: bool) -> Standing:
    """The figures; unless `named`, courses of fewer than five people are told together only.

    Courses share people, so nobody can be told apart by subtraction only where every course told alone and the rest
    are large enough; the rest is what is merged.
    """
    rows = session.execute(parts_of_project(project_id=project_id)).all()
    titles = {one.id: (one.name_es if language == "es" else None) or one.name
              for one in session.execute(courses_with_parts(project_id=project_id))}  # fmt: skip
    by_course: dict[int, list[Any]] = {course_id: [] for course_id in titles}
    for row in rows:
        by_course[row.course_id].append(row)
    people = len({row.person_id for row in rows})
    sizes = {course_id: len({row.person_id for row in found}) for course_id, found in by_course.items()}
    groups = told(sizes, 1 if named else FEWEST_PEOPLE)
    if not groups.is_whole:
        return Standing(None, (), people)
    lines = [_line(by_course[one], (titles[one],), one) for one in groups.shown]
    if groups.merged:
        merged = [row for one in groups.merged for row in by_course[one]]
        lines.append(_line(merged, tuple(titles[one] for one in groups.merged), None))
    whole = _line(rows, (), None) if people >= (1 if named else FEWEST_PEOPLE) else None
    return Standing(whole, lines, people)


@dataclass(frozen=True)
class Recent:
    """Of the people of a wave, who was trained within three weeks before its last day; `share` None where untold."""

    number: int
    name: str
    ends_on: date
    share: Share | None


def recency_of_waves(session: Session, project_id: int, *, named: bool) -> list[Recent]:
    """The waves with a last day and with people, in their order; unless `named`, few people are not told."""
    parts = [part_of(row) for row in session.execute(parts_of_project(project_id=project_id))]
    found: list[Recent] = []
    for wave in session.execute(waves_of_grid(project_id=project_id)).all():
        rows = session.execute(people_of_wave(project_id=project_id, wave_id=wave.id, today=None))
        people = {row.id for row in rows}
        if wave.ends_on is not None and people:
            is_told = named or len(people) >= FEWEST_PEOPLE
            share = figures.recency(parts, people, wave.ends_on) if is_told else None
            found.append(Recent(wave.number, wave.name, wave.ends_on, share))
    return found


def _line(rows: Sequence[Any], names: tuple[str, ...], course_id: int | None) -> Line:
    parts = [part_of(row) for row in rows]
    shares = {name: count(parts) for name, (_label, count) in SHARES.items()}
    people = len({part.person_id for part in parts})
    return Line(course_id, names, people, shares, figures.gain(parts), figures.normalised_gain(parts))
