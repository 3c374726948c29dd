"""What pages ask of quotes beyond their list is answered from indexes on both databases."""

import pytest
from flask import Flask

from implementor.crm.quotes import queries
from implementor.crm.quotes.models import Quote
from implementor.foundation.records import RecordRef
from tests.auth.builders import reading
from tests.crm.builders import START, company
from tests.crm.test_plans import plan_of

TABLES = ("quote", "quote_fact", "quote_line", "quote_acceptance")


def reads_whole(line: str) -> bool:
    return any(
        (line.startswith(f"SCAN {table}") and "USING" not in line) or f"Seq Scan on {table} " in f"{line} "
        for table in TABLES
    )


@pytest.mark.parametrize("kind", queries.POINTING)
def test_a_timeline_finds_the_facts_of_quotes_by_index(app: Flask, database_kind: str, kind: str) -> None:
    here = company(app)
    statement = queries.latest_facts(RecordRef(kind, 1), here.by("crm_admin"), before=None, limit=31)
    with reading(app) as session:
        plan = plan_of(session, statement, database_kind)
    assert [line for line in plan if reads_whole(line)] == [], plan


def test_what_stands_on_the_page_of_a_quote_is_found_by_index(app: Flask, database_kind: str) -> None:
    here = company(app)
    actor, day = here.by("crm_admin"), START.date()
    with reading(app) as session:
        for statement in (
            queries.lines_of([1]),
            queries.facts_of([1]),
            queries.known_facts(1),
            queries.versions_of("Q-1", actor),
            queries.successor_of(1),
            queries.acceptance_of(1),
            queries.about_to_expire(actor, Quote.owner_id == 1, day, day),
        ):
            plan = plan_of(session, statement, database_kind)
            assert [line for line in plan if reads_whole(line)] == [], plan
