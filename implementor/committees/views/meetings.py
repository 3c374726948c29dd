"""The page of a meeting: its agenda and calendar file, inviting, beginning, minutes, closing."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from implementor.committees import permissions
from implementor.committees.agenda import Line, agenda_of, begin_meeting, planned_minutes
from implementor.committees.catalogue import ANSWERS, PARTS, STATES
from implementor.committees.forms import MinutesForm, PointForm
from implementor.committees.meeting_news import tell_invited
from implementor.committees.minutes_draft import draft_of
from implementor.committees.models import Meeting
from implementor.committees.pages_of_points import pages_of
from implementor.committees.queries.committees import members_of
from implementor.committees.queries.meetings import (
    actions_given_in,
    actions_of_meetings,
    attendance_of,
    closed_meetings,
    decision_numbers,
)
from implementor.committees.queries.programmes import keys_of_projects
from implementor.committees.services import meetings as services
from implementor.committees.services.meetings import quorum_now
from implementor.committees.views.own import as_calendar, invitation_of
from implementor.committees.views.routing import (
    actor_about,
    blueprint,
    is_in_sight,
    keys_here,
    may,
    meeting_or_404,
    name_here,
    programme_here,
    project_here,
    projects_offered,
    reader_here,
)
from implementor.foundation.errors import InvalidInput
from implementor.foundation.invitation import calendar_file
from implementor.foundation.words import say
from implementor.governance.models import ActionItem
from implementor.lists.page import list_page
from implementor.lists.record_page import present_scope
from implementor.lists.sheets import sheet_of
from implementor.web.guard import actor, allow
from implementor.web.messages import tell, tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/meetings")
@allow(permissions.VIEW)
def meetings() -> ResponseReturnValue:
    """The meetings of every committee, the latest first; at a programme they stand with their committees."""
    if programme_here() is not None:
        return redirect(url_for(".index"), 303)
    page = list_page(session(), sheet_of("meeting"), present_scope(), request.args.to_dict(flat=False))
    return draw("committees/meetings.html", page=page)


@blueprint.get("/meetings/<int:meeting_id>")
@allow(permissions.VIEW)
def meeting(meeting_id: int) -> Response:
    """Before: what waits. While it runs and after: what stands, what was answered, the minutes."""
    return draw_meeting(meeting_or_404(meeting_id))


@blueprint.get("/meetings/<int:meeting_id>/calendar-file")
@allow(permissions.VIEW)
def calendar(meeting_id: int) -> Response:
    """The meeting for any calendar program."""
    found = meeting_or_404(meeting_id)
    text = calendar_file(invitation_of(found, name_here(), found.committee.programme_id))
    return as_calendar(text, f"meeting-{meeting_id}")


@blueprint.post("/meetings/<int:meeting_id>/invitation")
@allow(permissions.PREPARE)
def invite(meeting_id: int) -> ResponseReturnValue:
    """Invite everybody of the committee."""
    found = meeting_or_404(meeting_id)
    people = services.invite(session(), found, by=actor(), at=now())
    page = url_for(".meeting", meeting_id=found.id)
    tell_invited(session(), found, people, of=name_here(), page=page, by=actor(), at=now())
    tell_done(say("The members of %(name)s are invited.", name=found.committee.name))
    return _back_to(found)


@blueprint.post("/meetings/<int:meeting_id>/begin")
@allow(permissions.PREPARE)
def begin(meeting_id: int) -> ResponseReturnValue:
    """Begin it, and go to the screen that is projected."""
    found = meeting_or_404(meeting_id)
    begin_meeting(session(), project_here(), found, by=actor(), at=now())
    tell(say("%(title)s has begun.", title=found.title))
    return redirect(url_for(".review", meeting_id=found.id), 303)


@blueprint.get("/meetings/<int:meeting_id>/minutes")
@allow(permissions.PREPARE)
def edit_minutes(meeting_id: int) -> Response:
    """The minutes as they stand, or as the program would write them."""
    found = meeting_or_404(meeting_id)
    services.refuse_not_running(found)
    is_anew = "draft" in request.args
    text = found.minutes if found.minutes and not is_anew else draft_of(session(), found)
    return _draw_minutes(found, MinutesForm(formdata=None, data={"minutes": text}))


@blueprint.post("/meetings/<int:meeting_id>/minutes")
@allow(permissions.PREPARE)
def write_minutes(meeting_id: int) -> ResponseReturnValue:
    """Keep the minutes."""
    found, form = meeting_or_404(meeting_id), MinutesForm()
    try:
        services.write_minutes(session(), found, form.minutes.data or "", by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_minutes(found, form, 422)
    tell(say("The minutes are saved."))
    return _back_to(found)


@blueprint.post("/meetings/<int:meeting_id>/close")
@allow(permissions.PREPARE)
def close(meeting_id: int) -> ResponseReturnValue:
    """Close it for good."""
    found = meeting_or_404(meeting_id)
    services.refuse_not_running(found)
    draft = found.minutes or draft_of(session(), found)
    following = services.close_meeting(session(), found, draft=draft, by=actor(), at=now())
    tell(
        say("%(title)s is closed. What is open comes to %(next)s.", title=found.title, next=following.title)
        if following is not None
        else say("%(title)s is closed.", title=found.title)
    )
    return _back_to(found)


def draw_meeting(found: Meeting, status: int = 200, *, point: PointForm | None = None) -> Response:
    """The page of a meeting."""
    every = agenda_here(found)
    lines = [line for line in every if is_shown(line)]
    last = session().scalars(closed_meetings(committee_id=found.committee_id, limit=1)).first()
    followed = actions_of_meetings(
        committee_id=found.committee_id, since=last.starts_at if last is not None and last is not found else None
    )
    decisions = [line.item.decision_id for line in lines if line.item is not None and line.item.decision_id]
    may_prepare = may(permissions.PREPARE) and not found.is_closed and not found.is_archived
    return draw(
        "committees/meeting.html", status, found=found, lines=lines, minutes_planned=planned_minutes(lines),
        pages=pages_of(session(), lines, by=reader_here()), answers={choice.key: choice for choice in ANSWERS},
        decisions={row.id: row for row in session().execute(decision_numbers(decisions))} if decisions else {},
        followed=_in_sight(followed) if not found.is_closed else [],
        given=_in_sight(actions_given_in(meeting_id=found.id)), programme=programme_here(), keys=keys_here(),
        point=point or point_form(), may_prepare=may_prepare, may_decide=may(permissions.DECIDE),
        veiled=_veiled(every), **_people(found),
    )  # fmt: skip


def lines_here(found: Meeting) -> list[Line]:
    """The points of a meeting that the reader may see."""
    return [line for line in agenda_here(found) if is_shown(line)]


def agenda_here(found: Meeting) -> list[Line]:
    """Every point of a meeting, whoever may see it."""
    return agenda_of(session(), project_here(), found, at=now())


def is_shown(line: Line) -> bool:
    """Whether the reader is in the project that a point is about, and may see points of its subject there."""
    return is_in_sight(line.project_id) and line.subject.is_seen_by(actor_about(line.project_id))


def point_form() -> PointForm:
    """The form of a point of one's own; at a programme with the projects that it may be about."""
    return PointForm().among(projects_offered())


