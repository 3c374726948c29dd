"""Lists of a project stay fast: every filter and every order begins with an index, on both databases."""

from __future__ import annotations

import pytest
from flask import Flask

from implementor.foundation.fields import Field
from implementor.foundation.model import Rows
from implementor.foundation.pages import ordered
from implementor.lists.queries import matching, order_of, rows_of_list
from implementor.lists.sheets import sheet_of
from implementor.lists.state import read_state
from tests.auth.builders import reading
from tests.crm.test_plans import asked_of, plan_of, reads_whole
from tests.stories.builders import Backlog, backlog

KINDS = ("story", "milestone", "wave", "obstacle", "support_request")


def statement(here: Backlog, kind: str, asked: dict[str, list[str]]) -> Rows:
    """The statement behind a page of the list, as the lead sees it."""
    sheet, scope = sheet_of(kind), here.scope
    state = read_state(sheet.entity, asked, scope)
    assert not state.filters.faults, state.filters.faults
    base = matching(sheet.base(scope), state, scope)
    return ordered(
        rows_of_list(base, sheet.entity, state.columns, (), scope.actor, ordered_by=state.ordered_by), order_of(state)
    )


def fields(kind: str) -> list[Field]:
    return list(sheet_of(kind).entity.fields.values())


@pytest.mark.parametrize("kind", KINDS)
def test_no_filter_reads_the_rows_of_other_projects(app: Flask, database_kind: str, kind: str) -> None:
    here, whole = backlog(app), []
    with reading(app) as session:
        for field in (one for one in fields(kind) if one.filterable):
            plan = plan_of(session, statement(here, kind, {field.name: [asked_of(field)]}), database_kind)
            whole += [f"{field.name}: {line}" for line in plan if reads_whole(line, sheet_of(kind).entity)]
    assert whole == [], whole


@pytest.mark.parametrize("kind", KINDS)
def test_no_order_reads_the_rows_of_other_projects(app: Flask, database_kind: str, kind: str) -> None:
    here, whole = backlog(app), []
    with reading(app) as session:
        for field in (one for one in fields(kind) if one.sortable):
            plan = plan_of(session, statement(here, kind, {"sort": [field.name]}), database_kind)
            whole += [f"{field.name}: {line}" for line in plan if reads_whole(line, sheet_of(kind).entity)]
    assert whole == [], whole
