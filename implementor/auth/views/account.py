"""One's own account: preferences, password, and the devices one is signed in on."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.auth import browser, passwords, queries, sessions, throttling
from implementor.auth.current import SignedIn, signed_in
from implementor.auth.forms import ChangePasswordForm, PreferencesForm
from implementor.auth.models import User, UserSession
from implementor.auth.services.people import checked_password, save_preferences, set_password
from implementor.auth.views.blueprint import blueprint
from implementor.auth.views.signing import slow_down, too_many
from implementor.foundation.errors import InvalidInput
from implementor.foundation.permissions import SIGNED_IN
from implementor.foundation.words import say
from implementor.web.guard import actor, allow, reads_first
from implementor.web.language import NAMES, settings
from implementor.web.messages import tell
from implementor.web.navigation import sections
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session, start_writing

PREFERENCES = ("name", "language", "time_zone", "theme", "density", "single_keys")


@blueprint.get("/settings")
@allow(SIGNED_IN)
def settings_index() -> ResponseReturnValue:
    """Where everything that can be set is found."""
    places = [place for section in sections() if section.key == "settings" for place in section.entries]
    return draw("auth/settings.html", places=places)


@blueprint.get("/account")
@allow(SIGNED_IN)
def account() -> ResponseReturnValue:
    """One's own account."""
    return _page(_me())


@blueprint.post("/account")
@allow(SIGNED_IN)
def change_account() -> ResponseReturnValue:
    """Keep the preferences."""
    user = _me()
    form = _preferences(user)
    if not form.validate():
        return _page(user, 422, preferences=form)
    try:
        values = {name: form.data[name] for name in PREFERENCES}
        save_preferences(session(), user, values=values, by=actor(), at=now())
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _page(user, 422, preferences=form)
    tell(say("Your account is changed."))
    return redirect(url_for("auth.account"), 303)


@blueprint.post("/account/password")
@allow(SIGNED_IN)
@reads_first
def change_password() -> ResponseReturnValue:
    """Replace the password; every other device is signed out and this one gets a new token."""
    person, user, form = _person(), _me(), ChangePasswordForm()
    about, kept = user, user.password_hash
    session().expunge(about)
    limits = throttling.password_limits(about.id)
    wait = browser.take_attempt(limits)
    if wait is not None:
        form.form_errors.append(too_many(wait))
        return slow_down(_page(_me(), 429, change=form), wait)
    try:
        if not passwords.matches(kept, form.present.data or ""):
            raise InvalidInput({"present": say("This is not your present password.")})
        new = checked_password(about, form.password.data or "")
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _page(_me(), 422, change=form)
    start_writing()
    throttling.forgive(session(), limits)
    user = _me()
    set_password(session(), user, kept=new, by=actor(), at=now())
    browser.enter(user, remembered=person.is_remembered)
    tell(say("Your password is changed. All other devices are signed out."))
    return redirect(url_for("auth.account"), 303)


@blueprint.post("/account/devices/<int:session_id>/end")
@allow(SIGNED_IN)
def end_device(session_id: int) -> ResponseReturnValue:
    """Sign one of one's devices out."""
    mine = (UserSession.id == session_id, UserSession.user_id == _person().actor.user_id)
    if not sessions.end_sessions(session(), *mine, at=now()):
        abort(404)
    tell(say("The device is signed out."))
    return redirect(url_for("auth.account"), 303)


@blueprint.post("/account/devices/end-others")
@allow(SIGNED_IN)
def end_other_devices() -> ResponseReturnValue:
    """Sign all of one's devices out but this one."""
    person = _person()
    assert person.actor.user_id is not None
    sessions.end_all(session(), person.actor.user_id, at=now(), but=person.session_id)
    tell(say("All other devices are signed out."))
    return redirect(url_for("auth.account"), 303)


def _person() -> SignedIn:
    person = signed_in()
    assert person is not None, "the guard lets only people in who are signed in"
    return person


def _me() -> User:
    user_id = actor().user_id
    assert user_id is not None, "the guard lets only people in who are signed in"
    return session().scalars(queries.person_by_id(user_id)).one()


def _preferences(user: User, **options: Any) -> PreferencesForm:
    form = PreferencesForm(obj=user, **options)
    return form.offer([(code, NAMES.get(code, code)) for code in settings().languages])


def _page(
    user: User,
    status: int = 200,
    *,
    preferences: PreferencesForm | None = None,
    change: ChangePasswordForm | None = None,
) -> Response:
    open_ones = session().scalars(queries.open_sessions(user.id, now())).all()
    return draw(
        "auth/account.html", status, person=user, this_session=_person().session_id,
        devices=[(one, sessions.device_name(one.user_agent)) for one in open_ones if not sessions.is_over(one, now())],
        preferences=preferences or _preferences(user, formdata=None),
        change=change or ChangePasswordForm(formdata=None, prefix=""),
    )  # fmt: skip
