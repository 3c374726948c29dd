"""The pages of a project's stages: where the project stands, and what each stage still lacks."""

from __future__ import annotations

from flask import Response, g, request

from implementor.foundation.errors import NotFound
from implementor.foundation.permissions import ROLE_LABELS, Role
from implementor.foundation.text import whole_number
from implementor.stages import queries
from implementor.stages.catalogue import GATE, STAGE
from implementor.stages.checks import wave_places
from implementor.stages.gate_finding import Passage, method_of_project, passages_of
from implementor.stages.gate_look import Look, look_at
from implementor.stages.methods import Method
from implementor.stages.permissions import VIEW
from implementor.stages.stage_page import by_role, deliverables_of
from implementor.stages.views.routing import blueprint, project_here
from implementor.web.guard import allow
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/projects/<project_key>/stages")
@allow(VIEW)
def index() -> Response:
    """The stages in order with their purpose and gates, and the moves between them."""
    method, passages = _passages()
    return draw(
        "stages/index.html",
        method=method,
        stages=session().scalars(queries.stages_of_project(project_id=g.project.id)).all(),
        passages=passages,
        states=STAGE.fields["state"],
        gate_states=GATE.fields["state"],
        moves=session().execute(queries.moves_with_names(project_id=g.project.id)).all(),
    )


@blueprint.get("/projects/<project_key>/stages/<stage_key>")
@allow(VIEW)
def show(stage_key: str) -> Response:
    """What a stage is for, what must come out of it, what is missing now and who does what next."""
    method, passages = _passages()
    stage = session().scalars(queries.stage_of_project(project_id=g.project.id, key=stage_key)).one_or_none()
    if stage is None:
        raise NotFound("stage")
    ours = [one for one in passages if one.stage.id == stage.id]
    look = _look(method, ours)
    return draw(
        "stages/show.html",
        stage=stage,
        of_method=method.stage(stage_key),
        state=STAGE.fields["state"].choice(stage.state),
        gate_states=GATE.fields["state"],
        passages=ours,
        look=look,
        deliverables=deliverables_of(look) if look else [],
        next_actions=[(ROLE_LABELS[Role(role)], lines) for role, lines in by_role(look)] if look else [],
        roles=ROLE_LABELS,
    )


def _passages() -> tuple[Method, list[Passage]]:
    project = project_here()
    method = method_of_project(session(), project)
    waves = wave_places.all(session(), project.id, project.key)
    return method, passages_of(session(), project, method, waves=waves)


def _look(method: Method, passages: list[Passage]) -> Look | None:
    """The gate that the page tells of: of the wave that the address asks for, else the first that is not open."""
    asked = whole_number(request.args.get("wave", ""))
    chosen = next((one for one in passages if asked is not None and one.place.wave_number == asked), None)
    chosen = chosen or next((one for one in passages if not one.is_open), passages[-1] if passages else None)
    if chosen is None:
        return None
    return look_at(session(), method, chosen.stage, chosen.place, chosen.gate, at=now())
