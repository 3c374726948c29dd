"""The screen that is projected while a meeting is held: one point at a time, decided in place, by keyboard alone."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.committees import deciding, permissions
from implementor.committees.agenda import Line
from implementor.committees.catalogue import ANSWERS, PARTS, STATES
from implementor.committees.forms import AnswerForm, GiveForm, NoteForm, VoteForm, answers_of
from implementor.committees.models import AgendaItem, Meeting
from implementor.committees.pages_of_points import pages_of
from implementor.committees.queries.meetings import actions_of_meetings, attendance_of, closed_meetings
from implementor.committees.services import meetings as services
from implementor.committees.views.meetings import lines_here
from implementor.committees.views.routing import (
    actor_about,
    blueprint,
    is_in_sight,
    keys_here,
    may,
    meeting_or_404,
    programme_here,
    project_about,
    project_here,
)
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.permissions import Actor, Permission
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.governance.models import Decision
from implementor.governance.permissions import ACTION_EDIT, DECISION_TAKE, DECISION_VOTE
from implementor.governance.queries.decisions import votes_of
from implementor.governance.services import votes
from implementor.governance.voting import offered_to, tally
from implementor.projects.models import Project
from implementor.projects.queries import people_of_project
from implementor.web.forms import offered
from implementor.web.guard import actor, allow
from implementor.web.messages import tell, tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

FIRST, LAST = "people", "end"
POINT = "/meetings/<int:meeting_id>/points/<int:point_id>"


@blueprint.get("/meetings/<int:meeting_id>/review")
@allow(permissions.VIEW)
def review(meeting_id: int) -> Response:
    """One step of the meeting: who is there, a point, or the end."""
    return _draw(meeting_or_404(meeting_id), request.args.get("point", FIRST))


@blueprint.post("/meetings/<int:meeting_id>/attendance")
@allow(permissions.PREPARE)
def attend(meeting_id: int) -> ResponseReturnValue:
    """Say who is there."""
    found = meeting_or_404(meeting_id)
    states = {
        whole_number(name.removeprefix("person_")) or 0: state
        for name, state in request.form.items()
        if name.startswith("person_")
    }
    services.mark_attendance(session(), found, states, by=actor(), at=now())
    quorum = services.quorum_now(session(), found)
    tell(say("There is a quorum.") if quorum.is_met else say("There is no quorum: answers are proposals."))
    return _on_to(found, FIRST, 1)


@blueprint.post(f"{POINT}/answer")
@allow(permissions.DECIDE)
def answer(meeting_id: int, point_id: int) -> ResponseReturnValue:
    """Decide a point in place."""
    found, form = meeting_or_404(meeting_id), AnswerForm()
    item = deciding.item_of(session(), found, point_id)
    try:
        said, about = form.said(request.form.get("answer", "")), project_about(item.about_project_id)
        by = actor_about(item.about_project_id)
        deciding.answer_item(session(), about, found, item, said, by=by, at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(found, str(point_id), 422, form=form)
    tell(_told(item))
    return _on_to(found, str(point_id), 1)


@blueprint.post(f"{POINT}/note")
@allow(permissions.PREPARE)
def note(meeting_id: int, point_id: int) -> ResponseReturnValue:
    """Keep what was said about a point."""
    found, form = meeting_or_404(meeting_id), NoteForm()
    item = deciding.item_of(session(), found, point_id)
    project_about(item.about_project_id)
    try:
        deciding.note_item(session(), found, item, form.note.data or "", by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(found, str(point_id), 422, notes=form)
    tell(say("The note is saved."))
    return _on_to(found, str(point_id), 0)


@blueprint.post("/meetings/<int:meeting_id>/actions")
@allow(permissions.PREPARE)
def give_action(meeting_id: int) -> ResponseReturnValue:
    """Give somebody something to do."""
    found, step = meeting_or_404(meeting_id), request.form.get("point", FIRST)
    about = _project_of_step(found, step)
    form, by = _give_form(about.id), actor_about(about.id)
    try:
        made = deciding.give_action(session(), about, found, **form.wanted(), by=by, at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(found, step, 422, give=form)
    tell(say("%(title)s is on the list of action items.", title=made.title))
    return _on_to(found, step, 0)


@blueprint.post(f"{POINT}/ask-votes")
@allow(DECISION_TAKE)
def ask_votes(meeting_id: int, point_id: int) -> ResponseReturnValue:
    """Let people vote on the question of a point."""
    found = meeting_or_404(meeting_id)
    services.refuse_not_running(found)
    question = _question(found, point_id)
    by = actor_about(question.project_id)
    _refuse_unless(by, DECISION_TAKE)
    votes.ask_votes(session(), question, by=by, at=now())
    tell_done(say("Votes are asked for."))
    return _on_to(found, str(point_id), 0)


@blueprint.post(f"{POINT}/vote")
@allow(DECISION_VOTE)
def vote(meeting_id: int, point_id: int) -> ResponseReturnValue:
    """Give or change one's vote on the question of a point."""
    found = meeting_or_404(meeting_id)
    services.refuse_not_running(found)
    question = _question(found, point_id)
    by = actor_about(question.project_id)
    _refuse_unless(by, DECISION_VOTE)
    votes.vote(session(), question, choice=request.form.get("choice", ""), by=by, at=now())
    tell_done(say("Your vote counts."))
    return _on_to(found, str(point_id), 0)


