"""Language and theme from the top bar: kept in the account of who is signed in, else in the browser."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect
from flask import session as browser_session
from flask.typing import ResponseReturnValue

from implementor.auth import browser, queries
from implementor.auth.models import THEMES
from implementor.auth.services.people import save_preferences
from implementor.auth.views.blueprint import blueprint
from implementor.foundation.permissions import ANYONE
from implementor.web.guard import actor, allow
from implementor.web.language import settings
from implementor.web.unit_of_work import now, session


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
    return redirect(browser.back(), 303)
