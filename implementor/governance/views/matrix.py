"""The assignment matrix: a grid to fill in with the keyboard, the same by role, and as a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.exchange.table_files import table_file
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.permissions import ROLE_LABELS
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.governance import permissions
from implementor.governance.assignment import ITEM_KINDS, MARKS, ROLES, MatrixRow, by_role, matrix_rows
from implementor.governance.matrix_targets import offered_targets, pointed_at
from implementor.governance.queries.matrix import item_in, items_of, marks_of
from implementor.governance.services import matrix as services
from implementor.governance.views.routing import blueprint
from implementor.web.guard import actor, allow
from implementor.web.language import show_moment
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/matrix")
@allow(permissions.MATRIX_VIEW)
def matrix() -> Response:
    """Who does what, by row or by role."""
    return _draw_matrix()


@blueprint.post("/matrix")
@allow(permissions.MATRIX_EDIT)
def save_matrix() -> ResponseReturnValue:
    """Keep the whole grid."""
    grid = _sent_grid()
    try:
        services.save_grid(session(), project_id=g.project.id, grid=grid, by=actor(), at=now())
    except InvalidInput as refusal:
        return _draw_matrix(refusal.errors, grid, 422)
    tell_done(say("The matrix is saved."))
    return redirect(url_for("governance.matrix"), 303)


@blueprint.post("/matrix/items")
@allow(permissions.MATRIX_EDIT)
def add_matrix_item() -> ResponseReturnValue:
    """A further row."""
    title, kind, target = (request.form.get(name, "") for name in ("title", "kind", "points_at"))
    try:
        made = services.add_item(
            session(), project_id=g.project.id, title=title, kind=kind, target=target, by=actor(), at=now()
        )
    except InvalidInput as refusal:
        return _draw_matrix(refusal.errors, None, 422)
    tell_done(say("%(title)s is added.", title=made.title))
    return redirect(url_for("governance.matrix"), 303)


@blueprint.post("/matrix/items/<int:item_id>/leave-out")
@allow(permissions.MATRIX_EDIT)
def leave_out_item(item_id: int) -> ResponseReturnValue:
    """Put a row away."""
    found = session().scalars(item_in(project_id=g.project.id, item_id=item_id)).one_or_none()
    if found is None:
        raise NotFound("matrix_item")
    services.leave_out(session(), found, by=actor(), at=now())
    tell_done(say("%(title)s is left out.", title=found.title))
    return redirect(url_for("governance.matrix"), 303)


@blueprint.get("/matrix/export.<format>")
@allow(permissions.MATRIX_VIEW)
def export_matrix(format: str) -> ResponseReturnValue:
    """The grid as a file."""
    about = [str(say("Assignment matrix")), f"{g.project.key} {g.project.name}", show_moment(now()), actor().name]
    header = [str(say("What")), str(say("Kind")), *(str(ROLE_LABELS[role]) for role in ROLES)]
    kinds = {one.key: str(one.label) for one in ITEM_KINDS}
    rows = [[row.title, kinds[row.item.kind], *(row.marks.get(str(role)) for role in ROLES)] for row in _rows()]
    return table_file(f"matrix-{g.project.key}-{now():%Y-%m-%d}", format, about=about, header=header, rows=rows)


def _sent_grid() -> dict[int, dict[str, str]]:
    """The marks that were sent; which rows and roles there are is for the service to say."""
    grid: dict[int, dict[str, str]] = {}
    for name, mark in request.form.items():
        if name.startswith("mark_"):
            item, _, role = name.removeprefix("mark_").partition("_")
            grid.setdefault(whole_number(item) or 0, {})[role] = mark
    return grid


def _rows() -> list[MatrixRow]:
    items = session().scalars(items_of(project_id=g.project.id)).all()
    refs = [item.target for item in items if item.target is not None]
    pointed = pointed_at(session(), refs, project_id=g.project.id)
    return matrix_rows(items, session().scalars(marks_of(project_id=g.project.id)).all(), pointed)


def _draw_matrix(
    errors: Mapping[str, Any] | None = None, asked: Mapping[int, Mapping[str, str]] | None = None, status: int = 200
) -> Response:
    rows = _rows()
    if asked:
        rows = [MatrixRow(row.item, {**row.marks, **asked.get(row.item.id, {})}, row.pointed) for row in rows]
    is_by_role, may_edit = request.args.get("by") == "role", actor().may(permissions.MATRIX_EDIT)
    offered = offered_targets(session(), project_id=g.project.id) if may_edit and not is_by_role else []
    return draw(
        "governance/matrix.html", status, rows=rows, roles=[(str(role), ROLE_LABELS[role]) for role in ROLES],
        marks=MARKS, kinds=ITEM_KINDS, kind_of={one.key: one.label for one in ITEM_KINDS}, errors=errors or {},
        duties=by_role(rows) if is_by_role else None, may_edit=may_edit,
        typed=request.form.get("title", ""), offered=offered, chosen=request.form.get("points_at", ""),
    )  # fmt: skip
