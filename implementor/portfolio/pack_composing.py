"""Putting a consolidated pack together: many projects read in a fixed number of statements, written as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor
from implementor.foundation.words import say, say_n, speaking, speech
from implementor.portfolio.pack_money import money_part
from implementor.portfolio.pack_queries import last_pack
from implementor.portfolio.pack_words import pack_headings
from implementor.portfolio.standing_words import gate_words, money_words, promise_words
from implementor.portfolio.standings import Standings, by_project
from implementor.projects.models import Programme
from implementor.status import queries, report_queries
from implementor.status.composing import overrides_of_projects
from implementor.status.happenings import milestone_section
from implementor.status.health import COLOURS, DIMENSIONS, SEVERITY
from implementor.status.paths import path_of
from implementor.status.sections import Section, decision_section, dimension_sections, risk_section, verdict_section
from implementor.web.language import show_date, show_moment, speech_of

SHAPE = 1
"""The version of how content is laid out; what was issued keeps its own."""
USUAL = timedelta(days=30)
"""Since when risks are told as new where no pack was issued before."""
MOST_MILESTONES = 60


@dataclass(frozen=True)
class Wanted:
    """What a pack is asked to be: of a programme or of the whole portfolio, in a language, with a comment."""

    programme: Programme | None
    language: str
    comment: str = ""

    @property
    def programme_id(self) -> int | None:
        """The programme's id; None for the portfolio."""
        return self.programme.id if self.programme is not None else None


@dataclass(frozen=True)
class ComposedPack:
    """What stands on a pack, and which projects it tells of, each with whether its money is in it."""

    content: dict[str, Any]
    projects: dict[int, bool]


def compose_pack(session: Session, wanted: Wanted, known: Standings, *, by: Actor, at: datetime) -> ComposedPack:
    """The pack as it would be issued now by that person, of the projects and the money that they may see."""
    with speaking(speech_of(wanted.language, str(speech().zone))):
        return _compose(session, wanted, known, by=by, at=at)


def projects_of(wanted: Wanted, known: Standings) -> list[Any]:
    """The projects that a pack tells of."""
    return [one for one in known.projects if wanted.programme is None or one.programme_id == wanted.programme.id]


def _compose(session: Session, wanted: Wanted, known: Standings, *, by: Actor, at: datetime) -> ComposedPack:
    projects = projects_of(wanted, known)
    ids = [one.id for one in projects]
    before = session.scalars(last_pack(programme_id=wanted.programme_id)).one_or_none()
    since = before.issued_at if before is not None else at - USUAL
    lines = _lines(session, projects, known)
    keys = {one.id: one.key for one in projects}
    content = {
        "shape": SHAPE,
        "language": wanted.language,
        "words": pack_headings(),
        "head": _head(wanted, by, at, known.on),
        "verdict": _verdict(lines),
        "counts": _counts(lines),
        "by_dimension": _by_dimension(lines),
        "projects": lines,
        "money": money_part(session, wanted.programme, projects, known),
        "risks": _risks(session, ids, keys, since),
        "milestones": _milestones(session, projects, known.on),
        "decisions": _decisions(session, ids, keys),
        "comment": wanted.comment,
    }
    return ComposedPack(content, {one: one in known.sees_money for one in ids})


def _head(wanted: Wanted, by: Actor, at: datetime, on: date) -> Section:
    about = wanted.programme.name if wanted.programme is not None else str(say("Portfolio"))
    return {
        "project": about,
        "programme": about,
        "period": show_date(on),
        "issued_on": show_moment(at),
        "issued_by": by.name,
        "iso": at.isoformat(),
        "title": str(say("Consolidated pack: %(about)s", about=about)),
    }


