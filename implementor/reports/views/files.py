"""Taking a report away as a file, with what it is of, when and by whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from flask.typing import ResponseReturnValue

from implementor.exchange.table_files import table_file
from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.fields import Field
from implementor.lists.cells import cell_of_row, sheet_header, sheet_values
from implementor.lists.queries import rows_of_list
from implementor.lists.record_page import present_scope
from implementor.lists.sheets import sheets
from implementor.reports import permissions
from implementor.reports.plans import Plan
from implementor.reports.tables import Table, ids_behind, table_of
from implementor.reports.views.drawing import columns_of
from implementor.reports.views.routing import Opened, blueprint, opened
from implementor.reports.wording import figure_label, part_label
from implementor.web.guard import actor, allow
from implementor.web.language import show_moment
from implementor.web.unit_of_work import now, session


@blueprint.get("/<int:report_id>/export.<format>")
@allow(permissions.VIEW)
def export(report_id: int, format: str) -> ResponseReturnValue:
    """Every part of a report, or every row of it, and not only what the page shows."""
    found = opened(report_id)
    plan = found.plan
    if plan is None or found.refusal is not None:
        raise Refusal(found.refusal) if found.refusal is not None else NotFound("report")
    header, rows = _of_records(plan, found) if plan.is_of_records else _of_figures(plan, found)
    about = [str(found.report.label), str(found.sentence), show_moment(now()), actor().name]
    return table_file(f"report-{report_id}-{now():%Y-%m-%d}", format, about=about, header=header, rows=rows)


def _of_figures(plan: Plan, found: Opened) -> tuple[list[str], Iterator[Sequence[Any]]]:
    table = table_of(session(), plan, found.as_of, present_scope(), most=None)
    parts = [str(part_label(plan.kind, key)) for key in plan.by]
    figures = [
        f"{figure_label(query)} ({unit.currency})" if unit.currency else str(figure_label(query))
        for query, unit in zip(plan.queries, table.units, strict=True)
    ]
    return [*parts, *figures], _lines(table)


def _lines(table: Table) -> Iterator[Sequence[Any]]:
    for line in table.lines or ():
        yield [*line.names, *(one.value for one in line.tallies)]
    if not table.splits:
        yield [one.value for one in table.whole]


def _of_records(plan: Plan, found: Opened) -> tuple[list[str], Iterator[Sequence[Any]]]:
    columns = columns_of(plan)
    return [str(label) for field in columns for label in sheet_header(field)], _records(plan, found, columns)


def _records(plan: Plan, found: Opened, columns: Sequence[Field]) -> Iterator[Sequence[Any]]:
    sheet, scope = sheets[plan.kind], present_scope()
    entity = sheet.entity
    base = sheet.base(scope).where(entity.model.id.in_(ids_behind(plan, 0, (), found.as_of)))
    rows = rows_of_list(base, entity, columns, sheet.link_columns, scope.actor).order_by(entity.unique_order.desc())
    for row in session().execute(rows.execution_options(yield_per=1000)):
        yield [value for field in columns for value in sheet_values(cell_of_row(row, field))]
