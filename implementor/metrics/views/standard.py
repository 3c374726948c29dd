"""Taking metrics of the standard set into a project."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.conventions import present_reading
from implementor.foundation.words import say_n, speech
from implementor.lists.record_page import present_scope
from implementor.metrics import permissions
from implementor.metrics.catalogue import DIRECTIONS, PERSPECTIVES, UNITS
from implementor.metrics.defining import Stated
from implementor.metrics.standard import by_group, pick, picked, standard_metrics
from implementor.metrics.views.routing import blueprint
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/standard")
@allow(permissions.VIEW)
def standard_set(project_key: str) -> Response:
    """What is on offer, with its formula and its source, and what the project has of it."""
    have = picked(session(), present_scope())
    return draw(
        "metrics/standard.html",
        groups=by_group(standard_metrics.values()),
        have=have,
        left=len(standard_metrics) - len(have),
        units={one.key: one.label for one in UNITS},
        directions={one.key: one.label for one in DIRECTIONS},
        perspectives={one.key: one.label for one in PERSPECTIVES},
        may_edit=actor().may(permissions.EDIT),
    )


@blueprint.post("/standard")
@allow(permissions.EDIT)
def pick_standard(project_key: str) -> ResponseReturnValue:
    """Take over what is ticked."""
    stated = Stated(actor(), now(), speech().zone)
    currency = present_reading().currency or "EUR"
    made = pick(session(), present_scope(), request.form.getlist("keys"), currency=currency, stated=stated)
    tell_done(
        say_n(
            "%(count)s metric is taken over. Give it baseline, target and date.",
            "%(count)s metrics are taken over. Give them baseline, target and date.",
            len(made),
        )
    )
    return redirect(url_for("metrics.index" if made else "metrics.standard_set"), 303)
