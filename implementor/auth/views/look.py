"""Language, theme and density: kept in the account of who is signed in, else in the browser."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, request
from flask import session as browser_session
from flask.typing import ResponseReturnValue

from implementor.auth import browser, queries
from implementor.auth.models import DENSITIES, THEMES
from implementor.auth.services.people import save_preferences
from implementor.auth.views.blueprint import blueprint
from implementor.foundation.permissions import ANYONE
from implementor.web.guard import actor, allow
from implementor.web.language import NAMES, settings
from implementor.web.next_page import opened_next, signed_next
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/language/<language>")
@allow(ANYONE)
def offer_language(language: str) -> ResponseReturnValue:
    """A page with the button, for those who follow the address as a link."""
    _must_be(language, settings().languages)
    name = NAMES.get(language, language)
    return draw("auth/language.html", chosen=language, name=name, next=signed_next(browser.back()))


@blueprint.post("/language/<language>")
@allow(ANYONE)
def switch_language(language: str) -> ResponseReturnValue:
    """Speak this language from now on."""
    _must_be(language, settings().languages)
    return _keep({"language": language})


@blueprint.post("/theme/<theme>")
@allow(ANYONE)
def switch_theme(theme: str) -> ResponseReturnValue:
    """Use this theme from now on."""
    _must_be(theme, THEMES)
    return _keep({"theme": theme})


@blueprint.post("/settings/look")
@allow(ANYONE)
def change_look() -> ResponseReturnValue:
    """Use the theme or the density whose button was pressed."""
    offered = {"theme": THEMES, "density": DENSITIES}
    values = {name: request.form[name] for name in offered if name in request.form}
    for name, value in values.items():
        _must_be(value, offered[name])
    return _keep(values)


def _must_be(value: str, offered: tuple[str, ...]) -> None:
    if value not in offered:
        abort(404)


def _keep(values: dict[str, Any]) -> ResponseReturnValue:
    user_id = actor().user_id
    if user_id is None:
        browser_session.update(values)
    else:
        user = session().scalars(queries.person_by_id(user_id)).one()
        save_preferences(session(), user, values=values, by=actor(), at=now())
    sealed = request.form.get("next")
    return redirect(opened_next(sealed) if sealed else browser.back(), 303)
