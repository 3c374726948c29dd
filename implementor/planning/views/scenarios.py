"""The pages of scenarios: the list, one of them against the present plan, several side by side, and what is decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.planning import scenario_queries, scenario_services
from implementor.planning.comparing import MOST_COMPARED, Column, Comparison, compare, posed_now
from implementor.planning.forms import ChangeForm, DecisionForm, ScenarioForm
from implementor.planning.permissions import WRITE
from implementor.planning.posing import Posed
from implementor.planning.scenario_models import ADOPTED, Scenario
from implementor.planning.scenario_solving import SOLVE_SCENARIO, ask_for_exact_scenario
from implementor.planning.suggesting import moved_words
from implementor.planning.views import scenario_words, suggestion_words
from implementor.planning.views.routing import blueprint, may, search_under_way
from implementor.stories.links import story_name
from implementor.waves.permissions import VIEW
from implementor.web.guard import actor, allow
from implementor.web.language import settings
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/scenarios")
@allow(VIEW)
def scenarios(project_key: str) -> ResponseReturnValue:
    """What-ifs of the project: those being thought about, and those decided."""
    return _draw_list(ScenarioForm())


@blueprint.post("/scenarios")
@allow(WRITE)
def write_scenario(project_key: str) -> ResponseReturnValue:
    """Begin one."""
    form = ScenarioForm()
    try:
        scenario = scenario_services.write_scenario(
            session(), project_id=g.project.id, name=form.name.data or "", note=form.note.data or "",
            fills=bool(form.fills.data), by=actor(), at=now(),
        )  # fmt: skip
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_list(form, 422)
    tell_done(say("The scenario %(name)s is written. Say what it supposes.", name=scenario.name))
    return _to(scenario)


@blueprint.get("/scenarios/compare")
@allow(VIEW)
def compare_scenarios(project_key: str) -> ResponseReturnValue:
    """The present plan and up to four scenarios side by side; without a choice the open ones."""
    rows = session().execute(scenario_queries.scenarios_of(project_id=g.project.id)).all()
    wanted = {whole_number(text) for text in request.args.getlist("with")}
    chosen = [row.Scenario for row in rows if (row.Scenario.id in wanted if wanted else row.Scenario.is_open)]
    return draw(
        "planning/comparison.html",
        rows=rows,
        chosen=chosen[:MOST_COMPARED],
        most=MOST_COMPARED,
        **_compared(chosen[:MOST_COMPARED]),
    )


@blueprint.get("/scenarios/<int:scenario_id>")
@allow(VIEW)
def scenario(project_key: str, scenario_id: int) -> ResponseReturnValue:
    """One scenario against the present plan."""
    return _draw_one(_found(scenario_id))


@blueprint.post("/scenarios/<int:scenario_id>")
@allow(WRITE)
def change_scenario(project_key: str, scenario_id: int) -> ResponseReturnValue:
    """Rename it, or say otherwise how it fills free room."""
    found, form = _found(scenario_id), ScenarioForm()
    try:
        scenario_services.change_scenario(
            session(), found, name=form.name.data or "", note=form.note.data or "", fills=bool(form.fills.data),
            by=actor(), at=now(),
        )  # fmt: skip
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_one(found, status=422, naming=form)
    tell_done(say("The scenario %(name)s is changed.", name=found.name))
    return _to(found)


@blueprint.post("/scenarios/<int:scenario_id>/changes")
@allow(WRITE)
def suppose(project_key: str, scenario_id: int) -> ResponseReturnValue:
    """Suppose one thing more."""
    found, posed = _found(scenario_id), _posed()
    form = ChangeForm().offer(posed)
    try:
        scenario_services.add_change(session(), found, posed, form.values(posed), by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_one(found, status=422, supposing=form)
    tell_done(say("%(name)s supposes one thing more.", name=found.name))
    return _to(found)


@blueprint.post("/scenarios/<int:scenario_id>/changes/<int:change_id>/remove")
@allow(WRITE)
def suppose_no_longer(project_key: str, scenario_id: int, change_id: int) -> ResponseReturnValue:
    """Take a supposition out."""
    found = _found(scenario_id)
    change = session().scalars(
        scenario_queries.change_of(scenario_id=found.id, change_id=change_id)).one_or_none()  # fmt: skip
    if change is None:
        raise NotFound("scenario_change")
    scenario_services.take_change_out(session(), found, change, by=actor(), at=now())
    tell_done(say("%(name)s supposes this no longer.", name=found.name))
    return _to(found)


@blueprint.post("/scenarios/<int:scenario_id>/exact")
@allow(WRITE)
def find_exact_scenario(project_key: str, scenario_id: int) -> ResponseReturnValue:
    """Have the best plan under it found and proved by a worker."""
    found, posed = _found(scenario_id), _posed()
    url = url_for("planning.scenario", scenario_id=found.id)
    job = ask_for_exact_scenario(session(), found, posed, url=url, by=actor(), at=now())
    session().flush()  # the answer leads to the job's page
    return redirect(url_for("jobs.show", job_id=job.id), 303)


@blueprint.post("/scenarios/<int:scenario_id>/copy")
@allow(WRITE)
def copy_scenario(project_key: str, scenario_id: int) -> ResponseReturnValue:
    """Go on from it in another one."""
    made = scenario_services.copy_scenario(session(), _found(scenario_id), by=actor(), at=now())
    tell_done(say("%(name)s is written.", name=made.name))
    return _to(made)


@blueprint.post("/scenarios/<int:scenario_id>/put-away")
@allow(WRITE)
def put_away_scenario(project_key: str, scenario_id: int) -> ResponseReturnValue:
    """Take it off the list."""
    found = _found(scenario_id)
    scenario_services.put_away_scenario(session(), found, by=actor(), at=now())
    tell_done(say("The scenario %(name)s is put away.", name=found.name))
    return redirect(url_for("planning.scenarios"), 303)


@blueprint.post("/scenarios/<int:scenario_id>/discard")
@allow(WRITE)
def discard_scenario(project_key: str, scenario_id: int) -> ResponseReturnValue:
    """Decide against it."""
    found, form = _found(scenario_id), DecisionForm()
    try:
        scenario_services.discard_scenario(session(), found, reason=form.reason.data or "", by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_one(found, status=422, deciding=form)
    tell_done(say("The scenario %(name)s is discarded and kept.", name=found.name))
    return _to(found)


@blueprint.post("/scenarios/<int:scenario_id>/adopt")
@allow(WRITE)
def adopt_scenario(project_key: str, scenario_id: int) -> ResponseReturnValue:
    """Carry it out as one change; refused with both plans where the page is no longer true."""
    found, form = _found(scenario_id), DecisionForm()
    made = compare(session(), g.project.id, [found], at=now(), zone=settings().time_zone)
    if made is None:
        raise NotFound("wave")
    try:
        moved = scenario_services.adopt_scenario(
            session(), found, made.posed, made.of(found).made, seen=request.form.get("seen", ""),
            reason=form.reason.data or "", exact=made.of(found).exact, by=actor(), at=now(),
        )  # fmt: skip
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_one(found, status=422, deciding=form)
    except scenario_services.PlanIsOther as refusal:
        return _draw_one(found, status=409, refused=refusal.reason)
    tell_done(say("%(name)s is adopted. %(moved)s", name=found.name, moved=moved_words(moved)))
    return _to(found)


def _to(found: Scenario) -> ResponseReturnValue:
    session().flush()
    return redirect(url_for("planning.scenario", scenario_id=found.id), 303)


def _found(scenario_id: int) -> Scenario:
    statement = scenario_queries.scenario_of(project_id=g.project.id, scenario_id=scenario_id)
    found = session().scalars(statement).one_or_none()
    if found is None:
        raise NotFound("scenario")
    return found


def _posed() -> Posed:
    posed = posed_now(session(), g.project.id, at=now(), zone=settings().time_zone)
    if posed is None:
        raise NotFound("wave")
    return posed


def _draw_list(form: ScenarioForm, status: int = 200) -> Response:
    rows = session().execute(scenario_queries.scenarios_of(project_id=g.project.id)).all()
    return draw("planning/scenarios.html", status, rows=rows, form=form, may_write=may(WRITE), adopted=ADOPTED)


def _compared(chosen: Sequence[Scenario]) -> dict[str, Any]:
    made = compare(session(), g.project.id, chosen, at=now(), zone=settings().time_zone)
    return {
        "made": made,
        "titles": _titles(made),
        "suggestion_words": suggestion_words,
        "scenario_words": scenario_words,
        "story_name": story_name,
    }


def _titles(made: Comparison | None) -> Mapping[int, Any]:
    """The stories that changes name, which may be over by now."""
    columns: Sequence[Column] = made.columns if made else ()
    ids = {one.story_id for column in columns for one in column.changes if one.story_id is not None}
    rows = session().execute(scenario_queries.stories_named(project_id=g.project.id, ids=ids))
    return {row.id: row for row in rows}


def _draw_one(
    found: Scenario,
    *,
    status: int = 200,
    naming: ScenarioForm | None = None,
    supposing: ChangeForm | None = None,
    deciding: DecisionForm | None = None,
    refused: Any = None,
) -> Response:
    around = _compared([found])
    made = around["made"]
    return draw(
        "planning/scenario.html",
        status,
        scenario=found,
        own=made.of(found) if made else None,
        naming=naming or ScenarioForm(obj=found),
        supposing=supposing or (ChangeForm().offer(made.posed) if made else None),
        deciding=deciding or DecisionForm(),
        refused=refused,
        may_write=may(WRITE),
        adopted=ADOPTED,
        job=search_under_way(SOLVE_SCENARIO, "scenario_id", found.id),
        **around,
    )
