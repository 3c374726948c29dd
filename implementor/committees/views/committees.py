"""The pages of committees: the list, and one with its goals, next meeting, open decisions, actions and past minutes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.committees import permissions
from implementor.committees.catalogue import COMMITTEE, PARTS
from implementor.committees.models import Committee
from implementor.committees.place import ProgrammePlace
from implementor.committees.queries.committees import limits_of, members_of
from implementor.committees.queries.meetings import (
    actions_of_meetings,
    closed_meetings,
    coming_meeting,
    open_questions,
)
from implementor.committees.queries.programmes import committees_of_programme
from implementor.committees.quorum import needed_for
from implementor.committees.services.committees import create_committee
from implementor.committees.services.meetings import plan_meeting, plan_next
from implementor.committees.views.routing import (
    blueprint,
    committee_or_404,
    committee_to_change,
    is_in_sight,
    keys_here,
    may,
    programme_here,
)
from implementor.discovery.scoreboard import scoreboard
from implementor.foundation.errors import InvalidInput
from implementor.foundation.permissions import ROLE_LABELS, Role
from implementor.foundation.words import say
from implementor.history.timeline import timeline_of
from implementor.lists.page import list_page
from implementor.lists.record_page import present_scope
from implementor.lists.sheets import sheet_of
from implementor.web.forms import CatalogueForm, form_class
from implementor.web.guard import actor, allow
from implementor.web.language import show_moment
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session, today


@blueprint.get("/committees")
@allow(permissions.VIEW)
def index() -> Response:
    """The committees of the project, or those of the programme that the reader sees."""
    place = programme_here()
    if place is not None:
        return _draw_of_programme(place)
    page = list_page(session(), sheet_of("committee"), present_scope(), request.args.to_dict(flat=False))
    return draw("committees/index.html", page=page)


@blueprint.get("/committees/new")
@allow(permissions.EDIT)
def new() -> ResponseReturnValue:
    """Set one up."""
    if programme_here() is None:
        return redirect(url_for("lists.new", kind="committee"), 303)
    form = _committee_form()(formdata=None)
    begun = {name: field.first_value(present_scope()) for name, field in form.catalogue.items()}
    form.process(data={name: str(value) for name, value in begun.items() if value is not None})
    return draw("committees/new.html", form=form)


@blueprint.post("/committees")
@allow(permissions.EDIT)
def create() -> ResponseReturnValue:
    """Set up a committee with what was filled in."""
    place, form = programme_here(), _committee_form()()
    if not form.validate():
        return draw("committees/new.html", 422, form=form)
    of = {"project_id": g.project.id} if place is None else {"programme_id": place.id}
    try:
        made = create_committee(session(), values=form.values(), by=actor(), at=now(), **of)
    except InvalidInput as refusal:
        form.refuse(refusal)
        return draw("committees/new.html", 422, form=form)
    tell_done(say("%(name)s is set up. Say now who sits on it.", name=made.name))
    return redirect(url_for(".members", committee_id=made.id), 303)


@blueprint.get("/committees/<int:committee_id>")
@allow(permissions.VIEW)
def show(committee_id: int) -> Response:
    """Everything a committee needs to know before it meets."""
    found = committee_or_404(committee_id)
    on = today()
    past = session().scalars(closed_meetings(committee_id=found.id)).all()
    members = session().scalars(members_of(committee_id=found.id)).all()
    voting = [one for one in members if one.votes and one.sits_on(on)]
    timeline = timeline_of(session(), "committee", found.id, present_scope(), at=now(), after=request.args.get("after"))
    return draw(
        "committees/show.html", found=found, fields=COMMITTEE.fields, members=members, on=on, past=past,
        parts={choice.key: choice for choice in PARTS}, needed=needed_for(found.quorum_kind, found.quorum, len(voting)),
        voting=len(voting), **_of_place(found, on, past[0].starts_at if past else None),
        coming=session().scalars(coming_meeting(committee_id=found.id)).first(),
        limits=session().scalars(limits_of(committee_id=found.id)).all(), roles=ROLE_LABELS, Role=Role,
        may_edit=may(permissions.EDIT) and not found.is_archived,
        may_restore=may(permissions.EDIT) and found.is_archived,
        may_prepare=may(permissions.PREPARE) and not found.is_archived,
        may_decide=may(permissions.BETWEEN) and not found.is_archived, timeline=timeline,
        timeline_next_url=timeline.next and url_for(".show", committee_id=found.id, after=timeline.next),
    )  # fmt: skip


@blueprint.post("/committees/<int:committee_id>/next-meeting")
@allow(permissions.PREPARE)
def plan_by_rhythm(committee_id: int) -> ResponseReturnValue:
    """Plan the next meeting of the rhythm."""
    found = committee_to_change(committee_id)
    made = plan_next(session(), found, by=actor(), at=now())
    tell_done(say("%(title)s is planned for %(moment)s.", title=made.title, moment=show_moment(made.starts_at)))
    return redirect(url_for(".meeting", meeting_id=made.id), 303)


@blueprint.get("/committees/<int:committee_id>/meetings/new")
@allow(permissions.PREPARE)
def new_meeting(committee_id: int) -> Response:
    """Say when a meeting is."""
    found = committee_to_change(committee_id)
    given = {"length_minutes": found.length_minutes, "place": found.place, "link": found.link}
    form = _meeting_form()(formdata=None, data=given)
    form["title"].data = str(say("%(committee)s, extraordinary meeting", committee=found.name))
    return _draw_new(found, form)


@blueprint.post("/committees/<int:committee_id>/meetings")
@allow(permissions.PREPARE)
def plan_by_hand(committee_id: int) -> ResponseReturnValue:
    """Plan a meeting outside the rhythm."""
    found, form = committee_to_change(committee_id), _meeting_form()()
    if not form.validate():
        return _draw_new(found, form, 422)
    try:
        made = plan_meeting(session(), found, form.values(), by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_new(found, form, 422)
    tell_done(say("%(title)s is planned for %(moment)s.", title=made.title, moment=show_moment(made.starts_at)))
    return redirect(url_for(".meeting", meeting_id=made.id), 303)


def _of_place(found: Committee, on: date, since: datetime | None) -> dict[str, Any]:
    """What the project, or each project of the programme that the reader is in, brings to the page."""
    place = programme_here()
    seen = [g.project] if place is None else [one for one in place.projects.values() if one.id in place.seen]
    boards = [(one, scoreboard(session(), project_id=one.id, on=on, given_only=place is not None)) for one in seen]
    if place is None:
        boards = [(one, [each for each in board if each.objective.given_key] or board[:3]) for one, board in boards]
    followed = session().scalars(actions_of_meetings(committee_id=found.id, since=since)).all()
    questions = session().scalars(open_questions(project_ids=[one.id for one in seen])).all()
    return {
        "boards": [(one, board) for one, board in boards if board], "questions": questions, "programme": place,
        "actions": [one for one in followed if is_in_sight(one.project_id)], "keys": keys_here(),
    }  # fmt: skip


def _draw_of_programme(place: ProgrammePlace) -> Response:
    rows = session().execute(committees_of_programme(programme_id=place.id)).all()
    found = [row for row in rows if place.shows(row.Committee.id)]
    return draw(
        "committees/of_programme.html", programme=place, rows=found, may_edit=may(permissions.EDIT),
        purposes=COMMITTEE.fields["rhythm"],
    )  # fmt: skip


def _committee_form() -> type[CatalogueForm]:
    fields = sheet_of("committee").entity.fields.values()
    return form_class([one for one in fields if one.is_editable_by(actor())], present_scope(), session())


def _meeting_form() -> type[CatalogueForm]:
    fields = sheet_of("meeting").entity.fields.values()
    return form_class([one for one in fields if one.is_editable_by(actor())], present_scope(), session())


def _draw_new(found: Committee, form: CatalogueForm, status: int = 200) -> Response:
    return draw("committees/new_meeting.html", status, found=found, form=form)
