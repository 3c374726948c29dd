"""Links that let somebody choose a password: asked for, opened, used."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from flask import session as browser_session
from flask.typing import ResponseReturnValue

from implementor.auth import browser, throttling
from implementor.auth.events import SecurityEvent
from implementor.auth.forms import FirstAdministratorForm, ForgottenForm, NewPasswordForm
from implementor.auth.models import User
from implementor.auth.services import links
from implementor.auth.services.people import checked_password, find_active
from implementor.auth.views.blueprint import blueprint
from implementor.auth.views.signing import slow_down, too_many
from implementor.foundation.errors import InvalidInput
from implementor.foundation.events import publish
from implementor.foundation.permissions import ANYONE, NOBODY
from implementor.foundation.words import speech
from implementor.web.guard import allow, reads_first
from implementor.web.language import settings
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session, start_writing

HELD = "link"


@blueprint.get("/forgotten-password")
@allow(ANYONE)
def forgotten() -> ResponseReturnValue:
    """The page on which people ask for a link to a new password."""
    return draw("auth/forgotten.html", form=ForgottenForm(formdata=None), refusal=None)


@blueprint.post("/forgotten-password")
@allow(ANYONE)
@reads_first
def ask_for_link() -> ResponseReturnValue:
    """Mail a link to whoever has this address; the answer is the same when nobody has."""
    form = ForgottenForm()
    email = form.email.data or ""
    wait = browser.take_attempt(throttling.reset_limits(email, browser.block()))
    if wait is not None:
        return slow_down(draw("auth/forgotten.html", 429, form=form, refusal=too_many(wait)), wait)
    start_writing()
    user = find_active(session(), email)
    if user is not None and browser.can_mail_links():
        links.issue_link(session(), user, base=browser.base_address(), by=NOBODY, at=now())
    else:
        links.pretend_to_issue(session(), at=now())
        kind = "link.asked_by_nobody" if user is None else "link.not_mailed.base_url_is_not_set"
        publish(session(), SecurityEvent(kind, now(), user.id if user else None))
    return redirect(url_for("auth.link_is_on_its_way"), 303)


@blueprint.get("/forgotten-password/sent")
@allow(ANYONE)
def link_is_on_its_way() -> ResponseReturnValue:
    """What everybody is told who asked for a link."""
    return draw("auth/link_sent.html")


@blueprint.get("/link/<token>")
@allow(ANYONE)
def open_link(token: str) -> ResponseReturnValue:
    """Take the token out of the address, so that it stays in no history, log or Referer header."""
    browser_session[HELD] = token[:200]
    return redirect(url_for("auth.choose_password"), 303)


@blueprint.get("/link")
@allow(ANYONE)
def choose_password() -> ResponseReturnValue:
    """The page that the link opens: a new password, or the first account of the installation."""
    wait = browser.take_attempt(throttling.link_limits(browser.block()))
    if wait is not None:
        return slow_down(draw("auth/dead_link.html", 429, reason=too_many(wait)), wait)
    try:
        _, user = links.open_link(session(), _token(), at=now())
    except links.DeadLink as dead:
        return _dead(dead)
    return _page(user, NewPasswordForm(formdata=None) if user else FirstAdministratorForm(formdata=None))


@blueprint.post("/link")
@allow(ANYONE)
@reads_first
def use_link() -> ResponseReturnValue:
    """Keep the password, spend the link and sign its owner in."""
    wait = browser.take_attempt(throttling.link_limits(browser.block()))
    if wait is not None:
        return slow_down(draw("auth/dead_link.html", 429, reason=too_many(wait)), wait)
    try:
        _, user = links.open_link(session(), _token(), at=now())
        return _set_password(user) if user else _add_first_administrator()
    except links.DeadLink as dead:
        return _dead(dead)


def _set_password(user: User) -> ResponseReturnValue:
    form = NewPasswordForm()
    try:
        kept = checked_password(user, form.password.data or "")
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _page(user, form, 422)
    start_writing()
    owner = links.use_link(session(), _token(), kept=kept, by=NOBODY, at=now())
    return _enter(owner)


def _add_first_administrator() -> ResponseReturnValue:
    form = FirstAdministratorForm()
    start_writing()
    try:
        user = links.use_first_link(
            session(), _token(), name=form.name.data or "", email=form.email.data or "",
            password=form.password.data or "", also_pmo=bool(form.also_pmo.data), language=speech().language,
            time_zone=str(settings().time_zone), at=now(),
        )  # fmt: skip
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _page(None, form, 422)
    return _enter(user)


def _enter(user: User) -> ResponseReturnValue:
    browser.enter(user, remembered=False)
    return redirect(request.script_root + "/", 303)


def _token() -> str:
    return str(browser_session.get(HELD, ""))


def _dead(dead: links.DeadLink) -> Response:
    browser_session.pop(HELD, None)
    publish(session(), SecurityEvent("link.refused", now()))
    return draw("auth/dead_link.html", 410, reason=dead.reason)


def _page(user: User | None, form: NewPasswordForm | FirstAdministratorForm, status: int = 200) -> Response:
    return draw("auth/choose_password.html", status, form=form, person=user)
