"""Migrations go forward and back with data in the tables, and one that fails leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, inspect, select, text

from implementor.foundation.model import Model
from implementor.jobs.models import Job
from implementor.jobs.running import run_inline
from implementor.web.database import db
from implementor.web.migrate import downgrade_database, is_up_to_date, upgrade_database
from tests.auth.builders import reading
from tests.finance.builders import purse
from tests.stories.builders import backlog

BEFORE_THE_INDEX = "2026_11_21_0001"


class PowerCutError(Exception):
    """Raised in the middle of a migration."""


@contextmanager
def cut_at(statement_number: int) -> Iterator[None]:
    """Fail at the k-th statement that changes the shape of a database."""
    seen = 0

    def count(_connection: Any, _cursor: Any, statement: str, *_others: Any) -> None:
        nonlocal seen
        if statement.lstrip().upper().startswith(("CREATE", "ALTER", "DROP")):
            seen += 1
            if seen == statement_number:
                raise PowerCutError

    event.listen(Engine, "before_cursor_execute", count)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", count)


def contents(app: Flask) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, ready to be compared."""
    with app.app_context(), db.engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in Model.metadata.sorted_tables
        }


def tables(app: Flask) -> set[str]:
    with app.app_context():
        db.engine.dispose()
        return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_rows_survive_a_way_back_and_forth(app: Flask, database: str) -> None:
    here = backlog(app)
    here.story("Approve quotes", tags="crm, sales", points="3")
    before = contents(app)
    downgrade_database(database, BEFORE_THE_INDEX)
    kept = tables(app)  # what came later than that goes with its tables
    upgrade_database(database)
    assert {name: rows for name, rows in contents(app).items() if name in kept} == {
        name: rows for name, rows in before.items() if name in kept
    }
    with app.app_context(), db.engine.connect() as connection:
        assert is_up_to_date(db.engine)
        found = "search_index" if connection.dialect.name == "sqlite" else "search_document"
        assert connection.execute(text(f"select count(*) from {found}")).scalar_one() >= 1  # noqa: S608 - two names of ours


@pytest.mark.sqlite_only("PostgreSQL counts ids on by itself")
def test_no_table_gives_an_id_twice(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        made = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
        counts_on = {row.name for row in made if "AUTOINCREMENT" in (row.sql or "")}
    wanted = {one.name for one in Model.metadata.sorted_tables if one.dialect_options["sqlite"]["autoincrement"]
              and list(one.primary_key.columns.keys()) == ["id"]}  # fmt: skip
    assert wanted - counts_on == set()


def test_everything_can_be_taken_back_and_made_again(app: Flask, database: str) -> None:
    downgrade_database(database, "base")
    assert tables(app) == set()
    upgrade_database(database)
    assert {table.name for table in Model.metadata.sorted_tables} <= tables(app)


def test_a_failed_migration_leaves_nothing(app: Flask, database: str) -> None:
    downgrade_database(database, "base")
    for statement_number in (1, 7, 40, 90):
        with cut_at(statement_number), pytest.raises(PowerCutError):
            upgrade_database(database)
        assert tables(app) == set(), statement_number
    upgrade_database(database)


def test_money_written_before_it_was_searched_is_read_by_a_job(app: Flask, database: str) -> None:
    purse(app).line()
    with app.app_context():
        [file] = (Path(app.root_path) / "migrations" / "versions").glob("*_find_money_again.py")
    earlier = file.read_text(encoding="utf-8").partition('down_revision = "')[2].partition('"')[0]
    downgrade_database(database, earlier)
    upgrade_database(database)
    with reading(app) as session:
        [job] = session.scalars(select(Job).where(Job.kind == "search.rebuild")).all()
    assert (job.arguments, job.state) == ({"kind": "budget_line"}, "waiting")
    assert run_inline(app, job.id).state == "done"
