"""Signing in with a password, and out again."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.auth import browser, passwords, sessions, throttling
from implementor.auth.current import signed_in
from implementor.auth.events import SecurityEvent
from implementor.auth.forms import SignInForm
from implementor.auth.models import UserSession
from implementor.auth.services.people import find_active
from implementor.auth.views.blueprint import blueprint
from implementor.foundation.events import publish
from implementor.foundation.permissions import ANYONE
from implementor.foundation.words import say, say_n
from implementor.web.guard import actor, allow, reads_first
from implementor.web.next_page import opened_next
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session, start_writing

REFUSED = say("E-mail and password do not go together. Check both, or choose a new password below.")


@blueprint.get("/sign-in")
@allow(ANYONE)
def sign_in() -> ResponseReturnValue:
    """The page on which people sign in."""
    if actor().is_signed_in:
        return redirect(opened_next(request.args.get("next")), 303)
    return _page(SignInForm(formdata=None, data={"next": request.args.get("next", "")}))


@blueprint.post("/sign-in")
@allow(ANYONE)
@reads_first
def enter() -> ResponseReturnValue:
    """Let somebody in; whoever is not let in learns nothing about whether the account exists."""
    form = SignInForm()
    email, password = form.email.data or "", form.password.data or ""
    limits = throttling.sign_in_limits(email, browser.block(), browser.known_device(email))
    wait = browser.take_attempt(limits)
    if wait is not None:
        return slow_down(_page(form, 429, too_many(wait)), wait)
    known = find_active(session(), email)
    kept = known.password_hash if known else None
    session().rollback()  # nobody waits for the reading transaction while the password is hashed
    if not passwords.matches(kept, password):
        return _refuse(form)
    start_writing()
    user = find_active(session(), email)
    if user is None or kept is None or user.password_hash != kept:
        return _refuse(form)
    if passwords.needs_new_hash(kept):
        user.password_hash = passwords.hashed(password)
    throttling.forgive(session(), limits)
    browser.enter(user, remembered=bool(form.remember.data))
    publish(session(), SecurityEvent("sign_in.done", now(), user.id, user.id))
    return redirect(opened_next(form.next.data), 303)


@blueprint.post("/sign-out")
@allow(ANYONE)
def sign_out() -> ResponseReturnValue:
    """End this browser's session, here and in the table, and what the browser keeps of our pages."""
    person = signed_in()
    if person is not None:
        sessions.end_sessions(session(), UserSession.id == person.session_id, at=now())
        publish(session(), SecurityEvent("sign_out.done", now(), person.actor.user_id, person.actor.user_id))
    browser.leave()
    answer = redirect(url_for("auth.sign_in"), 303)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def too_many(wait: int) -> object:
    """The sentence for somebody who must wait so many seconds."""
    minutes = (wait + 59) // 60
    return say_n(
        "Too many attempts. Try again in %(count)s minute.",
        "Too many attempts. Try again in %(count)s minutes.",
        minutes,
    )


def slow_down(answer: Response, wait: int) -> Response:
    """Say to programs, too, how long to wait."""
    answer.headers["Retry-After"] = str(wait)
    publish(session(), SecurityEvent("throttle.reached", now()))
    return answer


def _refuse(form: SignInForm) -> Response:
    publish(session(), SecurityEvent("sign_in.refused", now()))
    return _page(form, 422, REFUSED)


def _page(form: SignInForm, status: int = 200, refusal: object = None) -> Response:
    return draw("auth/sign_in.html", status, form=form, refusal=refusal)
