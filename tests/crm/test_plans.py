"""Lists of CRM records stay fast: each filter and each order has an index, and both databases use it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from implementor.crm.opportunities.board_queries import newest_change, owned_by, totals_of_stages
from implementor.crm.opportunities.report_queries import open_sums, won_sums
from implementor.crm.records.kinds import crm_kinds
from implementor.foundation.fields import Entity, Field, Kind
from implementor.foundation.model import Rows
from implementor.foundation.pages import ordered
from implementor.lists.queries import matching, order_of, rows_of_list
from implementor.lists.sheets import sheet_of
from implementor.lists.state import read_state
from tests.auth.builders import reading
from tests.crm.builders import Company, company

ASKED = {
    Kind.DATE: "2026-01-01..2026-01-31", Kind.MOMENT: "2026-01-01..2026-01-31", Kind.WHOLE: "10..20",
    Kind.DECIMAL: "1..2", Kind.MONEY: "10..20 EUR", Kind.PERCENT: "10..20", Kind.YES_NO: "yes", Kind.REFERENCE: "1",
    Kind.CURRENCY: "EUR", Kind.EMAIL: "ana@example.com", Kind.PHONE: "+34612345678",
}  # fmt: skip


ASKED_OF = {
    "opportunity.entered": "1:2026-01-01..2026-01-31",
    "opportunity.expected_in": "2026-01-01..2026-01-31",
    "lead.entered": "mql:2026-01-01..2026-01-31",
    "lead.reached": "2026-01-01..2026-01-31:sql:90",
    "lead.handed_over": "mql-sal:2026-01-01..2026-01-31",
}
"""Filters that have a language of their own."""


NARROWED_OTHERWISE = {
    "interaction.direction": "one of two values: the order is read and half of it passed over",
}
"""Filters that need no index of their own, each with the reason."""


def asked_of(field: Field) -> str:
    """A filter that a few rows would meet."""
    own = ASKED_OF.get(f"{field.kind_of_record}.{field.name}")
    if own is not None:
        return own
    if field.kind is Kind.CHOICE:
        return field.offered_choices[0].key
    if field.minimum is not None and field.kind is Kind.WHOLE:
        return str(field.minimum)
    return ASKED.get(field.kind, "Something")


def plan_of(session: Session, statement: Any, database_kind: str) -> list[str]:
    """What the database would do, line by line; PostgreSQL may not read a table whole, however small it is."""
    if database_kind == "postgresql":
        session.execute(text("SET LOCAL enable_seqscan = off"))
        session.execute(text("SET LOCAL enable_sort = off"))
    literal = statement.limit(51).compile(session.connection(), compile_kwargs={"literal_binds": True})
    explain = "EXPLAIN QUERY PLAN " if database_kind == "sqlite" else "EXPLAIN "
    rows = session.connection().exec_driver_sql(explain + str(literal).replace("%%", "%"))
    return [str(row[-1]) for row in rows]


def list_statement(here: Company, kind: str, asked: dict[str, list[str]]) -> Rows:
    """The statement behind a page of the list, as an administrator sees it."""
    sheet, scope = sheet_of(kind), here.scope("crm_admin")
    state = read_state(sheet.entity, asked, scope)
    assert not state.filters.faults, state.filters.faults
    base = matching(sheet.base(scope), state, scope)
    return ordered(
        rows_of_list(base, sheet.entity, state.columns, (), scope.actor, ordered_by=state.ordered_by), order_of(state)
    )


def filtered(entity: Entity) -> list[Field]:
    return [one for one in entity.fields.values() if one.filterable]


def leading(entity: Entity) -> set[str]:
    """The columns that an index of the kind's table begins with."""
    return {str(next(iter(index.columns)).name) for index in entity.model.__table__.indexes}


def column_of(field: Field) -> str | None:
    """The column of the kind's own table by which a filter finds rows; None where other tables say it."""
    found: Any = field.column if field.compared is None else field.compared
    if field.currency_name is not None:
        found = field.currency
    return None if field.matches is not None else str(getattr(found, "key", ""))


