"""Objectives: the list, one with its metrics, benefits and stories, and what is said of it there."""

from __future__ import annotations

from typing import Any

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.comments.panel import panel_of
from implementor.discovery import permissions, queries, services
from implementor.discovery.catalogue import BENEFIT
from implementor.discovery.models import Objective
from implementor.discovery.scoreboard import ObjectiveFigures
from implementor.discovery.views.routing import blueprint, metric_named, objective_or_404
from implementor.foundation.errors import InvalidInput
from implementor.foundation.panels import Place, panels_of
from implementor.foundation.records import RecordRef
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.history.timeline import timeline_of
from implementor.lists.page import list_page
from implementor.lists.record_page import present_scope, record_page
from implementor.lists.sheets import sheet_of
from implementor.metrics.figures import figures_of
from implementor.metrics.queries import metrics_offered
from implementor.stories.statuses import status_choice
from implementor.web.forms import CatalogueForm, form_class
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session, today


@blueprint.get("/objectives")
@allow(permissions.VIEW)
def objectives(project_key: str) -> Response:
    """The objectives of the project as a list."""
    page = list_page(session(), sheet_of("objective"), present_scope(), request.args.to_dict(flat=False))
    return draw("discovery/objectives.html", page=page)


@blueprint.get("/objectives/new")
@allow(permissions.EDIT)
def new_objective(project_key: str) -> ResponseReturnValue:
    """State an objective."""
    return redirect(url_for("lists.new", kind="objective"), 303)


@blueprint.get("/objectives/<int:objective_id>")
@allow(permissions.VIEW)
def objective(project_key: str, objective_id: int) -> Response:
    """Everything about one objective."""
    return _draw(objective_or_404(objective_id), None)


@blueprint.post("/objectives/<int:objective_id>/metrics")
@allow(permissions.EDIT)
def judge_by(project_key: str, objective_id: int) -> ResponseReturnValue:
    """Judge it by one more metric."""
    found = objective_or_404(objective_id)
    metric = metric_named(whole_number(request.form.get("metric", "")))
    services.judge_by(session(), found, metric, by=actor(), at=now())
    tell_done(say("%(metric)s judges this objective.", metric=metric.name))
    return redirect(url_for("discovery.objective", objective_id=objective_id), 303)


@blueprint.post("/objectives/<int:objective_id>/metrics/<int:metric_id>/removal")
@allow(permissions.EDIT)
def judge_no_longer(project_key: str, objective_id: int, metric_id: int) -> ResponseReturnValue:
    """Judge it by a metric no longer."""
    found, metric = objective_or_404(objective_id), metric_named(metric_id)
    services.judge_no_longer(session(), found, metric, by=actor(), at=now())
    tell_done(say("%(metric)s no longer judges this objective.", metric=metric.name))
    return redirect(url_for("discovery.objective", objective_id=objective_id), 303)


@blueprint.post("/objectives/<int:objective_id>/benefits")
@allow(permissions.EDIT)
def add_benefit(project_key: str, objective_id: int) -> ResponseReturnValue:
    """Say what reaching it is worth."""
    found, form = objective_or_404(objective_id), _benefit_form()
    if not form.validate():
        return _draw(found, form, 422)
    try:
        made = services.add_benefit(session(), found, form.values(), by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(found, form, 422)
    tell_done(say("The benefit %(title)s is added.", title=made.title))
    return redirect(url_for("discovery.objective", objective_id=objective_id, _anchor="benefits"), 303)


def _benefit_form(**given: Any) -> CatalogueForm:
    return form_class(BENEFIT.fields.values(), present_scope(), session())(**given)


def _draw(found: Objective, form: CatalogueForm | None, status: int = 200) -> Response:
    scope, project_id = present_scope(), found.project_id
    linked = session().execute(queries.metrics_of_objectives(project_id=project_id, objective_ids=[found.id])).all()
    standing = figures_of(session(), [row.Metric for row in linked], on=today())
    page = record_page(session(), sheet_of("objective"), scope, found.id)
    figures = [standing[row.Metric.id] for row in linked]
    may_edit = actor().may(permissions.EDIT) and not found.is_archived
    offered = session().execute(metrics_offered(scope)).all() if may_edit else []
    known = {row.Metric.id for row in linked}
    return draw(
        "discovery/objective.html",
        status,
        found=found,
        page=page,
        board=ObjectiveFigures(found, str(page.cells["owner_id"].shown or ""), figures),
        figures=figures,
        offered=[row for row in offered if row.id not in known],
        benefits=session().execute(queries.benefits_of_project(project_id=project_id, objective_id=found.id)).all(),
        stories=session().execute(queries.stories_of_objectives(project_id=project_id, objective_id=found.id)).all(),
        status_choice=status_choice,
        benefit_fields=BENEFIT.fields,
        form=(form or _benefit_form(formdata=None, data={"rhythm": "year"})) if may_edit else None,
        may_edit=may_edit,
        panels=panels_of(session(), "objective.page", Place(actor(), now(), g.project, found)),
        talk=panel_of(session(), RecordRef("objective", found.id), actor=actor()),
        **_timeline(found, scope),
    )


def _timeline(found: Objective, scope: Any) -> dict[str, Any]:
    timeline = timeline_of(session(), "objective", found.id, scope, at=now(), after=request.args.get("after"))
    older = timeline.next and url_for("discovery.objective", objective_id=found.id, after=timeline.next)
    return {"timeline": timeline, "timeline_next_url": older}
