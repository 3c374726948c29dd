"""The one point of authorisation: every route names its permission, and nothing runs before it is held."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import SwitchedOff
from implementor.foundation.permissions import ANYONE, NO_ONE, NOBODY, Actor, Permission
from implementor.foundation.words import say
from implementor.web import idempotency, origin
from implementor.web.next_page import signed_next
from implementor.web.unit_of_work import open_transaction

View = TypeVar("View", bound=Callable[..., Any])
ScopeLoader = Callable[[Actor, dict[str, Any]], Actor]


class Gates:
    """Who upper packages are to the guard: auth says who acts, projects says where."""

    def __init__(self) -> None:
        self.actor_loader: Callable[[], Actor] = lambda: NOBODY
        self.scope_loaders: list[ScopeLoader] = []


def gates(app: Flask) -> Gates:
    """The loaders of this application."""
    found: Gates = app.extensions["implementor_gates"]
    return found


def allow(permission: Permission) -> Callable[[View], View]:
    """Say what a view's caller must be allowed to do; a view without it is never reached."""

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def reads_first(view: View) -> View:
    """For a view that works long before it writes: it calls `start_writing` itself."""
    view.reads_first = True  # type: ignore[attr-defined]
    return view


def actor() -> Actor:
    """Who acts in this request, with the roles that count where they are."""
    found: Actor = g.get("actor", NOBODY)
    return found


def check() -> ResponseReturnValue | None:
    """Run before every view: origin, transaction, person, place, permission, and then repetition."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.endpoint == "static":
        return None
    permission: Permission = getattr(view, "permission", NO_ONE)  # `verify` has seen every view
    origin.refuse_foreign_requests()
    open_transaction()
    g.actor = gates(current_app).actor_loader()
    if not actor().is_signed_in and permission is not ANYONE:
        return _to_sign_in()
    for load in gates(current_app).scope_loaders:
        g.actor = load(g.actor, request.view_args or {})
    if permission is not ANYONE and not actor().may(permission):
        refuse_switched_off(permission)
        abort(403)
    return idempotency.replay()


def refuse_switched_off(permission: Permission) -> None:
    """Stop as if nothing were there where a kind of record is switched off; who can switch it on is told."""
    if permission.is_shut:
        sentence = say("This kind of record is switched off. Switch it on under Settings, Kinds of record.")
        raise SwitchedOff(sentence)


def _to_sign_in() -> ResponseReturnValue:
    if request.method != "GET" or request.path.startswith("/api/"):
        abort(401)
    return redirect(url_for("auth.sign_in", next=signed_next(request.full_path.rstrip("?"))), 303)


def install(app: Flask) -> None:
    """Guard the application; `verify` must be called once all routes are mounted."""
    app.extensions["implementor_gates"] = Gates()
    app.before_request(check)


def verify(app: Flask) -> None:
    """Refuse to start with a route that names no permission."""
    open_routes = [
        name for name, view in app.view_functions.items() if name != "static" and not hasattr(view, "permission")
    ]
    if open_routes:
        raise RuntimeError(f"routes without a permission: {', '.join(sorted(open_routes))}")