def _question(found: Meeting, point_id: int) -> Decision:
    """The question that a point is about. Raises NotFound for any other point."""
    item = deciding.item_of(session(), found, point_id)
    project_about(item.about_project_id)
    question = session().get(Decision, item.record_id) if item.subject == "question" else None
    if question is None:
        raise NotFound("decision")
    return question


def _refuse_unless(by: Actor, permission: Permission) -> None:
    """The committee of a programme lets nobody do in a project what their roles there do not allow."""
    if not by.may(permission):
        raise deciding.MayNotDecide(say("Your roles do not allow this: %(deed)s.", deed=permission.sentence))


def _project_of_step(found: Meeting, step: str) -> Project:
    """The project in which somebody is given something to do: at a programme that of the point at hand."""
    about = project_here()
    if about is None and step.isdigit():
        about = project_about(deciding.item_of(session(), found, int(step)).about_project_id)
    if about is None:
        raise NotFound("project")
    return about


def _told(item: AgendaItem) -> Any:
    if item.answer is None:
        return say("Your part of %(title)s is done; others have to answer too.", title=item.title)
    word = next(choice.label for choice in ANSWERS if choice.key == item.answer)
    if item.is_proposal:
        return say("Kept as a proposal: %(title)s", title=item.title)
    return say("%(answer)s: %(title)s", answer=word, title=item.title)


def _steps(lines: list[Line]) -> list[str]:
    points = [str(line.item.id) for line in lines if line.item is not None and not line.is_left_out]
    return [FIRST, *points, LAST]


def _on_to(found: Meeting, step: str, by: int) -> ResponseReturnValue:
    """The next step of the meeting, or the same."""
    steps = _steps(lines_here(found))
    place = steps.index(step) if step in steps else 0
    return redirect(url_for(".review", meeting_id=found.id, point=steps[min(place + by, len(steps) - 1)]), 303)


def _give_form(project_id: int) -> GiveForm:
    return GiveForm().offer(session().execute(people_of_project(project_id=project_id)).all())


def _give_forms(line: Line | None, forms: dict[str, Any]) -> dict[str, Any]:
    """The form that gives somebody something to do; at a programme only beside a point about one of its projects."""
    about = project_here()
    project_id = about.id if about is not None else line.project_id if line is not None else None
    may_give = project_id is not None and actor_about(project_id).may(ACTION_EDIT)
    given = (forms.get("give") or _give_form(project_id)) if project_id is not None and may_give else None
    return {"give": given, "keys": keys_here(), "programme": programme_here()}


def _draw(found: Meeting, step: str, status: int = 200, **forms: Any) -> Response:
    services.refuse_not_running(found)
    lines = lines_here(found)
    steps = _steps(lines)
    if step not in steps:
        raise NotFound("agenda_item")
    place = steps.index(step)
    line = next((one for one in lines if one.item is not None and str(one.item.id) == step), None)
    return draw(
        "committees/review.html", status, found=found, step=step, place=place, last=len(steps) - 1, line=line,
        before=steps[place - 1] if place else None, after=steps[place + 1] if place + 1 < len(steps) else None,
        quorum=services.quorum_now(session(), found), answers={choice.key: choice for choice in ANSWERS},
        may_prepare=may(permissions.PREPARE), may_decide=may(permissions.DECIDE), open_lines=_open(lines),
        **_give_forms(line, forms), **_of_step(found, step), **_of_point(line, forms),
    )  # fmt: skip


def _open(lines: list[Line]) -> list[Line]:
    return [line for line in lines if line.item is not None and not line.is_left_out and not line.item.is_settled]


def _of_step(found: Meeting, step: str) -> dict[str, Any]:
    """What the first step shows: who is there, and what became of the last action items."""
    if step != FIRST:
        return {"attendance": [], "followed": []}
    last = session().scalars(closed_meetings(committee_id=found.committee_id, limit=1)).first()
    followed = actions_of_meetings(committee_id=found.committee_id, since=last.starts_at if last else None)
    return {
        "attendance": session().scalars(attendance_of(meeting_id=found.id)).all(),
        "followed": [one for one in session().scalars(followed) if is_in_sight(one.project_id)],
        "parts": {choice.key: choice for choice in PARTS}, "states": STATES,
    }  # fmt: skip


def _of_point(line: Line | None, forms: dict[str, Any]) -> dict[str, Any]:
    """What a point shows: its answers and forms, the page of its record, and the votes on its question."""
    if line is None or line.item is None:
        return {"page": None, "votes": [], "question": None}
    page, by = pages_of(session(), [line], by=actor_about(line.project_id)).get(line.key), actor_about(line.project_id)
    given = {
        "page": page, "choices": answers_of(line.subject), "form": forms.get("form") or AnswerForm(formdata=None),
        "notes": forms.get("notes") or NoteForm(formdata=None, data={"note": line.item.note}),
        "may_answer": by.may(line.subject.may), "question": None, "votes": [],
    }  # fmt: skip
    if line.subject.key != "question":
        return given
    question = session().get_one(Decision, line.item.record_id)
    cast = session().scalars(votes_of(decision_id=question.id)).all() if question.votes_asked_at else []
    ballot = VoteForm(formdata=None, data={"choice": next(
        (one.choice for one in cast if one.user_id == actor().user_id), None)})  # fmt: skip
    ballot.choice.choices = offered(offered_to(question))
    return {
        **given, "question": question, "votes": tally(question, (one.choice for one in cast)), "ballot": ballot,
        "may_vote": by.may(DECISION_VOTE), "may_take": by.may(DECISION_TAKE),
    }  # fmt: skip
