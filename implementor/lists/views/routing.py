"""The blueprint, and the pair of addresses that each shared page has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, abort, request

from implementor.foundation.permissions import SIGNED_IN, Permission
from implementor.lists.sheets import Sheet, sheet_of
from implementor.web.guard import actor, allow

View = TypeVar("View", bound=Callable[..., Any])
blueprint = Blueprint("lists", __name__)


def shared_page(rule: str, *methods: str) -> Callable[[View], View]:
    """Mount a view under `/projects/KEY` and at the top; what it may do is asked of the sheet by `open_sheet`."""

    def mount(view: View) -> View:
        marked = allow(SIGNED_IN)(view)
        for prefix in ("/projects/<project_key>", ""):
            blueprint.add_url_rule(prefix + rule, view_func=marked, methods=list(methods))
        return marked

    return mount


def open_sheet(kind: str, *, to_edit: bool = False) -> Sheet:
    """The sheet of a kind, if this actor may read it here (or change it); 404 hides what may not be read."""
    sheet = sheet_of(kind)
    if not actor().may(sheet.may_view):
        abort(404)
    if to_edit:
        require(sheet.may_edit)
    return sheet


def require(permission: Permission) -> None:
    """Stop with 403 unless the actor holds the permission here."""
    if not actor().may(permission):
        abort(403)


def asked() -> dict[str, list[str]]:
    """The parameters of the address, as lists."""
    return request.args.to_dict(flat=False)
