"""What the page of a course shows besides its fields, and inviting people to it."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.audiences.catalogue.shared import audiences_offered
from implementor.audiences.models import Audience
from implementor.audiences.pages import record_or_404, record_to_change
from implementor.comments.panel import panel_of
from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.records import RecordRef
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.lists.record_page import present_scope
from implementor.training import booking, permissions
from implementor.training import session_queries as queries
from implementor.training.models import Course, Enrolment
from implementor.training.views.routing import blueprint
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.unit_of_work import now, session, today


def parts_of_course(course: Course) -> dict[str, Any]:
    """Topics, sessions with their seats, job roles whose path leads here, and who is invited."""
    place = {"project_id": course.project_id, "course_id": course.id}
    may_enrol = actor().may(permissions.ENROL) and not course.is_archived
    steps = session().scalars(queries.roles_of_course(**place)).all()
    missing = queries.people_without(**place, today=today(), roles=[step.name for step in steps])
    return {
        "topics": session().scalars(queries.topics_of_course(**place)).all(),
        "sessions": session().execute(queries.sessions_of_course(**place)).all(),
        "steps": steps,
        "may_enrol": may_enrol,
        "missing": session().scalars(missing).all() if may_enrol and steps else [],
        "invited": session().execute(queries.invited_to(**place)).all() if may_enrol else [],
        "audiences": session().execute(audiences_offered(present_scope())).all() if may_enrol else [],
        "now": now(),
        "talk": panel_of(session(), RecordRef("course", course.id), actor=actor()),
    }


@blueprint.post("/courses/<int:record_id>/invite")
@allow(permissions.ENROL)
def invite(project_key: str, record_id: int) -> ResponseReturnValue:
    """Invite everybody of an audience, or of the job roles whose path leads here, who has no part in it yet."""
    course: Course = record_to_change(Course, record_id)
    place = {"project_id": g.project.id, "course_id": course.id}
    if (chosen := request.form.get("audience_id")) is not None:
        audience = record_or_404(Audience, whole_number(chosen) or 0)
        statement, way = queries.people_without(**place, today=today(), audience_id=audience.id), "hand"
    else:
        roles = [step.name for step in session().scalars(queries.roles_of_course(**place))]
        statement, way = queries.people_without(**place, today=today(), roles=roles), "rule"
    people = session().scalars(statement).all()
    if not people:
        raise Refusal(say("Nobody is left to invite: all of them wait for it or have completed it."))
    count = booking.invite(session(), course, people, way=way, by=actor(), at=now())
    tell_done(say("Invited: %(count)s. Those with an address get a mail.", count=count))
    return redirect(url_for("training.course", record_id=record_id), 303)


@blueprint.post("/courses/<int:record_id>/invited/<int:enrolment_id>/withdraw")
@allow(permissions.ENROL)
def withdraw(project_key: str, record_id: int, enrolment_id: int) -> ResponseReturnValue:
    """Take an invitation back."""
    found: Enrolment = record_or_404(Enrolment, enrolment_id)
    if found.course_id != record_id:
        raise NotFound("enrolment")
    booking.withdraw(session(), found, by=actor(), at=now())
    tell_done(say("The invitation is taken back."))
    return redirect(url_for("training.course", record_id=record_id), 303)
