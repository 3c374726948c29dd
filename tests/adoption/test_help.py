"""Who needs help and why, what is done about it, and whether it worked against others who stood alike."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from implementor.adoption.formula import Terms
from implementor.adoption.helping import FEWEST_OTHERS, LIKE_WITHIN, effect_of, reasons_of
from implementor.adoption.intervening import measure_effects
from implementor.adoption.intervention_models import Intervention
from implementor.adoption.models import PersonDay
from implementor.foundation.permissions import Role
from implementor.notifications.models import Notice
from tests.adoption.builders import NOW, read_records
from tests.auth.builders import add_people, reading, working
from tests.crm.builders import Company, company
from tests.machinery.pages import Browser
from tests.projects.builders import add_project, browser_of

WELL = {"active_7": True, "writing": 8, "entered": 10, "on_time": 9, "wanted": 100, "filled": 90, "checked": 100,
        "valid": 98, "open_sales": 10, "healthy": 7, "score": 10_000}  # fmt: skip
BADLY = [
    ({"writing": 0, "active_7": False}, "Wrote nothing in 28 days"),
    ({"writing": 3}, "Wrote on 3 of 28 days; 8 are wanted"),
    ({"writing": 6, "active_7": False}, "Wrote nothing in 7 days"),
    ({"on_time": 4}, "4 of 10 talks were entered in time"),
    ({"filled": 60}, "60 of 100 wanted fields are filled"),
    ({"valid": 50}, "50 of 100 filled fields are valid"),
    ({"healthy": 2}, "2 of 10 open sales have all marks"),
]


@pytest.mark.parametrize(("given", "told"), BADLY)
def test_each_reason_is_told_in_figures(given: dict[str, object], told: str) -> None:
    assert [str(one.sentence) for one in reasons_of(PersonDay(**{**WELL, **given}), None, Terms())] == [told]


def test_nobody_on_target_is_told_and_a_fall_of_the_index_is() -> None:
    well = PersonDay(**WELL)
    assert reasons_of(well, well, Terms()) == []
    fallen = reasons_of(PersonDay(**{**WELL, "score": 8000}), well, Terms())
    assert [str(one.sentence) for one in fallen] == ["The index fell by 20 points in four weeks"]
    assert reasons_of(PersonDay(**{**WELL, "entered": 2, "on_time": 0}), None, Terms()) == [], "too few to tell"


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)), max_size=30), st.integers(0, 10_000))
def test_the_effect_is_told_against_enough_others_who_stood_alike(others: list[tuple[int, int]], then: int) -> None:
    alike = [pair for pair in others if then - LIKE_WITHIN <= pair[0] <= then + LIKE_WITHIN]
    found = effect_of((then, then + 500), others)
    assert (found.own, found.n) == (500, len(alike))
    assert (found.others is None) == (len(alike) < FEWEST_OTHERS)
    assert (found.difference is None) == (found.others is None)
    mean = sum(now - before for before, now in alike) / max(len(alike), 1)
    assert found.others is None or abs(found.others - mean) <= 0.5


def led(app: Flask) -> tuple[Company, Browser, Browser]:
    """A company whose records were read, where nobody wrote anything; browsers of the change lead and of a member."""
    here = company(app)
    read_records(app)
    lead, member = add_people(app, [(name, f"{name}@vega.example", ()) for name in ("Luna", "Member")])
    add_project(app, people=[(Role.CHANGE_LEAD, lead), (Role.MEMBER, member)])
    return here, browser_of(app, lead), browser_of(app, member)


def test_from_a_reason_to_an_intervention_and_its_effect(app: Flask) -> None:
    here, lead, member = led(app)
    page = lead.get("/projects/VEN/adoption/help")
    assert page.text.count("Wrote nothing in 28 days") == 4
    form = page.follow("Plan help").form("Save")
    assert form.values["figure"] == ["writing"]
    assert form.values["why"] == ["Wrote nothing in 28 days"]
    shown = form.submit(action="Sit together for an hour")
    assert "Sit together for an hour" in lead.get("/projects/VEN/adoption/help").text
    refused = shown.form("It is done").submit(result=" ", status=422)
    assert "Say in a sentence" in refused.text
    done = refused.form("It is done").submit(result="Wrote three talks together")
    assert "measured from 7 days" in done.text
    for path in ("help", "interventions", "interventions/1"):
        member.get(f"/projects/VEN/adoption/{path}", status=403)
    for path in ("/projects/VEN/history", "/search?q=together"):
        text = member.get(path).text
        assert "Sit together" not in text, text
    assert len(here.people) == 6


def lived(app: Flask, helped: int, then: datetime) -> None:
    """Two days of facts: six others who stay where they were, and one who wrote on seven days more."""
    people = add_people(app, [(f"Ana P{n}", f"p{n}@vega.example", (Role.CRM_USER,)) for n in range(6)])
    with working(app) as session:
        one = session.scalars(select(PersonDay).where(PersonDay.user_id == helped).limit(1)).one()
        usual = {column.name: getattr(one, column.name) for column in PersonDay.__table__.columns}
        session.execute(delete(PersonDay))
        for day, gain in ((then.date(), 0), (NOW.date(), 7)):
            for user_id in (helped, *(person.id for person in people)):
                writing = 1 + (gain if user_id == helped else 0)
                session.add(PersonDay(**{**usual, "user_id": user_id, "day": day, "writing": writing}))


def test_the_effect_of_help_is_its_gain_beyond_that_of_others(app: Flask) -> None:
    here, lead, _member = led(app)
    seller, then = here.people["seller"].id, NOW - timedelta(days=20)
    lead.get(f"/projects/VEN/records/intervention/new?person_id={seller}&figure=writing").form("Save").submit(
        action="Sit"
    )
    lived(app, seller, then)
    with working(app) as session:
        known = {"day_then": then.date(), "value_then": 357, "done_at": NOW - timedelta(days=10), "result": "Good"}
        session.execute(update(Intervention).values(known))
        assert measure_effects(session, NOW.date()) == 1
    with reading(app) as session:
        made = session.scalars(select(Intervention)).one()
    assert (made.effect_own, made.effect_others, made.effect_n) == (2500, 0, 6)
    assert "6 people who stood alike" in lead.get("/projects/VEN/adoption/interventions/1").text


def test_help_is_offered_by_a_message_once_a_day(app: Flask) -> None:
    here, lead, _member = led(app)
    for _ in range(2):
        lead.get("/projects/VEN/adoption/help").form("Offer help").submit()
    with reading(app) as session:
        told = session.scalars(select(Notice)).all()
    assert len(told) == 1
    who = next(key for key, person in here.people.items() if person.id == told[0].user_id)
    assert "Luna offers you help with the CRM" in here.browser(who).get("/notices").text
    stranger = here.people["stranger"].id
    lead.post(f"/projects/VEN/adoption/help/{stranger}/offer", {}, status=404)
