"""Agreeing on actions of a retrospective, and making stories and action items of them."""

from __future__ import annotations

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.words import say
from implementor.retrospectives import permissions
from implementor.retrospectives.models import RetroAction, Retrospective
from implementor.retrospectives.queries.retrospectives import action_of
from implementor.retrospectives.services import actions as services
from implementor.retrospectives.views.routing import back_to, blueprint, retrospective_or_404
from implementor.retrospectives.views.table import action_form, table_context
from implementor.web.guard import actor, allow
from implementor.web.messages import tell, tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.post("/retrospectives/<int:retrospective_id>/actions")
@allow(permissions.TAKE_PART)
def agree(project_key: str, retrospective_id: int) -> ResponseReturnValue:
    """Agree on what is to be done."""
    found = retrospective_or_404(retrospective_id)
    form = action_form(found)
    try:
        services.agree_on(session(), found, form.wanted(), by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return draw("retrospectives/show.html", 422, **table_context(found, form))
    tell_done(say("The action is agreed on."))
    return back_to(found)


@blueprint.post("/retrospectives/<int:retrospective_id>/actions/<int:retro_action_id>/drop")
@allow(permissions.TAKE_PART)
def drop_action(project_key: str, retrospective_id: int, retro_action_id: int) -> ResponseReturnValue:
    """Let an action be."""
    found = retrospective_or_404(retrospective_id)
    services.drop_action(session(), found, _action_or_404(found, retro_action_id), by=actor(), at=now())
    tell_done(say("The action is dropped."))
    return back_to(found)


@blueprint.post("/retrospectives/<int:retrospective_id>/actions/<int:retro_action_id>/become")
@allow(permissions.TAKE_PART)
def become(project_key: str, retrospective_id: int, retro_action_id: int) -> ResponseReturnValue:
    """Make a story of it, or an action item."""
    found = retrospective_or_404(retrospective_id)
    action = _action_or_404(found, retro_action_id)
    if request.form.get("kind") == "story":
        story = services.become_story(session(), found, action, by=actor(), at=now())
        tell(say("It is the story %(key)s-%(number)s now.", key=g.project.key, number=story.number))
    else:
        item = services.become_item(session(), found, action, by=actor(), at=now())
        tell(say("It is the action item %(number)s now.", number=item.number))
    return redirect(url_for("retrospectives.show", retrospective_id=found.id, _anchor="actions"), 303)


def _action_or_404(found: Retrospective, action_id: int) -> RetroAction:
    statement = action_of(retrospective_id=found.id, action_id=action_id)
    action = session().scalars(statement).one_or_none()
    if action is None or action.archived_at is not None:
        raise NotFound("retro_action")
    return action
