"""The blueprint, and the pair of addresses that each shared page has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, abort, g, request

from implementor.foundation.permissions import SIGNED_IN, Permission
from implementor.lists.sheets import Sheet, sheet_of
from implementor.web.guard import actor, allow, refuse_switched_off

View = TypeVar("View", bound=Callable[..., Any])
blueprint = Blueprint("lists", __name__)
LONGEST_ADDRESS = 4000


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
    refuse_switched_off(sheet.may_view)
    if not actor().may(sheet.may_view) or not _stands_here(sheet):
        abort(404)
    if to_edit:
        require(sheet.may_edit)
    return sheet


def _stands_here(sheet: Sheet) -> bool:
    """Records of projects are reached inside their project alone."""
    column = sheet.entity.model.__table__.c.get("project_id")
    return column is None or bool(column.nullable) or "project" in g


def require(permission: Permission) -> None:
    """Stop with 403 unless the actor holds the permission here."""
    if not actor().may(permission):
        abort(403)


def asked() -> dict[str, list[str]]:
    """The parameters of the address, as lists."""
    return request.args.to_dict(flat=False)


def sent_address() -> str:
    """The query part of a list's address that a form sent along, safe to stand in a redirect."""
    return urlencode(parse_qsl(request.form.get("address", "").lstrip("?")[:LONGEST_ADDRESS]))
