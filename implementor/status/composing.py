"""Putting a report together: everything that stands on it, read once and written as plain data in one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from implementor.adoption.worth_reading import benefits_of
from implementor.finance.standing import money_of_projects
from implementor.foundation.local_days import local_day
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say, speaking, speech
from implementor.metrics.services import standings
from implementor.status import queries, report_queries
from implementor.status.figures import health_of_projects
from implementor.status.happenings import changes_section, milestone_section, read_changes
from implementor.status.models import StatusReport
from implementor.status.money_section import money_section
from implementor.status.report_words import headings
from implementor.status.sections import (
    Section,
    decision_section,
    dimension_sections,
    metric_section,
    risk_section,
    strip_section,
    taken_section,
    verdict_section,
)
from implementor.waves import fact_queries
from implementor.waves.burnup import Fact, StoryThen, burnup, turning_days
from implementor.waves.models import Wave
from implementor.web.language import show_date, show_moment, show_number, speech_of

SHAPE = 1
"""The version of how content is laid out; what was issued keeps its own."""


@dataclass(frozen=True)
class Composed:
    """What stands on a report, the colour of each dimension, and the last change of the history it tells of."""

    content: dict[str, Any]
    colours: dict[str, str]
    last_change_id: int | None


def compose(session: Session, report: StatusReport, *, by: Actor, at: datetime) -> Composed:
    """The report as it would be issued now by that person, in the language of the report."""
    with speaking(speech_of(report.language, str(speech().zone))):
        return _compose(session, report, by=by, at=at)


def overrides_of_projects(session: Session, project_ids: Sequence[int], *, on: date) -> dict[int, dict[str, Any]]:
    """The colours set by hand that count on a day, by project and dimension; rows of (ColourOverride, who)."""
    found: dict[int, dict[str, Any]] = {project_id: {} for project_id in project_ids}
    for row in session.execute(report_queries.overrides_in_force(project_ids, on=on)):
        found[row.ColourOverride.project_id][row.ColourOverride.dimension] = row
    return found


def _compose(session: Session, report: StatusReport, *, by: Actor, at: datetime) -> Composed:
    project_id, on = report.project_id, local_day(at)
    project = session.execute(report_queries.project_of_report(project_id=project_id)).one()
    earlier = session.scalars(
        report_queries.issued_before(project_id=project_id, number=report.number).limit(report_queries.IN_THE_STRIP)
    ).all()
    earlier = [one for one in earlier if one.id != report.replaces_id]
    since = _since(report, earlier)
    changes = read_changes(
        session, project_id=project_id, last_id=earlier[0].last_change_id if earlier else None, since=since
    )
    money = money_of_projects(session, [project_id], on=on)
    health = health_of_projects(session, [project_id], on=on, money=money)[project_id]
    overrides = overrides_of_projects(session, [project_id], on=on)[project_id]
    dimensions = dimension_sections(health, overrides, earlier[0] if earlier else None)
    metrics = _metrics(session, project_id, project.key, on)
    content = {
        "shape": SHAPE,
        "language": report.language,
        "words": headings(),
        "head": _head(report, project, by, at),
        "verdict": verdict_section(dimensions, metrics),
        "dimensions": dimensions,
        "limits": health.of("time").limits.number,
        "strip": strip_section(earlier, report.number, report.ends_on, dimensions),
        "progress": _progress(session, project_id, at),
        "metrics": metrics,
        "changes": changes_section(session, changes, project_id, by),
        "comment": report.comment,
        "money": money_section(
            money.get(project_id),
            str(health.of("money").sentence),
            benefits_of(session, project_id, zone=speech().zone),
        ),
        **_rows(session, project_id, project.key, since, changes, on),
    }
    colours = {one["key"]: one["shown"]["key"] for one in dimensions}
    return Composed(content, colours, session.scalar(report_queries.last_change(project_id=project_id)))


def _since(report: StatusReport, earlier: Sequence[StatusReport]) -> datetime:
    if earlier and earlier[0].issued_at is not None:
        return earlier[0].issued_at
    return datetime.combine(report.starts_on, time(), speech().zone)


def _head(report: StatusReport, project: Any, by: Actor, at: datetime) -> Section:
    period = say("%(start)s to %(end)s", start=show_date(report.starts_on), end=show_date(report.ends_on))
    return {
        "project": project.name,
        "key": project.key,
        "programme": project.programme,
        "number": report.number,
        "period": str(period),
        "issued_on": show_moment(at),
        "issued_by": by.name,
        "iso": at.isoformat(),
        "title": str(say("Status report %(number)s: %(project)s", number=report.number, project=project.name)),
    }


def _rows(
    session: Session, project_id: int, key: str, since: datetime, changes: Sequence[Any], on: date
) -> Mapping[str, Any]:
    risks = session.execute(report_queries.risks_of_report([project_id], since=since)).all()
    milestones = session.execute(queries.milestones_ahead([project_id])).all()
    waves = session.execute(queries.open_waves([project_id])).all()
    open_questions = session.execute(report_queries.questions_open([project_id]))
    taken = session.execute(report_queries.decisions_taken(project_id=project_id, since=since))
    return {
        "risks": risk_section(risks, since, key),
        "milestones": milestone_section(milestones, waves, changes, on=on),
        "decisions": decision_section(open_questions, key),
        "taken": taken_section(taken, key),
    }


def _metrics(session: Session, project_id: int, key: str, on: date) -> list[Section]:
    metrics = session.scalars(report_queries.metrics_of_project(project_id=project_id)).all()
    found = standings(session, metrics, on=on)
    return metric_section(metrics, lambda metric_id: found[metric_id][0], key)


def _progress(session: Session, project_id: int, at: datetime) -> Section | None:
    """The burn-up of the wave that runs, on the days its totals changed; None without one."""
    wave = session.scalars(report_queries.running_wave(project_id=project_id)).one_or_none()
    if wave is None or wave.started_at is None:
        return None
    facts = [Fact(*row) for row in session.execute(fact_queries.facts_of_wave(project_id=project_id, wave_id=wave.id))]
    rows = session.execute(fact_queries.present_of_wave(project_id=project_id, wave_id=wave.id)).all()
    present = [StoryThen(row.id, _text(row.wave_id), row.status, _text(row.points)) for row in rows]
    first, last = local_day(wave.started_at), local_day(at)
    days = burnup(str(wave.id), facts, present, first=min(first, last), last=last, zone=speech().zone)
    turns = turning_days(days)
    return _progress_section(wave, [day for day in days if day.day in turns])


def _progress_section(wave: Wave, days: Sequence[Any]) -> Section:
    final = days[-1]
    finding = say(
        "%(wave)s: %(validated)s of %(scope)s points are validated.",
        wave=wave.name, validated=show_number(final.validated), scope=show_number(final.scope),
    )  # fmt: skip
    return {
        "title": wave.name,
        "finding": str(finding),
        "rows": [
            {"iso": day.day.isoformat(), "day": show_date(day.day, "short"), "scope": float(day.scope),
             "validated": float(day.validated)}
            for day in days
        ],
    }  # fmt: skip


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
