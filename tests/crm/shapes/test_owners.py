"""Rules about who gets records: the first that holds, in turn or by work at hand, whoever can sign in."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.auth.models import Team, User
from implementor.configuration.services.assignments import ASSIGNMENTS
from implementor.crm.leads.models import Lead
from implementor.foundation.assigning import next_in_turn
from implementor.foundation.conditions import Comparison
from implementor.foundation.errors import InvalidInput
from implementor.history.models import Action
from tests.auth.builders import reading, working
from tests.crm.builders import START, Company, company
from tests.crm.shapes.builders import assigning, shaping, where


@pytest.fixture
def here(app: Flask) -> Company:
    return company(app)


def team(here: Company, name: str = "North") -> int:
    with reading(here.app) as session:
        return session.scalars(select(Team.id).where(Team.name == name)).one()


def owner_of_new(here: Company, **values: Any) -> str:
    """Who gets a new lead, by their part in the company."""
    lead = here.stored(Lead, here.add("lead", last_name="Vega", **values))
    return next(who for who, person in here.people.items() if person.id == lead.owner_id)


def disable(here: Company, who: str) -> None:
    with working(here.app) as session:
        session.get_one(User, here.people[who].id).disabled_at = START


def last_summary(here: Company) -> str:
    with reading(here.app) as session:
        last = session.scalars(select(Action).order_by(Action.id.desc()).limit(1)).one()
        return str(last.summary)


def test_the_first_rule_that_holds_gives_and_the_history_names_it(here: Company) -> None:
    web = where("source", Comparison.EQUALS, "web")
    assigning(here, "lead", "From the web", "person", web, user_id=here.people["mate"].id)
    assigning(here, "lead", "All others", "person", user_id=here.people["elsewhere"].id)
    assert owner_of_new(here, source="web") == "mate"
    assert "From the web" in last_summary(here)
    assert owner_of_new(here, source="partner") == "elsewhere"
    assert owner_of_new(here, source="web", owner=here.people["manager"].id) == "manager"


def test_a_team_takes_turns_and_passes_over_who_cannot_sign_in(here: Company) -> None:
    assigning(here, "lead", "In turn", "in_turn", team_id=team(here))
    assert [owner_of_new(here) for _ in range(4)] == ["seller", "mate", "manager", "seller"]
    disable(here, "mate")
    assert owner_of_new(here) == "manager"


def test_the_least_busy_is_who_has_nothing_open(here: Company) -> None:
    assigning(here, "lead", "Least busy", "least_busy", team_id=team(here))
    assert owner_of_new(here, owner=here.people["seller"].id) == "seller"
    assert [owner_of_new(here) for _ in range(3)] == ["mate", "manager", "seller"]


def test_where_nobody_is_found_the_next_rule_is_asked_and_then_who_makes_it(here: Company) -> None:
    assigning(here, "lead", "Gone", "person", user_id=here.people["elsewhere"].id)
    disable(here, "elsewhere")
    assert owner_of_new(here) == "seller"
    assigning(here, "lead", "South", "in_turn", team_id=team(here, "South"))
    assigning(here, "lead", "Manager", "person", user_id=here.people["manager"].id)
    assert owner_of_new(here) == "manager"


def test_somebody_asks_the_rules_on_the_page_of_a_record(here: Company) -> None:
    lead = here.add("lead", last_name="Vega")
    assigning(here, "lead", "To the mate", "person", user_id=here.people["mate"].id)
    seller = here.browser()
    seller.get(f"/crm/leads/{lead}")
    assert "To the mate" in seller.post(f"/crm/assigning/lead/{lead}").text
    assert here.stored(Lead, lead).owner_id == here.people["mate"].id
    seller.get("/crm/leads")
    assert "with Mate Vega already" in seller.post(f"/crm/assigning/lead/{lead}").text
    seller.post("/crm/assigning/nothing/1", status=404)


def test_rules_move_and_rest(here: Company) -> None:
    ids = [assigning(here, "lead", name, "person", user_id=here.people[name].id) for name in ("mate", "manager")]
    with shaping(here) as (session, by_at):
        second = ASSIGNMENTS.of(session, "lead")[1]
        ASSIGNMENTS.move(session, second, step="up", **by_at)
    assert owner_of_new(here) == "manager"
    with shaping(here) as (session, by_at):
        ASSIGNMENTS.withdraw(session, ASSIGNMENTS.of(session, "lead")[0], **by_at)
    assert owner_of_new(here) == "mate"
    assert len(ids) == 2


@pytest.mark.sqlite_only(reason="a rule of the service, without SQL")
@pytest.mark.parametrize(("way", "error"), [("person", "user_id"), ("in_turn", "team_id"), ("nobody", "way")])
def test_a_rule_says_who(here: Company, way: str, error: str) -> None:
    with pytest.raises(InvalidInput) as said:
        assigning(here, "lead", "Nobody", way)
    assert set(said.value.errors) == {error}


def test_turns_go_round_whoever_left() -> None:
    assert [next_in_turn([3, 1, 2], last) for last in (None, 1, 3, 9)] == [1, 2, 1, 1]
    assert next_in_turn([], 1) is None
