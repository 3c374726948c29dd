"""Certificates: those of a project with the ones that run out, one's own, and each on paper."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.local_days import local_day
from implementor.foundation.text import whole_number
from implementor.foundation.words import Phrase, say, speech
from implementor.training import result_permissions as permissions
from implementor.training import result_queries as queries
from implementor.training.certificates import Certificate, pdf_of
from implementor.training.models import THERE
from implementor.training.results import can_evaluate, evaluate
from implementor.training.views.result_routing import blueprint, own, states, tabs_at
from implementor.web.guard import actor, allow
from implementor.web.messages import tell
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

SOON_DAYS = 60
"""Who is to be trained again needs this long to find a session."""


@blueprint.get("/certificates")
@allow(permissions.NAMES)
def certificates(project_key: str) -> Response:
    """Certificates that ran out or are about to, or all of them."""
    today = local_day(now())
    is_all = request.args.get("show") == "all"
    until = None if is_all else today + timedelta(days=SOON_DAYS)
    rows = session().execute(queries.certificates_of(project_id=g.project.id, until=until).limit(500)).all()
    return draw(
        "training/certificates.html", rows=rows, today=today, days=SOON_DAYS, is_all=is_all,
        tabs=tabs_at("training_results.certificates"), title_of=title_of,
    )  # fmt: skip


@blueprint.get("/certificates/<int:enrolment_id>/paper")
@allow(permissions.NAMES)
def certificate(project_key: str, enrolment_id: int) -> Response:
    """Somebody's certificate on paper."""
    row = session().execute(queries.part_with_paper(enrolment_id=enrolment_id)).one_or_none()
    if row is None or row.Enrolment.project_id != g.project.id:
        raise NotFound("certificate")
    return _paper(row)


@own.get("/")
@allow(permissions.OWN)
def mine() -> Response:
    """What the reader took part in, with certificates to take along and sessions to say something about."""
    rows = session().execute(queries.own_parts(user_id=actor().user_id or 0)).all()
    open_ids = {row.Enrolment.id for row in rows if _is_open(row)}
    return draw("training/own_certificates.html", rows=rows, open_ids=open_ids, states=states(), title_of=title_of)


@own.get("/<int:enrolment_id>/paper")
@allow(permissions.OWN)
def own_paper(enrolment_id: int) -> Response:
    """One's own certificate on paper."""
    row = session().execute(queries.part_with_paper(enrolment_id=enrolment_id)).one_or_none()
    if row is None or row.user_id is None or row.user_id != actor().user_id:
        raise NotFound("certificate")
    return _paper(row)


@own.get("/<int:enrolment_id>/opinion")
@allow(permissions.OWN)
def opinion_form(enrolment_id: int) -> Response:
    """Where a participant says what the session was like."""
    return _draw_opinion(_own(enrolment_id), "", {})


@own.post("/<int:enrolment_id>/opinion")
@allow(permissions.OWN)
def keep_opinion(enrolment_id: int) -> ResponseReturnValue:
    """Keep it without a name."""
    row, said = _own(enrolment_id), request.form.get("said", "").strip()
    try:
        stars = whole_number(request.form.get("stars", "")) or 0
        evaluate(session(), row.TrainingSession, row.Enrolment, stars=stars, said=said, at=now())
    except InvalidInput as wrong:
        return _draw_opinion(row, said, wrong.errors), 422
    tell(say("Thank you. It is kept without your name."))
    return redirect(url_for("certificates.mine"), 303)


def title_of(row: Any) -> str:
    """What the course is called in the language of the reader."""
    return str((row.name_es if speech().language == "es" else None) or row.course)


def _is_open(row: Any) -> bool:
    part, held = row.Enrolment, row.TrainingSession
    return held is not None and part.state in THERE and not part.has_evaluated and can_evaluate(held, now())


def _own(enrolment_id: int) -> Any:
    rows = session().execute(queries.own_parts(user_id=actor().user_id or 0))
    found = next((row for row in rows if row.Enrolment.id == enrolment_id), None)
    if found is None or found.TrainingSession is None:
        raise NotFound("training_session")
    return found


def _draw_opinion(row: Any, said: str, faults: dict[str, Phrase]) -> Response:
    return draw("training/opinion.html", row=row, said=said, faults=faults, course=title_of(row))


def _paper(row: Any) -> Response:
    part = row.Enrolment
    number = f"{row.project_key}-{part.certificate}"
    paper = Certificate(number, row.person, title_of(row), row.project, part.trained_on, part.valid_until, row.minutes)
    answer = make_response(pdf_of(paper))
    answer.headers["Content-Type"] = "application/pdf"
    answer.headers["Content-Disposition"] = f"attachment; filename=certificate-{number}.pdf"
    return answer
