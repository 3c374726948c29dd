"""Rows of records as a report shows them, a page at a time."""

from __future__ import annotations

from flask import request

from implementor.foundation.fields import Field
from implementor.lists.record_page import present_scope
from implementor.metrics.behind import Behind, records_behind, sheet_behind
from implementor.metrics.conditions import AsOf, measurable_of
from implementor.metrics.patience import soon
from implementor.reports.plans import Plan
from implementor.reports.tables import ids_behind
from implementor.web.unit_of_work import session


def columns_of(plan: Plan) -> tuple[Field, ...]:
    """The fields that a report of records shows."""
    fields = measurable_of(plan.base).entity.fields
    return tuple(fields[name] for name in plan.columns if name in fields)


def drawn_of_records(plan: Plan, as_of: AsOf, figure: int = 0, values: tuple[object, ...] = ()) -> Behind | None:
    """A page of the records that a figure is of, with the columns of the report or else those of their list."""
    scope = present_scope()
    sheet = sheet_behind(plan.kind, scope)
    if sheet is None:
        return None
    ids, after, before = ids_behind(plan, figure, values, as_of), request.args.get("after"), request.args.get("before")
    columns = columns_of(plan) if plan.is_of_records else None
    return soon(
        session(),
        lambda: records_behind(session(), sheet, ids, scope, after=after, before=before, columns=columns),
    )
