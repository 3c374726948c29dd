"""The grid of the budget: filled in with the keyboard, a year at a time, and given away as a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.exchange.table_files import table_file
from implementor.finance import permissions
from implementor.finance.catalogue import AMOUNT_KINDS, CATEGORIES
from implementor.finance.grid import Grid, grid_of, months_of_year
from implementor.finance.models.budget import ACTUAL, KINDS, PLANNED
from implementor.finance.queries import lines as queries
from implementor.finance.services.amounts import Cell, write_amounts
from implementor.finance.views.routing import blueprint, month_name
from implementor.finance.wording import input_amount
from implementor.foundation.errors import InvalidInput
from implementor.foundation.money import BadAmount, parse_amount, plain_amount
from implementor.foundation.words import Phrase, say, speech
from implementor.web.guard import actor, allow
from implementor.web.language import show_moment
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session, today

FIRST_YEAR, LAST_YEAR = 1990, 2100


@blueprint.get("/budget")
@allow(permissions.VIEW)
def grid(project_key: str) -> Response:
    """The amounts of one kind in one year."""
    return _draw_grid()


@blueprint.post("/budget")
@allow(permissions.EDIT)
def save_grid(project_key: str) -> ResponseReturnValue:
    """Keep every cell that was sent."""
    kind, year = _kind(), _year()
    lines = session().scalars(queries.lines_of(project_id=g.project.id)).all()
    cells: dict[Cell, int | None] = {}
    errors: dict[str, Phrase] = {}
    for line in lines:
        for month in months_of_year(year):
            text = request.form.get(f"a_{line.id}_{month:%Y_%m}")
            if text is None:
                continue
            try:
                amount = parse_amount(text, line.currency, speech().language) if text.strip() else None
                cells[Cell(line.id, kind, month)] = amount
            except BadAmount as bad:
                errors[f"a_{line.id}_{month:%Y_%m}"] = say(
                    "%(line)s, %(month)s: %(reason)s", line=line.title, month=f"{month:%m/%Y}", reason=bad.reason
                )
    if errors:
        return _draw_grid(errors, 422)
    try:
        count = write_amounts(
            session(), project_id=g.project.id, cells=cells, reason=request.form.get("reason", ""), by=actor(), at=now()
        )
    except InvalidInput as refusal:
        return _draw_grid(refusal.errors, 422)
    tell_done(say("The budget is saved.") if count else say("Nothing changed."))
    return redirect(url_for("finance.grid", kind=kind, year=year), 303)


@blueprint.get("/budget/export.<format>")
@allow(permissions.VIEW)
def export_grid(project_key: str, format: str) -> ResponseReturnValue:
    """Every amount of the budget, a row for each line, kind and month."""
    about = [str(say("Budget")), f"{g.project.key} {g.project.name}", show_moment(now()), actor().name]
    header = [str(one) for one in (say("Line"), say("Category"), say("Kind"), say("Month"), say("Amount"),
                                   say("Currency"))]  # fmt: skip
    rows = _export_rows()
    return table_file(f"budget-{g.project.key}-{now():%Y-%m-%d}", format, about=about, header=header, rows=rows)


def _export_rows() -> list[list[Any]]:
    lines = {one.id: one for one in session().scalars(queries.lines_of(project_id=g.project.id))}
    found = session().scalars(queries.amounts_of_lines(project_id=g.project.id, line_ids=list(lines))).all()
    kinds = {one.key: str(one.label) for one in AMOUNT_KINDS}
    categories = {one.key: str(one.label) for one in CATEGORIES}
    order = {line_id: place for place, line_id in enumerate(lines)}
    stands = sorted(
        (one for one in found if one.amount is not None),
        key=lambda one: (order[one.line_id], KINDS.index(one.kind), one.month),
    )
    return [
        [
            lines[one.line_id].title, categories[lines[one.line_id].category], kinds[one.kind], one.month,
            plain_amount(one.amount or 0, lines[one.line_id].currency), lines[one.line_id].currency,
        ]
        for one in stands
    ]  # fmt: skip


def _kind() -> str:
    asked = request.values.get("kind", PLANNED)
    return asked if asked in KINDS else PLANNED


def _year() -> int:
    asked = request.values.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else today().year
    return min(max(year, FIRST_YEAR), LAST_YEAR)


def _tabs(kind: str, year: int) -> list[dict[str, Any]]:
    return [
        {"label": one.label, "url": url_for("finance.grid", kind=one.key, year=year), "is_current": one.key == kind}
        for one in AMOUNT_KINDS
    ]


def _read(kind: str, year: int) -> Grid:
    lines = session().scalars(queries.lines_of(project_id=g.project.id)).all()
    ids = [line.id for line in lines]
    amounts = session().scalars(queries.amounts_of_lines(project_id=g.project.id, line_ids=ids, kinds=[kind])).all()
    return grid_of(lines, amounts, months_of_year(year))


def _draw_grid(errors: Mapping[str, Any] | None = None, status: int = 200) -> Response:
    kind, year = _kind(), _year()
    may_edit = actor().may(permissions.EDIT)
    return draw(
        "finance/grid.html", status, grid=_read(kind, year), kind=kind, year=year, tabs=_tabs(kind, year),
        month_name=month_name, plain_text=input_amount,
        categories={one.key: one.label for one in CATEGORIES}, errors=errors or {}, may_edit=may_edit,
        typed=request.form if status != 200 else {}, reason=request.form.get("reason", ""),
        asks_reason=kind == ACTUAL, this_month=today().replace(day=1),
    )  # fmt: skip
