"""The inbox of a rollout: what people of the CRM ask, and what is made of it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.audiences.pages import pages_of, record_or_404, record_to_change
from implementor.auth.models import User
from implementor.calendars.clocked_kinds import clocked
from implementor.calendars.queries import clocks_of_records
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.stories.models import Story
from implementor.support import permissions, queries, services
from implementor.support.catalogue import STATES
from implementor.support.kinds import REQUESTS
from implementor.support.models import SupportRequest
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.unit_of_work import now, session

MOST_OFFERED = 100
"""Earlier requests that one can be joined with, the newest: what says the same is asked in the same weeks."""
blueprint = Blueprint("support", __name__, url_prefix="/projects/<project_key>")


def parts_of_request(found: SupportRequest) -> dict[str, Any]:
    """Who sent it, what it became, and what can be made of it."""
    place = {"project_id": found.project_id, "request_id": found.id}
    may = actor().may(permissions.EDIT) and not found.is_archived
    return {
        "sender": session().get(User, found.created_by_id) if found.created_by_id else None,
        "story": session().get(Story, found.story_id) if found.story_id else None,
        "known": session().get(SupportRequest, found.known_id) if found.known_id else None,
        "copies": session().scalars(queries.copies_of(**place)).all(),
        "earlier": session().execute(queries.earlier_requests(**place).limit(MOST_OFFERED)).all()
        if may and not found.story_id
        else [],
        "may_act": may,
        "clocks": session().scalars(clocks_of_records(record_kind="support_request", record_ids=[found.id])).all(),
        "promises": {one.key: one.label for one in clocked["support_request"].clocks},
        "states": {choice.key: choice for choice in STATES},
    }


@blueprint.post("/requests/<int:record_id>/answer")
@allow(permissions.EDIT)
def answer(project_key: str, record_id: int) -> ResponseReturnValue:
    """Tell the sender."""
    try:
        services.answer(session(), _found(record_id), request.form.get("answer", ""), by=actor(), at=now())
    except InvalidInput as fault:
        raise Refusal(fault.reason) from fault
    tell_done(say("The sender is told."))
    return _back(record_id)


@blueprint.post("/requests/<int:record_id>/known")
@allow(permissions.EDIT)
def mark_known(project_key: str, record_id: int) -> ResponseReturnValue:
    """It says what an earlier one says."""
    found = _found(record_id)
    earlier = record_or_404(SupportRequest, whole_number(request.form.get("earlier_id", "")) or 0)
    services.mark_known(session(), found, earlier, by=actor(), at=now())
    tell_done(say("The sender hears what became of %(name)s.", name=earlier.name))
    return _back(record_id)


@blueprint.post("/requests/<int:record_id>/story")
@allow(permissions.EDIT)
def become_story(project_key: str, record_id: int) -> ResponseReturnValue:
    """Put it into the backlog."""
    story = services.become_story(session(), _found(record_id), by=actor(), at=now())
    tell_done(say("%(name)s is a story of the backlog; the sender is told.", name=story.title))
    return _back(record_id)


@blueprint.post("/requests/<int:record_id>/settle")
@allow(permissions.EDIT)
def settle(project_key: str, record_id: int) -> ResponseReturnValue:
    """Nothing more is to be done."""
    services.settle(session(), _found(record_id), by=actor(), at=now())
    tell_done(say("The request is settled."))
    return _back(record_id)


@blueprint.post("/requests/<int:record_id>/open")
@allow(permissions.EDIT)
def open_again(project_key: str, record_id: int) -> ResponseReturnValue:
    """Take it up anew."""
    services.open_again(session(), _found(record_id), by=actor(), at=now())
    tell_done(say("The request is open again."))
    return _back(record_id)


def _found(record_id: int) -> SupportRequest:
    found: SupportRequest = record_to_change(SupportRequest, record_id)
    return found


def _back(record_id: int) -> ResponseReturnValue:
    return redirect(url_for("support.one", project_key=g.project.key, record_id=record_id), 303)


pages_of(
    blueprint, REQUESTS, "requests", lambda _endpoint: [], say("Requests"),
    part=("support/_request.html", parts_of_request), listed="support/list.html",
)  # fmt: skip
