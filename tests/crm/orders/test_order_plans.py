"""What timelines ask of orders is answered from indexes on both databases, whatever record they are of."""

import pytest
from flask import Flask

from implementor.crm.orders.queries import POINTING, facts_of, known_facts, latest_facts, lines_of
from implementor.foundation.records import RecordRef
from tests.auth.builders import reading
from tests.crm.builders import company
from tests.crm.test_plans import plan_of

TABLES = ("customer_order", "order_fact", "order_line")


def reads_whole(line: str) -> bool:
    return any(line.startswith(f"SCAN {table}") or f"Seq Scan on {table}" in line for table in TABLES)


@pytest.mark.parametrize("kind", POINTING)
def test_a_timeline_finds_the_facts_of_orders_by_index(app: Flask, database_kind: str, kind: str) -> None:
    here = company(app)
    statement = latest_facts(RecordRef(kind, 1), here.by("crm_admin"), before=None, limit=31)
    with reading(app) as session:
        plan = plan_of(session, statement, database_kind)
    assert [line for line in plan if reads_whole(line)] == [], plan


def test_lines_and_facts_of_an_order_are_found_by_index(app: Flask, database_kind: str) -> None:
    company(app)
    with reading(app) as session:
        for statement in (lines_of([1]), facts_of([1]), known_facts(1)):
            plan = plan_of(session, statement, database_kind)
            assert [line for line in plan if reads_whole(line)] == [], plan
