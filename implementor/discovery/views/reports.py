"""Wanted reports: the list, one with its drawn table and the data it needs, and the stories derived from it."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.comments.panel import panel_of
from implementor.discovery import permissions, queries
from implementor.discovery import requirement_services as services
from implementor.discovery.answering import answer_of
from implementor.discovery.forms import DeriveForm, MockupForm
from implementor.discovery.models import ReportRequirement
from implementor.discovery.requirement_services import ProposedStory, proposed_stories
from implementor.discovery.views.routing import blueprint, report_or_404
from implementor.discovery.wanted_catalogue import DATUM
from implementor.foundation.errors import InvalidInput
from implementor.foundation.panels import Place, panels_of
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say, say_n
from implementor.history.timeline import timeline_of
from implementor.lists.page import list_page
from implementor.lists.record_page import present_scope, record_page
from implementor.lists.sheets import sheet_of
from implementor.stories.catalogue import STORY
from implementor.stories.permissions import EDIT as EDIT_STORY
from implementor.stories.statuses import status_choice
from implementor.web.forms import CatalogueForm, form_class, offered
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/wanted-reports")
@allow(permissions.VIEW)
def reports(project_key: str) -> Response:
    """The reports that people want."""
    page = list_page(session(), sheet_of("report_requirement"), present_scope(), request.args.to_dict(flat=False))
    return draw("discovery/reports.html", page=page)


@blueprint.get("/wanted-reports/new")
@allow(permissions.EDIT)
def new_report(project_key: str) -> ResponseReturnValue:
    """Describe a wanted report."""
    return redirect(url_for("lists.new", kind="report_requirement"), 303)


@blueprint.get("/wanted-reports/<int:report_id>")
@allow(permissions.VIEW)
def report(project_key: str, report_id: int) -> Response:
    """Everything about one wanted report."""
    return _draw(report_or_404(report_id))


@blueprint.post("/wanted-reports/<int:report_id>/mockup")
@allow(permissions.EDIT)
def draw_mockup(project_key: str, report_id: int) -> ResponseReturnValue:
    """Draw the table that is wanted."""
    found, form = report_or_404(report_id), MockupForm()
    try:
        services.draw_mockup(session(), found, form.columns.data or "", by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(found, mockup=form, status=422)
    tell_done(say("The table of %(title)s is drawn.", title=found.title))
    return redirect(url_for("discovery.report", report_id=report_id), 303)


@blueprint.post("/wanted-reports/<int:report_id>/data")
@allow(permissions.EDIT)
def add_datum(project_key: str, report_id: int) -> ResponseReturnValue:
    """Name a field that it needs."""
    found, form = report_or_404(report_id), _datum_form()
    if not form.validate():
        return _draw(found, datum=form, status=422)
    try:
        made = services.add_datum(session(), found, form.values(), by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(found, datum=form, status=422)
    tell_done(say("%(field)s is added.", field=made.name))
    return redirect(url_for("discovery.report", report_id=report_id, _anchor="data"), 303)


@blueprint.get("/wanted-reports/<int:report_id>/stories")
@allow(EDIT_STORY)
def derive_page(project_key: str, report_id: int) -> Response:
    """Look at the stories it asks for, and choose."""
    found = report_or_404(report_id)
    proposed = _proposed(found)
    form = _derive_form(proposed, formdata=None, data={"origins": [one.origin for one in proposed]})
    return _draw_derive(found, proposed, form)


@blueprint.post("/wanted-reports/<int:report_id>/stories")
@allow(EDIT_STORY)
def derive(project_key: str, report_id: int) -> ResponseReturnValue:
    """Write the chosen ones, all or none."""
    found = report_or_404(report_id)
    proposed = _proposed(found)
    form = _derive_form(proposed)
    try:
        made = services.derive_stories(session(), found, form.origins.data or [], by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_derive(found, proposed, form, 422)
    tell_done(say_n("%(count)s story is in the backlog now.", "%(count)s stories are in the backlog now.", len(made)))
    return redirect(url_for("discovery.report", report_id=report_id, _anchor="stories"), 303)


@blueprint.post("/wanted-reports/<int:report_id>/answer")
@allow(permissions.EDIT)
def answer(project_key: str, report_id: int) -> ResponseReturnValue:
    """Say which kept report answers it, or that none does."""
    found = report_or_404(report_id)
    services.answer(session(), found, request.form.get("uid") or None, by=actor(), at=now())
    if found.report_uid is None:
        tell_done(say("No report answers %(title)s.", title=found.title))
    else:
        tell_done(say("It is said which report answers %(title)s.", title=found.title))
    return redirect(url_for("discovery.report", report_id=report_id, _anchor="answer"), 303)


def _proposed(found: ReportRequirement) -> list[ProposedStory]:
    data = [row.ReportDatum for row in session().execute(queries.data_of_requirement(requirement_id=found.id))]
    derived = session().execute(queries.stories_of_requirement(requirement_id=found.id))
    return proposed_stories(found, data, [row.origin for row in derived])


def _derive_form(proposed: list[ProposedStory], **given: Any) -> DeriveForm:
    form = DeriveForm(**given)
    form.origins.choices = offered((one.origin, one.title) for one in proposed)
    return form


def _datum_form(**given: Any) -> CatalogueForm:
    return form_class(DATUM.fields.values(), present_scope(), session())(**given)


def _draw_derive(
    found: ReportRequirement, proposed: list[ProposedStory], form: DeriveForm, status: int = 200
) -> Response:
    return draw(
        "discovery/derive.html", status, found=found, proposed=proposed, form=form, type_of=STORY.fields["type"].choice
    )


def _draw(
    found: ReportRequirement, *, mockup: MockupForm | None = None, datum: CatalogueForm | None = None, status: int = 200
) -> Response:
    scope = present_scope()
    may_edit = actor().may(permissions.EDIT) and not found.is_archived
    data = session().execute(queries.data_of_requirement(requirement_id=found.id)).all()
    stories = session().execute(queries.stories_of_requirement(requirement_id=found.id)).all()
    proposed = proposed_stories(found, [row.ReportDatum for row in data], [row.origin for row in stories])
    drawn = "\n".join(f"{one['name']} = {one['example']}" if one["example"] else one["name"] for one in found.mockup)
    return draw(
        "discovery/report.html",
        status,
        found=found,
        page=record_page(session(), sheet_of("report_requirement"), scope, found.id),
        data=data,
        stories=stories,
        proposed=proposed,
        quality=DATUM.fields["quality"].choice,
        status_choice=status_choice,
        mockup_form=mockup or MockupForm(formdata=None, data={"columns": drawn}),
        form=(datum or _datum_form(formdata=None, data={"quality": "unknown"})) if may_edit else None,
        may_edit=may_edit,
        may_derive=actor().may(EDIT_STORY) and not found.is_archived and bool(proposed),
        answer=answer_of(session(), found, actor()),
        panels=panels_of(session(), "wanted_report.answer", Place(actor(), now(), None, found)),
        talk=panel_of(session(), RecordRef("report_requirement", found.id), actor=actor()),
        **_timeline(found, scope),
    )


def _timeline(found: ReportRequirement, scope: Any) -> dict[str, Any]:
    kind, after = "report_requirement", request.args.get("after")
    timeline = timeline_of(session(), kind, found.id, scope, at=now(), after=after)
    older = timeline.next and url_for("discovery.report", report_id=found.id, after=timeline.next)
    return {"timeline": timeline, "timeline_next_url": older}
