"""Reading a roadmap: the lines of projects with their marks, and what waits for what; a fixed number of statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.words import Label
from implementor.portfolio import roadmap_queries as queries
from implementor.portfolio.next_gate import gate_way
from implementor.portfolio.roadmap import (
    FORECAST,
    GATE,
    MARKS,
    MILESTONE,
    PROJECT,
    STAGE,
    WAVE,
    Line,
    Mark,
    Wait,
    is_violated,
)
from implementor.portfolio.standings import by_project
from implementor.stages.gate_models import SIGNED
from implementor.stages.method_store import methods_of
from implementor.waves.models import ADOPTION, FINISHED

AFTER_CLOSING = (ADOPTION, FINISHED)


@dataclass(frozen=True)
class Roadmap:
    """Lines in the order of projects, each project's own line first, and the waits between lines by their keys."""

    lines: Sequence[Line]
    waits: Sequence[Wait]


def roadmap_of(session: Session, projects: queries.Projects, *, today: date, sees_links: bool) -> Roadmap:
    """The roadmap of these projects; what projects wait for from each other only where `sees_links`."""
    rows = session.execute(queries.project_rows(projects)).all()
    waves = by_project(session.execute(queries.wave_rows(projects)))
    gates = by_project(session.execute(queries.gate_rows(projects)))
    stages = by_project(session.execute(queries.stage_rows(projects)))
    milestones = by_project(session.execute(queries.milestone_rows(projects)))
    methods = methods_of(session, {(row.method_key, row.method_version) for row in rows})
    lines: list[Line] = []
    for row in rows:
        marks = _gates(row, methods.get((row.method_key, row.method_version)), waves[row.id], gates[row.id], today)
        lines.append(_project(row, marks.get(None, ())))
        lines += [_stage(row, one, today) for one in stages[row.id]]
        lines += [_wave(row, one, marks.get(one.number, ())) for one in waves[row.id]]
        if milestones[row.id]:
            lines.append(_milestones(row, milestones[row.id], today))
    waits = _waits_of_waves(session.execute(queries.waits_between_waves(projects)), waves.values())
    if sees_links:
        waits += _waits_of_projects(session.execute(queries.waits_between_projects(projects)), today)
    return Roadmap(lines, waits)


def _project(row: Any, marks: Sequence[Mark]) -> Line:
    return Line(
        f"p{row.id}", PROJECT, row.key, row.name, _home(row), row.starts_on, row.ends_on, row.status, tuple(marks)
    )


def _stage(row: Any, stage: Any, today: date) -> Line:
    url = f"{_home(row)}/stages/{stage.key}"
    last = _day(stage.left_at) if stage.left_at else max(today, _day(stage.entered_at))
    return Line(f"s{row.id}-{stage.key}", STAGE, row.key, str(Label(stage.names)), url, _day(stage.entered_at), last,
                stage.state)  # fmt: skip


def _wave(row: Any, wave: Any, marks: Sequence[Mark]) -> Line:
    url = f"{_home(row)}/waves/{wave.number}"
    label = f"{wave.number} {wave.name}"
    return Line(f"w{wave.id}", WAVE, row.key, label, url, wave.starts_on, wave.ends_on, wave.stage, tuple(marks))


def _milestones(row: Any, found: Sequence[Any], today: date) -> Line:
    url = f"{_home(row)}/milestones"
    marks: list[Mark] = []
    for one in found:
        promised, done = one.promised_on or one.forecast_on or one.reached_on, one.reached_on is not None
        late = not done and (promised < today or (one.forecast_on or promised) > promised)
        marks.append(Mark(MILESTONE, one.reached_on or promised, one.title, url, done, late))
        if not done and one.forecast_on and one.forecast_on != promised:
            marks.append(Mark(FORECAST, one.forecast_on, one.title, url, is_late=one.forecast_on > promised))
    return Line(f"m{row.id}", MARKS, row.key, "", url, marks=tuple(marks))


def _gates(
    row: Any, method: Any, waves: Sequence[Any], known: Sequence[Any], today: date
) -> dict[int | None, list[Mark]]:
    """The gates of a project with a day, by the number of their wave, None for those of the project."""
    found: dict[int | None, list[Mark]] = {}
    touched, labels = {one.name: one for one in known}, _labels(method)
    home = _home(row)
    for stage, wave, planned in gate_way(method, waves, row.ends_on) if method is not None else ():
        name = stage.key if wave is None else f"{stage.key}-{wave.number}"
        gate = touched.get(name)
        on = (gate.review_on if gate is not None else None) or planned
        if on is not None:
            is_open = gate is not None and gate.state == SIGNED
            mark = Mark(GATE, on, labels[stage.key], f"{home}/gates/{name}", is_open, not is_open and on < today)
            found.setdefault(None if wave is None else wave.number, []).append(mark)
    return found


def _labels(method: Any) -> dict[str, str]:
    """Names of stages in the reader's language, each asked for once: every wave has gates of the same ones."""
    return {stage.key: str(stage.label) for stage in method.stages if stage.is_gated} if method is not None else {}


def _waits_of_waves(rows: Iterable[Any], waves: Iterable[Sequence[Any]]) -> list[Wait]:
    known = {wave.id: wave for found in waves for wave in found}
    found = []
    for row in rows:
        earlier, later = known.get(row.earlier), known.get(row.later)
        if earlier is not None and later is not None:
            over = earlier.stage in AFTER_CLOSING or not row.open
            broken = is_violated(earlier.ends_on, later.starts_on, is_over=over)
            found.append(Wait(f"w{row.earlier}", f"w{row.later}", row.count, broken))
    return found


def _waits_of_projects(rows: Iterable[Any], today: date) -> list[Wait]:
    found: dict[tuple[int, int], tuple[int, bool]] = {}
    for row in rows:
        late = row.delivered_on is None and (
            row.needed_on < today or (row.promised_on is not None and row.promised_on > row.needed_on)
        )
        count, broken = found.get((row.earlier, row.later), (0, False))
        found[row.earlier, row.later] = count + 1, broken or late
    return [Wait(f"p{one}", f"p{other}", count, broken) for (one, other), (count, broken) in found.items()]


def _day(moment: datetime) -> date:
    return moment.date()


def _home(row: Any) -> str:
    """Where the pages of a project are; a roadmap has thousands of links, and asking for each address takes longer."""
    return f"/projects/{row.key}"
