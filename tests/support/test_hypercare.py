"""The weeks after going live: counted by kind, told calm or not, topics that people ask about beside their training."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from implementor.support.hypercare import Asked, asked_about, calm_of, is_same_word, open_by_area, weeks_of
from implementor.support.models import SupportRequest
from implementor.training.models import Course, CourseTopic
from implementor.waves.models import Wave
from tests.audiences.builders import affected

LIVE = date(2026, 3, 2)
PAGE = "/projects/VEN/requests/hypercare"


def asked(day: int, kind: str = "how_to", priority: str = "normal", *, is_open: bool = False, name: str = "x") -> Asked:
    """A request so many days after going live."""
    return Asked(name, kind, priority, LIVE + timedelta(days=day), is_open)


def test_each_request_counts_in_its_week_and_none_before_going_live() -> None:
    weeks = weeks_of([asked(-1), asked(0), asked(6), asked(7, "fault"), asked(30)], LIVE, LIVE + timedelta(days=9))
    assert [(week.first, week.last, dict(week.counts)) for week in weeks] == [
        (LIVE, LIVE + timedelta(days=6), {"how_to": 2}),
        (LIVE + timedelta(days=7), LIVE + timedelta(days=9), {"fault": 1}),
    ]
    assert weeks_of([asked(0)], LIVE, LIVE - timedelta(days=1)) == []
    late = weeks_of([asked(0), asked(209, "fault")], LIVE, LIVE + timedelta(days=209))
    assert (len(late), late[0].first, late[-1].counts["fault"]) == (26, LIVE + timedelta(days=4 * 7), 1)


@pytest.mark.parametrize(
    ("rows", "is_calm"),
    [
        ([], True),
        ([asked(20, "fault", "urgent", is_open=True)], False),
        ([asked(20, "fault", "urgent")], True),
        ([asked(14, "wish", is_open=True)], False),
        ([asked(15, "wish", is_open=True)], True),
        ([asked(8), asked(9), asked(15)], True),
        ([asked(8), asked(15)], False),
        ([asked(8)], True),
    ],
)
def test_it_is_calm_when_nothing_urgent_is_open_nothing_waits_and_fewer_ask(rows: list[Asked], is_calm: bool) -> None:
    assert calm_of(rows, LIVE + timedelta(days=20)).is_calm is is_calm


def test_a_topic_is_asked_about_in_its_own_words_by_how_to_alone() -> None:
    rows = [asked(1, name="How do I copy a QUOTE?"), asked(1, "wish", name="Copy a quote"), asked(1, name="Log in")]
    assert asked_about("Making a quote", rows) == 1


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("quote", "quotes", True),
        ("cotizacion", "cotizaciones", True),
        ("copiar", "copia", True),
        ("contacto", "contabilidad", False),
        ("compra", "compromiso", False),
        ("view", "views", False),
    ],
)
def test_words_are_the_same_whatever_their_endings(one: str, other: str, is_same: bool) -> None:
    assert is_same_word(one, other) is is_same_word(other, one) is is_same


def test_a_topic_is_asked_about_without_its_accents() -> None:
    assert asked_about("Cotización", [asked(1, name="¿Puedo copiar cotizaciones?")]) == 1


def test_what_is_open_counts_by_area_of_its_sender() -> None:
    rows = [Asked("x", "wish", "low", LIVE, is_open, area, name)
            for is_open, area, name in ((True, None, None), (True, 2, "South"), (True, 2, "South"), (True, 1, "North"),
                                        (False, 1, "North"), (False, None, None))]  # fmt: skip
    assert open_by_area(rows) == [(2, "South", 2), (1, "North", 1), (None, None, 1)]


def test_the_weeks_of_a_wave_end_when_the_next_one_goes_live(app: Flask) -> None:
    here = affected(app)
    now = datetime.now(UTC)
    for number, days in ((1, 20), (2, 5)):
        wave = here.wave(name=f"Wave {number}")
        live = {"stage": "adoption", "started_at": now - timedelta(days=30), "closed_at": now - timedelta(days=days)}
        with here.working() as session:
            session.execute(update(Wave).where(Wave.id == wave).values(live))
    for name, days in (("Before", 25), ("First wave", 10), ("Second wave", 2)):
        made = here.write(SupportRequest, name=name)
        with here.working() as session:
            at = now - timedelta(days=days)
            session.execute(update(SupportRequest).where(SupportRequest.id == made).values(created_at=at))
    browser = here.browser()
    for number, name in ((1, "First wave"), (2, "Second wave")):
        page = browser.get(f"{PAGE}?wave={number}")
        listed = browser.get(str(page.find("#open p a").get("href")))
        assert [row["In one line"] for row in listed.rows()] == [name]
        assert ("Before special care ends" in page.text) is (number == 2)
        file = browser.get(f"{PAGE}.csv?wave={number}").response.get_data(as_text=True)
        assert "".join(line.split(",")[2] for line in file.splitlines() if line[:2] == "20").count("1") == 1
    browser.get(f"{PAGE}.pdf", status=404)


def test_the_page_leads_to_the_requests_behind_each_figure(app: Flask) -> None:
    here = affected(app)
    assert "No wave is live yet" in here.browser().get(PAGE).text
    wave = here.wave(name="One")
    course = here.write(Course, name="CRM basics")
    here.write(CourseTopic, name="Writing quotes", course_id=course)
    here.write(SupportRequest, name="Where are my quotes?")
    here.write(SupportRequest, name="Nothing works", kind="fault", priority="urgent")
    live = datetime.now(UTC) - timedelta(days=2)
    with here.working() as session:
        session.execute(update(Wave).where(Wave.id == wave).values(stage="adoption", started_at=live, closed_at=live))
        session.execute(update(SupportRequest).values(created_at=live + timedelta(days=1)))
    page = here.browser().get(PAGE)
    assert "Not calm yet" in page.text
    assert "1 urgent fault is open" in page.text
    assert "fewer than 5 take it" in page.text
    faults = page.follow("1 urgent fault is open")
    assert [row["In one line"] for row in faults.rows()] == ["Nothing works"]
    counted = here.browser().get(str(page.find("#weeks td a").get("href")))
    assert [row["In one line"] for row in counted.rows()] == ["Where are my quotes?"]
    here.browser("member").get(PAGE, status=403)