def _lines(session: Session, projects: Sequence[Any], known: Standings) -> list[Section]:
    """The projects as they stand, the worst first."""
    ids = [one.id for one in projects]
    by_hand = overrides_of_projects(session, ids, on=known.on)
    last = {row.project_id: row for row in session.execute(report_queries.latest_reports(ids))}
    lines = [_line(one, known, by_hand[one.id], last.get(one.id)) for one in projects]
    return sorted(lines, key=lambda line: (-SEVERITY[line["verdict"]["colour"]["key"]], line["key"]))


def _line(project: Any, known: Standings, by_hand: Mapping[str, Any], last: Any | None) -> Section:
    dimensions = dimension_sections(known.health[project.id], by_hand, None)
    told = say("Report %(number)s of %(day)s", number=last.number, day=show_date(last.ends_on)) if last else ""
    return {
        "key": project.key,
        "name": project.name,
        "path": path_of("projects.show", project_key=project.key),
        "dimensions": dimensions,
        "verdict": verdict_section(dimensions, ()),
        "gate": gate_words(known.gates.get(project.id), known.on),
        "promises": promise_words(known.slips.get(project.id, ())),
        "money": money_words(known.money.get(project.id)),
        "last_report": str(told),
    }


def _verdict(lines: Sequence[Section]) -> Section:
    """The worst dimension of the worst project decides, and says why."""
    good = sum(1 for line in lines if line["verdict"]["colour"]["key"] == "green")
    provenance = say("From figures: %(good)s of %(all)s projects on track.", good=good, all=len(lines))
    worst = lines[0]["verdict"] if lines else {"colour": _colour_words("not_measured"), "about": "", "sentence": ""}
    label = f"{lines[0]['name']}, {worst['label']}" if lines else str(say("No project to see"))
    return {**worst, "label": label, "provenance": str(provenance)}


def _counts(lines: Sequence[Section]) -> list[Section]:
    """How many projects have each colour."""
    shown = [line["verdict"]["colour"]["key"] for line in lines]
    return [
        {**_colour_words(one.key), "count": shown.count(one.key),
         "text": str(say_n("%(count)s project", "%(count)s projects", shown.count(one.key)))}
        for one in COLOURS
    ]  # fmt: skip


def _by_dimension(lines: Sequence[Section]) -> list[Section]:
    """For each dimension how many projects have each colour."""
    shown = {
        one.key: [found["shown"]["key"] for line in lines for found in line["dimensions"] if found["key"] == one.key]
        for one in DIMENSIONS
    }
    return [
        {"label": str(one.label), "counts": [shown[one.key].count(colour.key) for colour in COLOURS]}
        for one in DIMENSIONS
    ]


def _colour_words(key: str) -> Section:
    choice = next(one for one in COLOURS if one.key == key)
    return {"key": key, "word": str(choice.label), "tone": choice.tone}


def _risks(session: Session, ids: Sequence[int], keys: Mapping[int, str], since: datetime) -> Section:
    rows = session.execute(report_queries.risks_of_report(ids, since=since)).all()
    section = risk_section(rows, since, "")
    for told, row in zip(section["rows"], rows, strict=False):
        told["project"] = keys[row.project_id]
        told["path"] = path_of("governance.risk", project_key=keys[row.project_id], number=row.number)
    return section


def _decisions(session: Session, ids: Sequence[int], keys: Mapping[int, str]) -> list[Section]:
    found = []
    for row in session.execute(report_queries.questions_open(ids)):
        [section] = decision_section([row], keys[row.project_id])
        found.append({**section, "project": keys[row.project_id]})
    return found


def _milestones(session: Session, projects: Sequence[Any], on: date) -> list[Section]:
    """What is due within 90 days or overdue in any of the projects, the soonest first."""
    ids = [one.id for one in projects]
    milestones = by_project(session.execute(queries.milestones_ahead(ids)))
    waves = by_project(session.execute(queries.open_waves(ids)))
    rows = [
        {**section, "project": one.key}
        for one in projects
        for section in milestone_section(milestones[one.id], waves[one.id], (), on=on)
    ]
    return sorted(rows, key=lambda row: (row["iso"], row["project"], row["title"]))[:MOST_MILESTONES]
