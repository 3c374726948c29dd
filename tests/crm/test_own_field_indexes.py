"""Indexes of fields of one's own: built by a job, used by the lists of both databases, never lost for long."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, select, text

from implementor.configuration.index_building import indexes_of, missing, present_names
from implementor.configuration.index_care import look_at_indexes, mend_indexes
from implementor.configuration.models import CustomField
from implementor.configuration.services.custom_fields import field_of_key
from implementor.configuration.services.needs import NeedWish, add_need
from implementor.crm.accounts.models import Account
from implementor.foundation.extensible import packed
from implementor.jobs.models import WAITING, Job
from implementor.jobs.running import run_inline
from implementor.web.database import db, writing_session
from tests.auth.builders import reading
from tests.crm.builders import START, Company, company
from tests.crm.own_fields import LOW_HIGH, OF_EACH_KIND, add_own_field, one_of_each, restore, withdraw
from tests.crm.test_plans import list_statement, plan_of

ASKED = {
    "line": "zinc", "whole": "8..", "decimal": "3..", "percent": "20..", "money": "13..", "date": "2026-04-01..",
    "moment": "2026-04-01..", "choice": "low", "yes_no": "y", "url": "https://b.example",
}  # fmt: skip


@pytest.fixture
def here(app: Flask) -> Company:
    return company(app)


def work_off(app: Flask) -> None:
    """Do the jobs that wait."""
    with reading(app) as session:
        waiting = session.scalars(select(Job.id).where(Job.state == WAITING)).all()
    for job_id in waiting:
        assert run_inline(app, job_id).error is None


def row_of(here: Company, key: str) -> CustomField:
    with reading(here.app) as session:
        row = field_of_key(session, key)
        assert row is not None
        return row


def present(here: Company) -> set[str]:
    with reading(here.app) as session:
        return present_names(session.connection(), ["account"])


def fill(here: Company, values: dict[str, tuple[Any, Any]]) -> None:
    """So many accounts that the indexes are worth reading; one in fifty holds the greater value."""
    with here.working("crm_admin") as session:
        rows = [
            {"name": f"A{number}", "name_key": f"a{number}", "created_at": START, "updated_at": START, "version": 1}
            | packed(
                {key: one(number) if callable(one := pair[number % 50 == 0]) else one for key, pair in values.items()}
            )
            for number in range(600)
        ]
        session.execute(insert(Account.__table__), rows)  # type: ignore[arg-type]  # a table is a table
        session.execute(text("ANALYZE"))


def plan(here: Company, database_kind: str, asked: dict[str, list[str]]) -> str:
    """What the database does for a list: in its order where that is asked for, else for the filter alone."""
    with here.working("crm_admin") as session:
        statement = list_statement(here, "account", asked)
        alone = statement if "sort" in asked else statement.order_by(None)
        return " ".join(plan_of(session, alone, database_kind))


def found(here: Company, asked: dict[str, list[str]]) -> list[int]:
    """The records that a list leads to."""
    with here.working("crm_admin") as session:
        return [row.id for row in session.execute(list_statement(here, "account", asked))]


def test_filters_and_orders_read_the_index_of_their_field(here: Company, database_kind: str) -> None:
    keys = one_of_each(here)
    fill(here, {keys[kind]: OF_EACH_KIND[kind][1:] for kind in keys})
    meanwhile = {kind: found(here, {keys[kind]: [asked]}) for kind, asked in ASKED.items()}
    work_off(here.app)
    for kind, asked in ASKED.items():
        key = keys[kind]
        assert meanwhile[kind] == found(here, {key: [asked]}) != [], kind
        assert f"ext_account_{key}" in plan(here, database_kind, {key: [asked]}), kind
        if kind not in ("choice", "yes_no", "url", "line"):
            assert f"ext_account_{key}" in plan(here, database_kind, {key: [asked], "sort": [key]}), kind
    assert f"ext_account_k_{keys['line'][2:]}" in plan(here, database_kind, {"sort": [keys["line"]]})


def test_records_that_lack_what_a_rule_needs_are_found_by_the_index_of_the_field(
    here: Company, database_kind: str
) -> None:
    grade, visits = add_own_field(here, "account", "line", "Grade"), add_own_field(here, "account", "whole", "Visits")
    work_off(here.app)
    fill(here, {grade: (str, None), visits: (int, None)})
    for key in (grade, visits):
        with here.working("crm_admin") as session:
            wish = NeedWish(f"Needs {key}", f"Necesita {key}", key)
            rule = add_need(session, "account", wish, by=here.by("crm_admin"), at=START).id
        asked = {"lacks": [str(rule)]}
        assert f"ext_account_{key}" in plan(here, database_kind, asked)
        assert len(found(here, asked)) == 12


def test_a_filter_by_one_of_several_words_reads_their_index(here: Company, database_kind: str) -> None:
    key = add_own_field(here, "account", "choices", "Levels", words=LOW_HIGH)
    fill(here, {key: (None, lambda number: ["low", "high"] if number % 100 else ["middle"])})
    asked: list[list[str]] = [["low"], ["low", "middle"], ["~all", "low", "high"]]
    meanwhile = [found(here, {key: one}) for one in asked]
    work_off(here.app)
    with here.working("crm_admin") as session:
        session.execute(text("ANALYZE"))
    for words, before in zip(asked, meanwhile, strict=True):
        assert found(here, {key: words}) == before != []
        assert f"ext_account_{key}" in plan(here, database_kind, {key: words}), words
    assert len(found(here, {key: ["none"]})) >= 25


def test_a_job_builds_the_index_and_drops_it_with_the_field(here: Company) -> None:
    key = add_own_field(here, "account", "whole")
    assert (row_of(here, key).index_state, present(here)) == ("building", set())
    work_off(here.app)
    assert (row_of(here, key).index_state, present(here)) == ("ready", {f"ext_account_{key}"})
    withdraw(here, key)
    work_off(here.app)
    assert (row_of(here, key).index_state, present(here)) == ("none", set())
    restore(here, key)
    work_off(here.app)
    assert row_of(here, key).index_state == "ready"


def test_an_index_that_was_lost_is_told_and_built_again(here: Company) -> None:
    key = add_own_field(here, "account", "date")
    work_off(here.app)
    with writing_session(here.app) as session:
        session.execute(text(f"DROP INDEX ext_account_{key}"))
        session.commit()
    with here.app.app_context():
        assert look_at_indexes(here.app, START)[0] == "note"
        db.session.rollback()
    assert mend_indexes(here.app) == 1
    work_off(here.app)
    assert present(here) == {f"ext_account_{key}"}
    assert mend_indexes(here.app) == 0


def test_what_nobody_filters_by_has_no_index(here: Company) -> None:
    key = add_own_field(here, "account", "whole", is_filterable=False)
    long_text = add_own_field(here, "account", "text", "Story")
    work_off(here.app)
    with reading(here.app) as session:
        rows: list[Any] = [field_of_key(session, each) for each in (key, long_text)]
        assert missing(session.connection(), rows) == []
        assert [one.name for one in indexes_of(rows[0])] == [f"ext_account_{key}"]
    assert present(here) == set()
