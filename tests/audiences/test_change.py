"""What changes for whom: the grid and its rows, the load and its warning in a plan, transition, map and messages."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.audiences.message_news import remind_senders
from implementor.audiences.models import (
    BlackoutPeriod,
    ChangeImpact,
    PlannedMessage,
    Stakeholder,
    TransitionStep,
)
from implementor.audiences.services.messages import NobodyToReach, send_message
from implementor.audiences.services.records import change_record
from implementor.auth.models import Area
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.notifications.models import OutboxMessage
from tests.audiences.builders import AT, PLACE, Affected, affected
from tests.auth.builders import reading
from tests.machinery.statements import counting
from tests.waves.builders import add_story

HEAVY = {
    "processes": 5,
    "systems": 5,
    "tools": 5,
    "job_roles": 5,
    "critical_behaviours": 5,
    "mindset": 5,
    "location": 4,
}


@pytest.fixture
def here(app: Flask) -> Affected:
    return affected(app)


def test_each_figure_of_the_grid_is_the_sum_of_its_rows_a_tenth_of_the_aspects(here: Affected) -> None:
    sales = here.audience("Sales")
    story = add_story(here.rollout())
    wave = here.wave(story_ids=[story])
    here.impact(sales, wave, **HEAVY)
    here.impact(sales, None, story_id=story, tools=3)
    browser = here.browser("viewer")
    (row,) = browser.get(f"{PLACE}/impacts/grid").rows()
    assert (row["Sales core"].split()[0], row["In all"]) == ("3.7", "3.7")
    rows = browser.get(f"{PLACE}/impacts/cell/{sales}/1").rows()
    assert [one["Degree"] for one in rows] == ["3.4", "0.3"]
    browser.get(f"{PLACE}/impacts/cell/{sales}/9", status=404)
    with pytest.raises(InvalidInput, match="either a wave or a story"):
        here.write(ChangeImpact, name="Neither", audience_id=sales)


def test_planning_a_wave_names_who_bears_too_much_when_and_how_much(here: Affected) -> None:
    sales = here.audience("Sales")
    wave = here.wave()
    here.impact(sales, wave, **HEAVY)
    here.write(BlackoutPeriod, name="Closing", starts_on=date(2026, 4, 7), ends_on=date(2026, 4, 8))
    text = here.browser("lead").get("/projects/VEN/waves/1/plan").text
    assert "Sales bears too much change in the week of Apr 6, 2026: load 3.4, the limit is 3.0" in text
    assert "during Closing" in text
    page = here.browser("lead").get(f"{PLACE}/load")
    assert page.form("form[action$='/load']").submit(limit="x", weeks_after="99", status=422).form(
        "form[action$='/load']"
    ).errors.keys() == {"limit", "weeks_after"}
    page.form("form[action$='/load']").submit(limit="5", weeks_before="0", weeks_after="1")
    assert "too much change" not in here.browser("lead").get("/projects/VEN/waves/1/plan").text


def test_the_transition_of_an_area_is_one_dated_line_beside_its_waves(here: Affected) -> None:
    with here.working() as session:
        area = Area(name="Sales area")
        session.add(area)
        session.flush()
        area_id = area.id
    wave = here.wave()
    here.write(TransitionStep, name="Train them", kind="training", area_id=area_id, wave_id=wave, offset_days=3)
    here.write(TransitionStep, name="Tell them", kind="communication", area_id=area_id, planned_on=date(2026, 3, 20))
    rows = here.browser("member").get(f"{PLACE}/transition").rows()
    assert [(one["What happens"], one["Day"]) for one in rows] == [
        ("Tell them", "Mar 20, 2026"), ("Train them", "Apr 13, 2026"),
    ]  # fmt: skip
    assert "It comes after its wave ends on" in rows[1]["State"]
    with pytest.raises(InvalidInput, match="either a day or days"):
        here.write(TransitionStep, name="No day", kind="support", area_id=area_id)


def test_a_message_goes_to_everybody_with_an_address_once_and_is_recorded(here: Affected) -> None:
    sales = here.audience("Sales", "Ana Alba", "Berto Bar")
    given = {"audience_id": sales, "channel": "mail", "due_on": date(2026, 3, 9)}
    message_id = here.write(PlannedMessage, name="We begin", body="On Monday.\nBring a pen.", **given)
    page = here.browser("lead").get(f"{PLACE}/messages/{message_id}")
    assert "Due since" in page.text
    page = page.form("form[action$='/send']").submit()
    assert "to 2 people" in page.text
    with reading(here.app) as session:
        mails = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
        assert [one.to_address for one in mails] == ["ana@there.example", "berto@there.example"]
    with pytest.raises(Refusal, match="was sent"), here.working() as session:
        send_message(session, session.get_one(PlannedMessage, message_id), today=AT.date(), reached=None,
                     by=here.by(), at=AT)  # fmt: skip
    nobody = here.write(
        PlannedMessage, name="To nobody", body="Hello", **{**given, "audience_id": here.audience("None")}
    )
    with pytest.raises(NobodyToReach), here.working() as session:
        send_message(session, session.get_one(PlannedMessage, nobody), today=AT.date(), reached=None,
                     by=here.by(), at=AT)  # fmt: skip
    assert here.browser("member").get(f"{PLACE}/messages/{nobody}").all("form[action$='/send']") == []


def test_the_sender_of_a_message_is_reminded_on_its_day_once_and_again_when_it_is_put_off(here: Affected) -> None:
    given = {"audience_id": here.audience("Sales"), "sender_id": here.people["lead"].id, "channel": "talk"}
    message_id = here.write(PlannedMessage, name="We begin", due_on=date(2026, 3, 10), **given)
    assert [remind_senders(here.app, AT - timedelta(days=1)), remind_senders(here.app, AT)] == [0, 1]
    assert remind_senders(here.app, AT) == 0
    assert "We begin" in here.browser("lead").get("/notices").text
    with here.working() as session:
        message = session.get_one(PlannedMessage, message_id)
        change_record(session, message, {"due_on": date(2026, 3, 12)}, by=here.by(), at=AT)
    assert [remind_senders(here.app, AT + timedelta(days=days)) for days in (1, 2)] == [0, 1]


def test_stakeholders_stand_on_a_map_that_members_do_not_see(here: Affected) -> None:
    here.write(Stakeholder, name="Works council", impact=4, influence=5, reaction="resists")
    assert "Works council" in here.browser("sponsor").get(f"{PLACE}/stakeholders/map").text
    here.browser("member").get(f"{PLACE}/stakeholders/map", status=403)
    assert "Works council" not in here.browser("member").get("/search?q=council").text


def test_the_pages_cost_the_same_statements_for_few_and_for_many(here: Affected) -> None:
    browser, counts = here.browser(), []
    pages = ("impacts/grid", "load", "transition", "stakeholders/map", "audiences")
    for number in range(2):
        for more in range(1 + 6 * number):
            audience = here.audience(f"Group {number} {more}")
            here.impact(audience, here.wave(name=f"Wave {number} {more}"), tools=2)
            here.write(Stakeholder, name="One", impact=1, influence=1, reaction="neutral", audience_id=audience)
        for page in pages:
            browser.get(f"{PLACE}/{page}")
        with counting() as ran:
            for page in pages:
                browser.get(f"{PLACE}/{page}")
        counts.append(ran)
    assert len(counts[0]) == len(counts[1]), counts[1].beyond(counts[0])
