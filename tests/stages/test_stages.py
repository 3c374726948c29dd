"""Stages of a project: laid out by its method, entered and left, every move a fact."""

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.foundation.permissions import SYSTEM, Role
from implementor.foundation.words import Speech, speaking
from implementor.projects.catalogue import PROJECT
from implementor.stages import services
from implementor.stages.catalogue import METHODS, STAGES
from implementor.stages.models import Stage, StageMove
from implementor.stages.queries import stage_of_project, stages_of_project
from implementor.stages.shipped_methods import newest_shipped, shipped_methods
from tests.auth.builders import add_person, reading, working
from tests.projects.builders import NOW, add_project, browser_of, pmo


def states(app: Flask, project_id: int) -> dict[str, str]:
    """State of each stage by key."""
    with reading(app) as session:
        return {stage.key: stage.state for stage in session.scalars(stages_of_project(project_id=project_id))}


def test_a_project_begins_in_the_first_stage_of_its_method(app: Flask) -> None:
    project_id = add_project(app)
    assert list(states(app, project_id).values()) == ["current", *["not_started"] * 4]
    with reading(app) as session:
        moves = session.execute(select(StageMove.from_state, StageMove.to_state, StageMove.project_id)).all()
    assert moves == [("not_started", "current", project_id)]


def test_leaving_and_entering_are_facts_and_a_stage_may_be_entered_again(app: Flask) -> None:
    project_id, person = add_project(app), pmo(app)
    with working(app, person.actor) as session:
        first = session.scalars(stage_of_project(project_id=project_id, key="visualization")).one()
        services.leave_stage(session, first, reason="Gate signed", by=person.actor, at=NOW)
        assert first.left_at == NOW
        services.enter_stage(session, first, reason="New scope", by=person.actor, at=NOW)
        services.enter_stage(session, first, by=person.actor, at=NOW)
    with reading(app) as session:
        moves = session.execute(select(StageMove.to_state, StageMove.reason, StageMove.by_id).order_by(StageMove.id))
        assert moves.all()[1:] == [("done", "Gate signed", person.id), ("current", "New scope", person.id)]
    assert states(app, project_id)["visualization"] == "current"


def test_lists_show_the_furthest_stage_in_which_a_project_stands(app: Flask) -> None:
    project_id, person = add_project(app), pmo(app)
    with working(app, person.actor) as session:
        for key in ("planning", "adoption"):
            stage = session.scalars(stage_of_project(project_id=project_id, key=key)).one()
            services.enter_stage(session, stage, by=person.actor, at=NOW)
    page = browser_of(app, person).get("/projects")
    assert page.rows()[0]["Stage"] == "Adoption"
    narrowed = browser_of(app, person).get("/projects?stage=planning")
    assert "Nothing matches" in narrowed.text


def test_the_page_of_stages_tells_purpose_state_and_moves(app: Flask) -> None:
    member = add_person(app, "Mara Mora")
    add_project(app, people=[(Role.VIEWER, member)])
    page = browser_of(app, member).get("/projects/VEN/stages")
    assert "Build what the present wave promised." in page.text
    assert page.rows()[0]["Stage"] == "Visualization"


def test_an_unknown_method_is_refused_and_makes_no_stages(app: Flask) -> None:
    project_id = add_project(app)
    with working(app) as session, pytest.raises(services.UnknownMethod):
        services.lay_out_stages(session, project_id=project_id, method_key="waterfall", by=SYSTEM, at=NOW)


def test_fields_of_lists_offer_exactly_the_stages_and_methods_there_are() -> None:
    stages = {stage.key: stage.names["en"] for one in shipped_methods().values() for stage in one.stages}
    assert {choice.key: str(choice.label) for choice in STAGES} == stages
    newest = newest_shipped()
    assert {choice.key: str(choice.label) for choice in METHODS} == {
        key: one.names["en"] for key, one in newest.items()
    }
    method = PROJECT.fields.get("method_key")
    assert method is None or [choice.key for choice in method.choices] == list(newest)


def test_a_stage_is_named_in_the_readers_language() -> None:
    stage = Stage(names={"en": "Release", "es": "Cierre"}, purposes={"en": "Why", "es": "Por qué"})
    assert (stage.name, stage.purpose) == ("Release", "Why")
    with speaking(Speech("es")):
        assert (stage.name, stage.purpose) == ("Cierre", "Por qué")
