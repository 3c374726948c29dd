"""What makes two records candidates: how much each field counts, and what another weighing would change."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.duplicates import queries
from implementor.duplicates.forms import WeighingForm, weighing_form
from implementor.duplicates.permissions import WEIGH
from implementor.duplicates.sameness import Sameness, samenesses
from implementor.duplicates.services.weighing import checked_weighing, set_weighing
from implementor.duplicates.views.routing import blueprint, kind_or_404
from implementor.duplicates.weighed import Foreseen, foreseen, weighing_of
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.words import say
from implementor.history.latest import latest_changes
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/weights")
@allow(WEIGH)
def show_weighing() -> ResponseReturnValue:
    """What counts how much for records of one kind."""
    declared = _kind(request.args.get("kind"))
    form = weighing_form(declared, weighing_of(session(), declared.kind), formdata=None)
    return _draw(declared, form)


@blueprint.post("/weights")
@allow(WEIGH)
def set_weights() -> ResponseReturnValue:
    """Let fields count otherwise, or only say what that would change."""
    declared = _kind(request.form.get("kind"))
    form = weighing_form(declared, weighing_of(session(), declared.kind))
    if not form.validate():
        return _draw(declared, form, 422)
    try:
        wanted = checked_weighing(declared, form.wanted())
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _draw(declared, form, 422)
    if "preview" in request.form:
        return _draw(declared, form, seen=foreseen(session(), declared, wanted))
    if set_weighing(session(), declared, wanted, by=actor(), at=now()):
        tell_done(say("Saved. All records are searched again in the background."))
    return redirect(url_for("duplicates.show_weighing", kind=declared.kind), 303)


def _kind(name: str | None) -> Sameness:
    offered = _offered()
    if not offered:
        raise NotFound("duplicates")
    return kind_or_404(name or offered[0].kind)


def _offered() -> list[Sameness]:
    return [one for one in samenesses.values() if actor().may(one.may_view)]


def _draw(declared: Sameness, form: WeighingForm, status: int = 200, *, seen: Foreseen | None = None) -> Response:
    row = session().scalars(queries.weighing_of_kind(declared.kind)).one_or_none()
    changed = {"duplicate_weighing": [row.id] if row else []}
    return draw(
        "duplicates/weights.html",
        status,
        declared=declared,
        form=form,
        seen=seen,
        kinds=[
            {
                "label": one.entity.label_plural,
                "url": url_for("duplicates.show_weighing", kind=one.kind),
                "is_current": one is declared,
            }
            for one in _offered()
        ],
        timeline=latest_changes(session(), changed, by=actor(), at=now()),
    )
