"""Facts of days, read from what people wrote: against counts by hand, and written anew without counting twice."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select, update

from implementor.adoption.models import FactDay, KeptDay, PersonDay, WorkDay
from implementor.adoption.schedule import FRESH_FOR, ask_if_due
from implementor.crm.interactions.models import Interaction
from implementor.history.models import Action
from tests.adoption.builders import NOW, people_now, read_records, talk, teams_now
from tests.auth.builders import reading, working
from tests.crm.builders import company


def test_what_people_write_is_told_from_what_the_program_brings(app: Flask) -> None:
    here = company(app)
    account = here.add("account", at=NOW, name="Iberia Steel", phone="+34 600 100 200", city="n/a")
    talk(here, account)
    talk(here, account, about=NOW - timedelta(days=5))
    here.add("account", "mate", NOW, name="Brought by a file")
    with working(app) as session:
        session.execute(update(Action).where(Action.actor_id == here.people["mate"].id).values(source="import"))
    here.add("account", "crm_admin", NOW, name="Looked after")
    here.add("account", "manager", NOW, name="Taken back")
    here.undo("manager")
    read_records(app)
    found = people_now(here)
    assert set(found) == {"seller", "mate", "manager", "elsewhere"}
    assert {who: row.writes for who, row in found.items()} == {"seller": 3, "mate": 0, "manager": 0, "elsewhere": 0}
    seller = found["seller"]
    assert (seller.entered, seller.on_time, seller.writing, seller.present) == (2, 1, 1, 1)
    assert (seller.records, seller.wanted, seller.filled) == (1, 5, 1)
    assert (found["mate"].active_7, seller.active_7) == (False, True)


def test_teams_add_up_those_who_count(app: Flask) -> None:
    here = company(app)
    here.add("account", at=NOW, name="Iberia Steel")
    read_records(app)
    north, south = teams_now(here)
    people = people_now(here)
    assert [(row.people, row.newcomers, row.active_1, row.active_7) for row in (north, south)] == [
        (3, 0, 1, 1), (1, 0, 0, 0),
    ]  # fmt: skip
    assert north.writing == sum(people[who].writing for who in ("seller", "mate", "manager"))
    assert (north.wanted, north.filled) == (people["seller"].wanted, people["seller"].filled)


def test_reading_again_counts_nothing_twice_and_keeps_the_state_of_days_gone(app: Flask) -> None:
    here = company(app)
    stage = here.add("account", at=NOW, name="Iberia Steel")
    talk(here, stage, at=NOW - timedelta(days=1), about=NOW - timedelta(days=1))
    read_records(app)
    before = people_now(here)["seller"]
    assert not ask_if_due(app), "the facts are fresh"
    with working(app) as session:
        session.execute(update(FactDay).values(written_at=NOW - FRESH_FOR - timedelta(hours=1)))
        yesterday = NOW.date() - timedelta(days=1)
        session.execute(update(PersonDay).where(PersonDay.day == yesterday).values(open_sales=4, healthy=2))
    read_records(app)
    again = people_now(here)["seller"]
    assert (again.writes, again.writing, again.entered) == (before.writes, before.writing, before.entered) == (1, 2, 1)
    with reading(app) as session:
        kept = session.scalars(select(PersonDay).where(PersonDay.day == yesterday)).all()
        assert {(row.open_sales, row.healthy) for row in kept} == {(4, 2)}
        assert session.scalars(select(WorkDay.created).where(WorkDay.kind == "interaction")).all() == [1]
        assert session.scalars(select(KeptDay.kind)).all() == ["account"]


def test_a_sale_with_all_marks_and_one_without(app: Flask) -> None:
    here = company(app)
    account = here.add("account", at=NOW, name="Iberia Steel")
    contact = here.add("contact", at=NOW, first_name="Ana", last_name="Ruiz", account=account)
    day = NOW.date() + timedelta(days=10)
    whole = here.add("opportunity", at=NOW, name="Roofs", account=account, contact=contact, amount=100, close_on=day,
                     next_step="Call", next_step_on=day)  # fmt: skip
    here.add("opportunity", at=NOW, name="Doors", account=account, amount=5)
    made = talk(here, account, about=NOW - timedelta(hours=1))
    with working(app) as session:
        about = {"about_kind": "opportunity", "about_id": whole}
        session.execute(update(Interaction).where(Interaction.id == made).values(about))
    read_records(app)
    seller = people_now(here)["seller"]
    assert (seller.open_sales, seller.healthy) == (2, 1)
    assert seller.outcome == round(10_000 * 50 / 70)
