"""What groups said in a pulse survey beside what they do in the records."""

from __future__ import annotations

from flask import Response, g, request

from implementor.adoption import permissions
from implementor.adoption.say_do import CONFIDENT, LITTLE, MUCH, UNHAPPY, VERDICTS, WHAT_TO_DO, say_do_of
from implementor.adoption.views.routing import blueprint
from implementor.foundation.text import whole_number
from implementor.foundation.words import speech
from implementor.surveys.findings import ADVICE, NAMES
from implementor.surveys.queries import latest_closed
from implementor.web.guard import actor, allow
from implementor.web.render import draw
from implementor.web.unit_of_work import session

SHOWN = 20


@blueprint.get("/said-and-done")
@allow(permissions.VIEW)
def say_do() -> Response:
    """Of the pulse that closed last, or the one that is asked for."""
    pulses = session().scalars(latest_closed(project_id=g.project.id, kind="pulse").limit(SHOWN)).all()
    wanted = whole_number(request.args.get("survey", "")) or 0
    survey = next((one for one in pulses if one.id == wanted), pulses[0] if pulses else None)
    found = say_do_of(session(), survey) if survey is not None else None
    return draw(
        "adoption/say_do.html", survey=survey, pulses=pulses, found=found, elements=NAMES, advice=ADVICE,
        verdicts=VERDICTS, what_to_do=WHAT_TO_DO, language=speech().language, confident=CONFIDENT, little=LITTLE,
        much=MUCH, unhappy=UNHAPPY, may_help=actor().may(permissions.HELP),
    )  # fmt: skip
