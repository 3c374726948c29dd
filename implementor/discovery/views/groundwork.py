"""The groundwork of a project: staffing needs, assessments of the four bases side by side, the SWOT in quadrants."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.discovery import groundwork_services as services
from implementor.discovery import permissions
from implementor.discovery.base_comparison import comparison
from implementor.discovery.groundwork_catalogue import QUADRANTS, RECOMMENDATIONS
from implementor.discovery.groundwork_models import Assessment, StaffingNeed, SwotItem
from implementor.discovery.groundwork_queries import assessments_of, items_of_swot
from implementor.discovery.views.routing import blueprint, record_or_404
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say
from implementor.governance.linked import linked_of
from implementor.governance.permissions import RISK_EDIT
from implementor.history.timeline import timeline_of
from implementor.lists.page import list_page
from implementor.lists.record_page import present_scope, record_page
from implementor.lists.sheets import sheet_of
from implementor.stories.permissions import EDIT as EDIT_STORY
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

NEEDED = {"risk": RISK_EDIT, "objective": permissions.EDIT, "story": EDIT_STORY}


@blueprint.get("/staffing")
@allow(permissions.VIEW)
def staffing(project_key: str) -> Response:
    """Who is needed, as a list."""
    page = list_page(session(), sheet_of("staffing_need"), present_scope(), request.args.to_dict(flat=False))
    return draw("discovery/staffing.html", page=page)


@blueprint.get("/staffing/<int:staffing_id>")
@allow(permissions.VIEW)
def staffing_need(project_key: str, staffing_id: int) -> Response:
    """One need, with what the four questions recommend."""
    found: StaffingNeed = record_or_404(StaffingNeed, staffing_id)
    recommended = next(one for one in RECOMMENDATIONS if one.key == found.recommendation)
    return _draw(found, "discovery.staffing_need", "staffing_id", recommended=recommended)


@blueprint.get("/assessments")
@allow(permissions.VIEW)
def assessments(project_key: str) -> Response:
    """The four bases side by side over time, and the list."""
    page = list_page(session(), sheet_of("assessment"), present_scope(), request.args.to_dict(flat=False))
    found = session().scalars(assessments_of(project_id=g.project.id)).all()
    return draw("discovery/assessments.html", page=page, days=found[::-1], rows=comparison(found[::-1]))


@blueprint.get("/assessments/<int:assessment_id>")
@allow(permissions.VIEW)
def assessment(project_key: str, assessment_id: int) -> Response:
    """One assessment."""
    return _draw(record_or_404(Assessment, assessment_id), "discovery.assessment", "assessment_id")


@blueprint.get("/swot")
@allow(permissions.VIEW)
def swot(project_key: str) -> Response:
    """The four quadrants, the heaviest first."""
    rows = session().execute(items_of_swot(project_id=g.project.id)).all()
    quadrants = [(one, [row for row in rows if row.SwotItem.quadrant == one.key]) for one in QUADRANTS]
    return draw("discovery/swot.html", quadrants=quadrants, count=len(rows), may_edit=actor().may(permissions.EDIT))


@blueprint.get("/swot/<int:swot_id>")
@allow(permissions.VIEW)
def swot_item(project_key: str, swot_id: int) -> Response:
    """One item, and what was made of it."""
    found: SwotItem = record_or_404(SwotItem, swot_id)
    words = {"risk": say("Make a risk of it"), "objective": say("Make an objective of it"),
             "story": say("Make a story of it")}  # fmt: skip
    may_turn = actor().may(permissions.EDIT) and not found.is_archived
    turns = [(key, word) for key, word in words.items() if may_turn and actor().may(NEEDED[key])]
    return _draw(found, "discovery.swot_item", "swot_id", turns=turns)


@blueprint.post("/swot/<int:swot_id>/turn/<any(risk, objective, story):into>")
@allow(permissions.EDIT)
def turn_swot_item(project_key: str, swot_id: int, into: str) -> ResponseReturnValue:
    """Make a risk, an objective or a story of it."""
    if not actor().may(NEEDED[into]):
        abort(403)
    services.turn_item(session(), record_or_404(SwotItem, swot_id), into=into, by=actor(), at=now())
    tell_done(say("It is made. The two name each other."))
    return redirect(url_for("discovery.swot_item", swot_id=swot_id, _anchor="linked"), 303)


def _draw(found: Any, endpoint: str, argument: str, **more: Any) -> Response:
    kind, scope = found.__record_kind__, present_scope()
    timeline = timeline_of(session(), kind, found.id, scope, at=now(), after=request.args.get("after"))
    older = timeline.next and url_for(endpoint, **{argument: found.id}, after=timeline.next)
    return draw(
        "discovery/groundwork.html",
        found=found,
        kind=kind,
        page=record_page(session(), sheet_of(kind), scope, found.id),
        linked=linked_of(session(), RecordRef(kind, found.id), project_id=found.project_id, by=actor()),
        timeline=timeline,
        timeline_next_url=older,
        **{"turns": (), "recommended": None, **more},
    )