@pytest.mark.sqlite_only("what is declared is the same on both")
def test_every_filter_and_order_has_an_index(app: Flask) -> None:
    missing = []
    for kind, declared in crm_kinds.items():
        begun = leading(declared.entity)
        wanted = {one.name: column_of(one) for one in filtered(declared.entity)}
        for one in declared.entity.fields.values():
            if one.sortable:
                key: Any = one.column if one.sort_column is None else one.sort_column
                wanted[f"order by {one.name}"] = str(key.key)
        missing += [f"{kind}.{name}" for name, column in wanted.items() if column and column not in begun]
    assert sorted(missing) == sorted(NARROWED_OTHERWISE), missing


def test_every_filter_is_answered_from_an_index(app: Flask, database_kind: str) -> None:
    here, whole = company(app), []
    with reading(app) as session:
        for kind, declared in crm_kinds.items():
            for field in filtered(declared.entity):
                statement = list_statement(here, kind, {field.name: [asked_of(field)]})
                plan = plan_of(session, statement, database_kind)
                whole += [f"{kind} by {field.name}: {line}" for line in plan if reads_whole(line, declared.entity)]
    assert whole == [], whole


def test_every_order_is_read_from_an_index(app: Flask, database_kind: str) -> None:
    here, whole = company(app), []
    with reading(app) as session:
        for kind, declared in crm_kinds.items():
            for field in (one for one in declared.entity.fields.values() if one.sortable):
                for sort in ways(field, database_kind):
                    plan = plan_of(session, list_statement(here, kind, {"sort": [sort]}), database_kind)
                    whole += [f"{kind} by {sort}: {plan}"] if sorts(plan) else []
    assert whole == [], whole


def ways(field: Field, database_kind: str) -> list[str]:
    """The directions in which an index gives an order: PostgreSQL reads one back with what has no value first."""
    is_one_way = field.nullable and database_kind == "postgresql"
    return [field.name] if is_one_way else [field.name, f"-{field.name}"]


def sorts(plan: list[str]) -> bool:
    """Whether a plan puts all rows in order by itself."""
    return any("TEMP B-TREE FOR ORDER" in line or line.strip().startswith(("Sort", "->  Sort")) for line in plan)


@pytest.mark.sqlite_only("PostgreSQL chooses by what it counted, and there is nothing to count")
@pytest.mark.parametrize("sort", ["amount", "-amount", "updated_at", "-updated_at"])
def test_sales_of_one_state_are_read_in_their_order(app: Flask, sort: str) -> None:
    here = company(app)
    with reading(app) as session:
        plan = plan_of(session, list_statement(here, "opportunity", {"status": ["open"], "sort": [sort]}), "sqlite")
    assert not sorts(plan), plan


@pytest.mark.sqlite_only("PostgreSQL reads an index alone once its visibility is known")
def test_the_sums_of_board_and_forecast_are_read_without_the_table(app: Flask) -> None:
    here = company(app)
    scope, days = here.scope("crm_admin"), (date(2026, 1, 1), date(2026, 6, 30))
    since = datetime(2026, 1, 1, tzinfo=UTC)
    asked = (
        totals_of_stages(pipeline_id=1, scope=scope, owner=owned_by(None), closed_since=since),
        *(open_sums(scope=scope, pipeline_id=one) for one in (None, 1)),
        *(won_sums(scope=scope, pipeline_id=one, first=days[0], last=days[1]) for one in (None, 1)),
    )
    with reading(app) as session:
        for statement in asked:
            plan = [line for line in plan_of(session, statement, "sqlite") if " opportunity " in f"{line} "]
            assert plan, statement
            assert all("COVERING INDEX" in line for line in plan), plan
        newest = plan_of(session, newest_change(scope, 1), "sqlite")
        assert "list_pipeline_id_updated_at" in newest[0], newest


def reads_whole(line: str, entity: Entity) -> bool:
    """Whether a step of a plan reads the kind's table from one end to the other without an index that helps."""
    table = entity.model.__tablename__
    if line.startswith("SCAN"):
        return line.split()[1].strip('"') == table and "USING" not in line
    return f"Seq Scan on {table}" in line or f'Seq Scan on "{table}"' in line
