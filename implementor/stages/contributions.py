"""What stages add to the pages and lists of projects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask, url_for
from sqlalchemy.orm import Session

from implementor.foundation.panels import Place, panel
from implementor.foundation.words import say
from implementor.history.restoring import Restorer, undoable
from implementor.stages.catalogue import STAGE, extend_project
from implementor.stages.models import CURRENT, DONE, Stage
from implementor.stages.permissions import VIEW
from implementor.stages.queries import stages_of_project
from implementor.web.language import show_date
from implementor.web.navigation import NavItem, directory


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    extend_project()
    undoable["stage"] = Restorer(Stage)
    panel("project.strip", 10, "stages/_strip.html", load_strip)
    board = directory(app)
    board.sections.setdefault("project", say("Project"))
    board.items.append(NavItem("project", say("Stages"), "stages.index", VIEW, in_project=True, order=20))


def load_strip(session: Session, place: Place) -> Mapping[str, Any] | None:
    """The stages of the project on whose page the strip is shown."""
    stages = session.scalars(stages_of_project(project_id=place.project.id)).all()
    return {"steps": steps_of(stages, url_for("stages.index"))} if stages else None


def steps_of(stages: Sequence[Stage], address: str) -> list[dict[str, Any]]:
    """Stages as the strip draws them, each leading to its part of the page of stages."""
    return [
        {
            "name": stage.name,
            "word": state.label if (state := STAGE.fields["state"].choice(stage.state)) else stage.state,
            "tone": state.tone if state else "neutral",
            "note": _note(stage),
            "is_current": stage.state == CURRENT,
            "url": f"{address}#stage-{stage.key}",
        }
        for stage in stages
    ]


def _note(stage: Stage) -> str | None:
    if stage.state == CURRENT:
        return str(say("since %(date)s", date=show_date(stage.entered_at)))
    return str(say("until %(date)s", date=show_date(stage.left_at))) if stage.state == DONE else None
