"""Conditions over the fields of a kind: what holds of a record here is what the database finds, on both databases."""

from decimal import Decimal
from itertools import product as every
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.crm.leads.catalogue import LEAD
from implementor.crm.leads.models import Lead
from implementor.foundation.conditions import Comparison, Condition, conditions_from
from implementor.foundation.matching import askable, comparisons_of, holds, rows_where, text_of, value_of
from tests.auth.builders import reading
from tests.crm.builders import START, Company, company

SOURCES, SCORES, AMOUNTS = (None, "web", "referral"), (None, 0, 7, 40), (None, "0 EUR", "1500 EUR", "1500 USD")
VALUES: dict[str, list[str]] = {
    "source": ["web", "referral", "trade_fair"],
    "score": ["0", "7", "8", "-1"],
    "potential": ["0 EUR", "150000 EUR", "150000 USD", "1 EUR"],
    "company": ["Norte", "norte", "Sur, S.L."],
    "do_not_call": ["y", "n"],
    "created_at": ["2026-03-02T09:00:00+00:00", "2026-03-03T00:00:00+00:00"],
    "owner": ["1", "2", "999"],
    "email": ["a@example.com"],
    "need": [],
}


def one_condition(name: str) -> st.SearchStrategy[Condition]:
    """Any condition over a field."""

    def made(test: Comparison) -> st.SearchStrategy[Condition]:
        if not test.needs_value:
            return st.just(Condition(name, test))
        most = 3 if test in (Comparison.ONE_OF, Comparison.NONE_OF) else 1
        values = st.lists(st.sampled_from(VALUES[name]), min_size=1, max_size=most)
        return values.map(lambda texts: Condition(name, test, tuple(texts)))

    return st.sampled_from(comparisons_of(LEAD.fields[name])).flatmap(made)


ANY = st.lists(st.sampled_from(sorted(VALUES)).flatmap(one_condition), max_size=3)


@pytest.fixture
def here(app: Flask) -> Company:
    """Leads of every mixture of some values."""
    found = company(app)
    with found.working() as session:
        for number, (source, score, amount) in enumerate(every(SOURCES, SCORES, AMOUNTS)):
            session.add(_lead(found, number, source, score, amount))
    return found


def _lead(here: Company, number: int, source: str | None, score: int | None, amount: str | None) -> Lead:
    minor, currency = (int(amount.split()[0]) * 100, amount.split()[1]) if amount else (None, None)
    people = (None, here.people["seller"].id, here.people["mate"].id)
    values: dict[str, Any] = {
        "company": ("Norte", "norte", "Sur, S.L.", None, "")[number % 5], "last_name": f"Vega {number}",
        "source": source, "score": score, "potential_amount": minor, "currency": currency,
        "do_not_call": number % 2 == 0, "owner_id": people[number % 3], "need": ("", None, "More")[number % 3],
        "email": ("a@example.com", None)[number % 2],
    }  # fmt: skip
    stage = {"stage": "new", "cycle": 1, **dict.fromkeys(("stage_since", "began_at"), START)}
    return Lead(**values, **stage)


def found(session: Session, conditions: list[Condition]) -> set[int]:
    return set(session.scalars(select(Lead.id).where(rows_where(LEAD, conditions))))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(conditions=ANY)
def test_what_holds_here_is_what_the_database_finds(here: Company, conditions: list[Condition]) -> None:
    with reading(here.app) as session:
        expected = {lead.id for lead in session.scalars(select(Lead)) if holds(LEAD, conditions, lead)}
        assert found(session, conditions) == expected
    assert conditions_from([one.as_json() for one in conditions]) == tuple(conditions)


def test_a_condition_over_a_field_that_is_no_more_holds_of_nothing(here: Company) -> None:
    gone = [Condition("withdrawn", Comparison.IS_EMPTY)]
    with reading(here.app) as session:
        assert found(session, gone) == set()
        assert not any(holds(LEAD, gone, lead) for lead in session.scalars(select(Lead)))


def test_values_are_kept_as_text_that_no_language_changes() -> None:
    fields = askable(LEAD)
    assert "came_from" not in fields
    assert "entered" not in fields
    assert text_of(fields["potential"], 150_000, "EUR") == "150000 EUR"
    assert value_of(fields["potential"], "150000 EUR") == 150_000
    assert text_of(fields["score"], Decimal(7)) == "7"
