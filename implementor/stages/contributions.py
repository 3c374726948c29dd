"""What stages add to the pages and lists of projects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask, g, url_for
from sqlalchemy.orm import Session

from implementor.foundation.panels import Place, panel
from implementor.foundation.permissions import ROLE_LABELS, Role
from implementor.foundation.records import RecordKind, record_kind
from implementor.foundation.searchable import Searchable, searchable
from implementor.foundation.words import Phrase, say
from implementor.governance.matrix_targets import MatrixTarget, matrix_target
from implementor.history.restoring import Restorer, undoable, undone_elsewhere
from implementor.projects.place import carried
from implementor.stages.brief import in_brief
from implementor.stages.catalogue import GATE, STAGE, extend_project
from implementor.stages.gate_news import declare_news
from implementor.stages.gate_queries import gates_waiting_for, titles_of_gates
from implementor.stages.method_store import method_of
from implementor.stages.methods import Method
from implementor.stages.models import CURRENT, DONE, Gate, MethodVersion, Stage
from implementor.stages.own_checks import declare_checks
from implementor.stages.permissions import SEE_METHODS, VIEW
from implementor.stages.queries import stages_in_brief, stages_of_project
from implementor.web.language import show_date
from implementor.web.navigation import NavItem, NavStep, directory

MOST_WAITING = 20
DEEDS = ("prepare", "review", "mitigate", "give", "tick", "untick", "waive", "unwaive", "sign", "open", "reverse")


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    extend_project()
    declare_checks()
    declare_news()
    undoable["stage"] = Restorer(Stage, stays=True)
    undoable["method_version"] = Restorer(MethodVersion)
    for deed in ("draft", "change", "publish"):
        undone_elsewhere[f"method.{deed}"] = say("A version of a method is changed by another draft.")
    for deed in DEEDS:
        undone_elsewhere[f"gate.{deed}"] = say("This is taken back, or done again, on the page of the gate.")
    record_kind(RecordKind("gate", GATE.label, Gate, titles_of_gates, address_of_gate))
    # a gate is reached from its stage or wave: the index knows numbers, and gates are named by words
    searchable(Searchable("gate", lambda _gate, _key: None, frozenset()))
    matrix_target(
        MatrixTarget("stage", "stage", say("Stages"), Stage, lambda one: one.name,
                     lambda one: ("stages.show", {"stage_key": one.key}))
    )  # fmt: skip
    panel("project.strip", 10, "stages/_strip.html", load_strip)
    panel("home", 35, "stages/_mine.html", load_mine)
    carried["stages"] = stages_in_brief()
    board = directory(app)
    board.sections.setdefault("project", say("Project"))
    board.items.append(
        NavItem("project", say("Stages"), "stages.index", VIEW, in_project=True, order=15, steps=steps_of_side_bar)
    )
    board.items.append(NavItem("settings", say("Methods"), "stages.list_methods", SEE_METHODS, order=45))


def load_mine(session: Session, place: Place) -> Mapping[str, Any] | None:
    """Gates in review that ask for a signature of the reader, each with the role."""
    methods: dict[tuple[str, int], Method | None] = {}
    rows = []
    for row in session.execute(gates_waiting_for(place.actor, MOST_WAITING)).all():
        kept = (row.method_key, row.method_version)
        if kept not in methods:
            methods[kept] = method_of(session, *kept)
        method = methods[kept]
        stage = method.stage(row.stage_key) if method else None
        if stage is not None and row.role in stage.signatures:
            rows.append((row, ROLE_LABELS[Role(row.role)]))
    return {"rows": rows} if rows else None


def address_of_gate(row: Any) -> tuple[str, dict[str, Any]]:
    """View name and values of a gate's page."""
    return "stages.gate", {"project_key": row.project_key, "gate_name": row.number}


def steps_of_side_bar(address: str) -> list[NavStep]:
    """The stages of the project the request is in, which came with its place; each leads to its page."""
    drawn = []
    for stage in in_brief(g.project.carried["stages"]):
        word, tone = _shown(stage.state)
        drawn.append(NavStep(str(stage.name), f"{address}/{stage.key}", str(word), tone))
    return drawn


def load_strip(session: Session, place: Place) -> Mapping[str, Any] | None:
    """The stages of the project on whose page the strip is shown."""
    stages = session.scalars(stages_of_project(project_id=place.project.id)).all()
    return {"steps": steps_of(stages, url_for("stages.index"))} if stages else None


def steps_of(stages: Sequence[Stage], address: str) -> list[dict[str, Any]]:
    """Stages as the strip draws them, each leading to its page."""
    steps = []
    for stage in stages:
        word, tone = _shown(stage.state)
        steps.append(
            {
                "name": stage.name,
                "word": word,
                "tone": tone,
                "note": _note(stage),
                "is_current": stage.state == CURRENT,
                "url": f"{address}/{stage.key}",
            }
        )
    return steps


def _shown(state: str) -> tuple[Phrase | str, str]:
    """The word and the tone of a stage's state."""
    known = STAGE.fields["state"].choice(state)
    return (known.label, known.tone or "neutral") if known else (state, "neutral")


def _note(stage: Stage) -> str | None:
    if stage.state == CURRENT:
        return str(say("since %(date)s", date=show_date(stage.entered_at)))
    return str(say("until %(date)s", date=show_date(stage.left_at))) if stage.state == DONE else None