def _veiled(lines: list[Line]) -> list[tuple[str, int]]:
    """Projects of the programme that the reader is not in, and how many of the points are about each."""
    place = programme_here()
    if place is None:
        return []
    hidden = Counter(line.project_id for line in lines if not is_in_sight(line.project_id) and not line.is_left_out)
    names = session().execute(keys_of_projects(one for one in hidden if one is not None))
    return [(f"{row.key} · {row.name}", hidden[row.id]) for row in names] if hidden else []


def _in_sight(found: Select[ActionItem]) -> list[ActionItem]:
    return [one for one in session().scalars(found) if is_in_sight(one.project_id)]


def _people(found: Meeting) -> dict[str, Any]:
    """Who was there, or before it begins who is expected."""
    words = {"parts": {choice.key: choice for choice in PARTS}, "states": {choice.key: choice for choice in STATES}}
    if not found.is_begun:
        seats = session().scalars(members_of(committee_id=found.committee_id)).all()
        expected = [one for one in seats if one.sits_on(found.starts_at.date())]
        return {**words, "expected": expected, "attendance": [], "quorum": None}
    attendance = session().scalars(attendance_of(meeting_id=found.id)).all()
    return {**words, "expected": [], "attendance": attendance, "quorum": quorum_now(session(), found)}


def _draw_minutes(found: Meeting, form: MinutesForm, status: int = 200) -> Response:
    return draw("committees/minutes.html", status, found=found, form=form)


def _back_to(found: Meeting) -> ResponseReturnValue:
    return redirect(url_for(".meeting", meeting_id=found.id), 303)
