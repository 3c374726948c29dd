"""The library of starting stories: what it offers, and taking processes of it into the project."""

from __future__ import annotations

from flask import Blueprint, Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.conventions import present_reading
from implementor.foundation.errors import InvalidInput
from implementor.foundation.words import say_n, speech
from implementor.lists.record_page import present_scope
from implementor.metrics.defining import Stated
from implementor.metrics.standard import standard_metrics
from implementor.releases.kinds.known import KIND_CHOICES
from implementor.releases.library_data import processes
from implementor.releases.library_services import stories_of_library, take_processes
from implementor.releases.permissions import EDIT_ITEMS, VIEW_ITEMS
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

blueprint = Blueprint("library", __name__, url_prefix="/projects/<project_key>/starting-stories")


@blueprint.get("")
@allow(VIEW_ITEMS)
def index(project_key: str) -> Response:
    """The processes with their stories, settings, metrics and training."""
    return _draw()


@blueprint.post("")
@allow(EDIT_ITEMS)
def take(project_key: str) -> ResponseReturnValue:
    """Write the stories of what is ticked."""
    stated = Stated(actor(), now(), speech().zone)
    currency = present_reading().currency or "EUR"
    chosen = request.form.getlist("processes")
    try:
        count = take_processes(session(), present_scope(), chosen, currency=currency, stated=stated)
    except InvalidInput as refusal:
        return _draw(422, refusal)
    tell_done(
        say_n("%(count)s story is in the backlog.", "%(count)s stories are in the backlog.", count)
    )  # fmt: skip
    return redirect(url_for("stories.index"), 303)


def _draw(status: int = 200, refusal: InvalidInput | None = None) -> Response:
    have = set(session().scalars(stories_of_library(project_id=g.project.id)))
    return draw(
        "releases/library.html",
        status,
        processes=processes(),
        have=have,
        refusal=refusal,
        metrics=standard_metrics,
        kinds={choice.key: choice.label for choice in KIND_CHOICES},
        may_take=actor().may(EDIT_ITEMS) and not g.project.is_archived,
    )
