"""How adoption is judged: the numbers in force, the form to settle others, and every version before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.adoption import permissions, queries
from implementor.adoption.formula import BOUNDS, NAMES, PARTS, Terms
from implementor.adoption.services import BadTerms, settle_formula, terms_of
from implementor.adoption.views.routing import blueprint
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.web.guard import actor, allow
from implementor.web.messages import tell
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

LONGEST = 500


@blueprint.get("/formula")
@allow(permissions.VIEW)
def formula() -> Response:
    """The formula in words and numbers, with its versions."""
    return _draw({}, {})


@blueprint.post("/formula")
@allow(permissions.SETTLE)
def settle(project_key: str) -> ResponseReturnValue:
    """Judge by other numbers from now on."""
    asked = {name: request.form.get(name, "") for name in (*NAMES, "why")}
    numbers = {name: whole_number(asked[name].strip()) for name in NAMES}
    errors: dict[str, Any] = {name: say("Enter a whole number.") for name, value in numbers.items() if value is None}
    if len(asked["why"]) > LONGEST:
        errors["why"] = say("At most %(count)s characters.", count=LONGEST)
    if errors:
        return _draw(asked, errors, 422)
    terms = Terms(**{name: value for name, value in numbers.items() if value is not None})
    try:
        settle_formula(session(), terms, asked["why"].strip(), by=actor(), at=now())
    except BadTerms as refusal:
        return _draw(asked, refusal.faults, 422)
    tell(say("Adoption is judged by the new numbers from now on; days before keep theirs."))
    return redirect(url_for("adoption.formula"), 303)


def _draw(asked: Mapping[str, str], errors: Mapping[str, Any], status: int = 200) -> Response:
    versions = session().execute(queries.formula_versions()).all()
    present = terms_of(versions[0].AdoptionFormula) if versions else Terms()
    shown = {**{name: str(value) for name, value in asdict(present).items()}, **asked}
    return draw(
        "adoption/formula.html", status, names=NAMES, bounds=BOUNDS, parts=PARTS, terms=present, shown=shown,
        errors=errors, versions=[(row.AdoptionFormula, row.author, terms_of(row.AdoptionFormula)) for row in versions],
        may_settle=actor().may(permissions.SETTLE),
    )  # fmt: skip
