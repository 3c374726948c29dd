"""The page of a project's stages: what each is for, where the project stands, and every move."""

from __future__ import annotations

from flask import Blueprint, Response, g

from implementor.stages import queries
from implementor.stages.catalogue import STAGE
from implementor.stages.permissions import VIEW
from implementor.web.guard import allow
from implementor.web.render import draw
from implementor.web.unit_of_work import session

blueprint = Blueprint("stages", __name__)


@blueprint.get("/projects/<project_key>/stages")
@allow(VIEW)
def index() -> Response:
    """The stages in order with their purpose, and the moves between them."""
    return draw(
        "stages/index.html",
        stages=session().scalars(queries.stages_of_project(project_id=g.project.id)).all(),
        states=STAGE.fields["state"],
        moves=session().execute(queries.moves_with_names(project_id=g.project.id)).all(),
    )
