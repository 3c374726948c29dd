"""Pages of decisions: the list, one question with its votes, taking a decision and reversing it by another."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput
from implementor.foundation.words import say
from implementor.governance import permissions
from implementor.governance.forms import TakeForm, VoteForm
from implementor.governance.models import Decision
from implementor.governance.queries.decisions import decision_by_id, reversal_of, votes_of
from implementor.governance.services import decisions as services
from implementor.governance.services import votes as vote_services
from implementor.governance.views.routing import blueprint, record_context, record_or_404, record_to_change
from implementor.governance.voting import offered_to, tally
from implementor.lists.page import list_page
from implementor.lists.record_page import present_scope
from implementor.lists.sheets import sheet_of
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

PEOPLE = (Decision.owner, Decision.opened_by, Decision.decided_by)


@blueprint.get("/decisions")
@allow(permissions.DECISION_VIEW)
def decisions() -> Response:
    """Questions and decisions; every one unless the address says otherwise."""
    asked = request.args.to_dict(flat=False)
    page = list_page(session(), sheet_of("decision"), present_scope(), asked)
    return draw("governance/decisions.html", page=page, decided=asked.get("decided_at", [""])[0])


@blueprint.get("/decisions/new")
@allow(permissions.DECISION_ASK)
def new_decision() -> ResponseReturnValue:
    """Put a question."""
    return redirect(url_for("lists.new", kind="decision"), 303)


@blueprint.get("/decisions/<int:number>")
@allow(permissions.DECISION_VIEW)
def decision(number: int) -> Response:
    """Everything about one decision."""
    return _draw_decision(record_or_404(Decision, number, *PEOPLE))


@blueprint.post("/decisions/<int:number>/take")
@allow(permissions.DECISION_TAKE)
def take_decision(number: int) -> ResponseReturnValue:
    """Decide."""
    found, form = record_to_change(Decision, number, *PEOPLE), TakeForm()
    outcome, reason = form.outcome.data or "", form.reason.data or ""
    try:
        services.take_decision(session(), found, outcome=outcome, reason=reason, by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_decision(found, 422, take=form)
    tell_done(say("%(question)s is decided.", question=found.question))
    return redirect(url_for("governance.decision", number=number), 303)


@blueprint.post("/decisions/<int:number>/ask-votes")
@allow(permissions.DECISION_TAKE)
def ask_votes(number: int) -> ResponseReturnValue:
    """Let people vote on it."""
    found = record_to_change(Decision, number)
    vote_services.ask_votes(session(), found, by=actor(), at=now())
    tell_done(say("Votes are asked for on %(question)s.", question=found.question))
    return redirect(url_for("governance.decision", number=number), 303)


@blueprint.post("/decisions/<int:number>/vote")
@allow(permissions.DECISION_VOTE)
def vote(number: int) -> ResponseReturnValue:
    """Give or change one's vote."""
    found = record_to_change(Decision, number, *PEOPLE)
    form = VoteForm.on(found)
    said = {"choice": form.choice.data or "", "remark": form.remark.data or ""}
    try:
        vote_services.vote(session(), found, **said, by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_decision(found, 422, vote=form)
    tell_done(say("Your vote counts."))
    return redirect(url_for("governance.decision", number=number), 303)


@blueprint.post("/decisions/<int:number>/reverse")
@allow(permissions.DECISION_TAKE)
def reverse_decision(number: int) -> ResponseReturnValue:
    """Take it back by a decision of its own."""
    found, form = record_to_change(Decision, number, *PEOPLE), TakeForm()
    outcome, reason = form.outcome.data or "", form.reason.data or ""
    try:
        made = services.reverse_decision(session(), found, outcome=outcome, reason=reason, by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_decision(found, 422, take=form)
    tell_done(say("%(question)s is reversed.", question=found.question))
    return redirect(url_for("governance.decision", number=made.number), 303)


def _draw_decision(
    found: Decision, status: int = 200, *, take: TakeForm | None = None, vote: VoteForm | None = None
) -> Response:
    votes = session().scalars(votes_of(decision_id=found.id)).all() if found.votes_asked_at is not None else []
    mine = next((one.choice for one in votes if one.user_id == actor().user_id), None)
    reversal = session().scalars(reversal_of(decision_id=found.id)).first() if found.reversed_at is not None else None
    earlier = None
    if found.reverses_id is not None:
        place = decision_by_id(project_id=found.project_id, decision_id=found.reverses_id)
        earlier = session().scalars(place).first()
    may_take = actor().may(permissions.DECISION_TAKE) and not found.is_archived
    is_voted_on = found.votes_asked_at is not None and not found.is_decided and not found.is_archived
    return draw(
        "governance/decision.html", status, take=take or TakeForm(), vote=vote or VoteForm.on(found, mine),
        votes=votes, tally=tally(found, (one.choice for one in votes)), labels=dict(offered_to(found)),
        reversal=reversal, earlier=earlier, may_take=may_take and not found.is_decided,
        may_reverse=may_take and found.stands, may_vote=is_voted_on and actor().may(permissions.DECISION_VOTE),
        **record_context(found, "governance.decision"),
    )  # fmt: skip
