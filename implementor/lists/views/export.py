"""Taking a list away as a file, with the filter, order and columns of its address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from flask import g
from flask.typing import ResponseReturnValue

from implementor.exchange.table_files import table_file
from implementor.foundation.fields import Field, Kind, Scope
from implementor.foundation.pages import ordered
from implementor.foundation.words import speech
from implementor.lists.cells import cell_of_row, sheet_header, sheet_values
from implementor.lists.queries import matching, order_of, rows_of_list
from implementor.lists.record_page import present_scope
from implementor.lists.sheets import Sheet
from implementor.lists.state import ListState, read_state
from implementor.lists.views.routing import asked, open_sheet, shared_page
from implementor.web.guard import actor
from implementor.web.language import show_moment
from implementor.web.unit_of_work import now, session


@shared_page("/lists/<kind>/export.<format>", "GET")
def export(kind: str, format: str) -> ResponseReturnValue:
    """Every row of the list, not only the page that is shown."""
    sheet, scope = open_sheet(kind), present_scope()
    state = read_state(sheet.entity, asked(), scope)
    header = [str(label) for field in state.columns for label in sheet_header(field)]
    rows = _rows(sheet, state, scope)
    return table_file(f"{kind}-{now():%Y-%m-%d}", format, about=_about(sheet, state), header=header, rows=rows)


def _about(sheet: Sheet, state: ListState) -> list[str]:
    """What the file is of: list, project, filter, moment and author."""
    project = g.get("project")
    parts = [str(sheet.entity.label_plural)]
    if project is not None:
        parts.append(f"{project.key} {project.name}")
    parts += [f"{one.field.label}: {', '.join(one.values)}" for one in state.filters.chosen]
    if state.filters.words:
        parts.append(f"“{state.filters.words}”")
    return [*parts, *map(str, state.filters.faults), show_moment(now()), actor().name]


def _rows(sheet: Sheet, state: ListState, scope: Scope) -> Iterator[Sequence[Any]]:
    base = matching(sheet.base(scope), state, scope)
    rows = rows_of_list(base, sheet.entity, state.columns, sheet.link_columns, scope.actor, ordered_by=state.ordered_by)
    for row in session().execute(ordered(rows, order_of(state)).execution_options(yield_per=1000)):
        yield [value for field in state.columns for value in _values(row, field)]


def _values(row: Any, field: Field) -> list[Any]:
    values = sheet_values(cell_of_row(row, field))
    if field.kind is Kind.MOMENT and isinstance(values[0], datetime):
        return [values[0].astimezone(speech().zone).replace(tzinfo=None)]
    return values
