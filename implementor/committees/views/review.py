"""The screen that is projected while a meeting is held: one point at a time, decided in place, by keyboard alone."""

from __future__ import annotations

from typing import Any

from flask import Response, g, redirect, request, url_for
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
from implementor.committees.views.routing import blueprint, may, meeting_or_404, project_here
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.governance.models import Decision
from implementor.governance.permissions import DECISION_TAKE, DECISION_VOTE
from implementor.governance.queries.decisions import votes_of
from implementor.governance.services import votes
from implementor.governance.voting import offered_to, tally
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
        said = form.said(request.form.get("answer", ""))
        deciding.answer_item(session(), project_here(), found, item, said, by=actor(), at=now())
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
    found, form = meeting_or_404(meeting_id), _give_form()
    step = request.form.get("point", FIRST)
    try:
        made = deciding.give_action(session(), project_here(), found, **form.wanted(), by=actor(), at=now())
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
    votes.ask_votes(session(), _question(found, point_id), by=actor(), at=now())
    tell_done(say("Votes are asked for."))
    return _on_to(found, str(point_id), 0)


@blueprint.post(f"{POINT}/vote")
@allow(DECISION_VOTE)
def vote(meeting_id: int, point_id: int) -> ResponseReturnValue:
    """Give or change one's vote on the question of a point."""
    found = meeting_or_404(meeting_id)
    services.refuse_not_running(found)
    votes.vote(
        session(), _question(found, point_id), choice=request.form.get("choice", ""), by=actor(), at=now()
    )  # fmt: skip
    tell_done(say("Your vote counts."))
    return _on_to(found, str(point_id), 0)


def _question(found: Meeting, point_id: int) -> Decision:
    """The question that a point is about. Raises NotFound for any other point."""
    item = deciding.item_of(session(), found, point_id)
    question = session().get(Decision, item.record_id) if item.subject == "question" else None
    if question is None:
        raise NotFound("decision")
    return question


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
    return redirect(
        url_for("committees.review", meeting_id=found.id, point=steps[min(place + by, len(steps) - 1)]), 303
    )


def _give_form() -> GiveForm:
    return GiveForm().offer(session().execute(people_of_project(project_id=g.project.id)).all())


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
        give=forms.get("give") or _give_form(), **_of_step(found, step), **_of_point(line, forms),
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
        "followed": session().scalars(followed).all(),
        "parts": {choice.key: choice for choice in PARTS}, "states": STATES,
    }  # fmt: skip


def _of_point(line: Line | None, forms: dict[str, Any]) -> dict[str, Any]:
    """What a point shows: its answers and forms, the page of its record, and the votes on its question."""
    if line is None or line.item is None:
        return {"page": None, "votes": [], "question": None}
    page = pages_of(session(), [line], by=actor()).get(line.key)
    given = {
        "page": page, "choices": answers_of(line.subject), "form": forms.get("form") or AnswerForm(formdata=None),
        "notes": forms.get("notes") or NoteForm(formdata=None, data={"note": line.item.note}),
        "may_answer": may(line.subject.may), "question": None, "votes": [],
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
        "may_vote": may(DECISION_VOTE), "may_take": may(DECISION_TAKE),
    }  # fmt: skip
