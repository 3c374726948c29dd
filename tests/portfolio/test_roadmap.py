"""The roadmap: lines, windows and what waits too late as rules, and as pages of a project and of a programme."""

from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from implementor.lists.sheets import sheet_of
from implementor.portfolio.roadmap import (
    ALL,
    PROJECT,
    WAVE,
    ZOOMS,
    Line,
    Mark,
    Window,
    collapsed,
    is_violated,
    month_starts,
    window_of,
)
from implementor.projects.models import Project
from implementor.stories.part_services import add_dependency
from tests.auth.builders import Person, working
from tests.machinery.statements import counting
from tests.projects.builders import browser_of, pmo
from tests.waves.builders import START, Rollout, add_story, add_wave, rollout, stories_of

TODAY = date(2026, 5, 4)
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def line(key: str, first: date | None, last: date | None, *, kind: str = WAVE, marks: tuple[Mark, ...] = ()) -> Line:
    """A line of VEN."""
    return Line(key, kind, "VEN", key, "/", first, last, marks=marks)


@settings(deadline=None)
@given(st.lists(st.tuples(DAYS, DAYS), max_size=5), st.sampled_from(list(ZOOMS)), DAYS)
def test_a_window_has_its_length_or_shows_every_day(pairs: list[tuple[date, date]], zoom: str, today: date) -> None:
    lines = [line(str(place), min(pair), max(pair)) for place, pair in enumerate(pairs)]
    window = window_of(lines, zoom, today)
    assert window.first < window.last
    assert window.first <= today <= window.last
    if zoom == ALL:
        assert all(window.first < day < window.last for one in lines for day in one.days)
    else:
        assert (window.last - window.first).days == ZOOMS[zoom]
    months = month_starts(window)
    assert len(months) <= 12
    assert all(window.first <= day <= window.last and day.day == 1 for day in months)


def test_a_window_is_moved_by_half_of_itself_and_back() -> None:
    window = Window(date(2026, 1, 1), date(2026, 3, 2))
    assert window.moved(1) == Window(date(2026, 1, 31), date(2026, 4, 1))
    assert window.moved(1).moved(-1) == window


@pytest.mark.parametrize(
    ("ends", "starts", "over", "broken"),
    [(4, 5, False, False), (5, 5, False, True), (9, 5, False, True), (9, 5, True, False), (None, 5, False, False)],
)
def test_what_ends_only_when_its_dependant_has_begun_comes_too_late(
    ends: int | None, starts: int, over: bool, broken: bool
) -> None:
    ends_on = None if ends is None else date(2026, 1, ends)
    assert is_violated(ends_on, date(2026, 1, starts), is_over=over) is broken


def test_a_folded_project_reaches_from_its_first_to_its_last_day_and_counts_its_waves() -> None:
    gate = Mark("gate", date(2026, 7, 1), "Go live", "/")
    lines = [
        line("VEN", None, None, kind=PROJECT), line("w1", date(2026, 3, 2), date(2026, 4, 10)),
        line("w2", date(2026, 4, 13), date(2026, 6, 1), marks=(gate,)), line("w3", None, None),
    ]  # fmt: skip
    (whole,) = collapsed(lines)
    assert (whole.first, whole.last, whole.count, whole.marks) == (date(2026, 3, 2), gate.on, 3, (gate,))


@pytest.fixture
def here(app: Flask) -> Rollout:
    """A project of three waves; the first waits for a story of the second, the third has no days."""
    made = rollout(app)
    early, late = add_story(made, "See open quotes"), add_story(made, "Load accounts")
    add_wave(made, "Quotes", [early])
    add_wave(made, "Accounts", [late], starts_on=date(2026, 4, 13), ends_on=date(2026, 6, 5))
    add_wave(made, "Some day", starts_on=None, ends_on=None)
    with made.working() as session:
        one, other = stories_of(session, [early, late])
        add_dependency(session, one, other, kind="waits", by=made.actor(), at=START)
        create = sheet_of("milestone").create
        assert create is not None
        days = {"promised_on": date(2026, 4, 1), "forecast_on": date(2026, 4, 20)}
        create(session, made.scope(), {"title": "Price list", "origin": "own", **days}, made.actor(), START)
    return made


def test_a_project_shows_its_waves_milestones_and_what_waits_too_late(here: Rollout) -> None:
    page = here.browser(here.viewer).get(here.url("/roadmap"))
    rows = {row["What"]: row for row in page.rows()}
    assert list(rows) == ["VEN Rollout VEN", "Visualization", "1 Quotes", "2 Accounts", "3 Some day", "Milestones"]
    assert rows["1 Quotes"]["Waits for"] == "too late waits for VEN 2 Accounts"
    assert rows["2 Accounts"]["Waits for"] == "–"
    assert "Price list" in rows["Milestones"]["Gates and milestones"]
    assert "forecast for" in rows["Milestones"]["Gates and milestones"]
    assert "1 wave has no days and is not drawn: 3 Some day." in page.text
    drawn = {link.get("href") for link in page.all("#roadmap_picture a")}
    assert {"/projects/VEN/waves/1", "/projects/VEN/waves/2", "/projects/VEN/milestones"} <= drawn
    for address in drawn:
        here.browser(here.viewer).get(str(address))
    near = page.follow("Nearer +").follow("Later .")
    assert "from=" in near.url
    folded = page.follow("One line for each project x")
    assert [row["What"] for row in folded.rows()] == ["VEN Rollout VEN"]
    assert "3 waves" in folded.text


def test_gates_stand_on_their_days(app: Flask) -> None:
    here = rollout(app)
    with working(app) as session:
        session.execute(update(Project).values(method_key="agile", method_version=2))
    add_wave(here, "Quotes")
    marks = [row["Gates and milestones"] for row in here.browser().get(here.url("/roadmap")).rows()]
    assert marks[0].startswith("Gate Release, Dec 18, 2026")
    assert "Gate Planning, Mar 2, 2026: behind its day" in marks[-1]
    assert "Gate Implementation, Apr 10, 2026: behind its day" in marks[-1]


@pytest.fixture
def office(here: Rollout) -> Person:
    """The PMO; SER is another project of the same programme, OTR of another."""
    person = pmo(here.app)
    for key in ("SER", "OTR"):
        add_wave(rollout(here.app, key), f"Wave of {key}")
    with working(here.app) as session:
        first = select(Project.programme_id).where(Project.key == "VEN").scalar_subquery()
        session.execute(update(Project).where(Project.key == "SER").values(programme_id=first))
    return person


def test_a_programme_shows_its_projects_and_nobody_sees_others(here: Rollout, office: Person) -> None:
    everything = browser_of(here.app, office).get("/portfolio/roadmap?fold=0")
    assert {"1 Wave of SER", "1 Wave of OTR", "1 Quotes"} <= {row["What"] for row in everything.rows()}
    programme = next(
        one.get("value") for one in everything.all("#roadmap_programme option") if one.text == "Programme VEN"
    )
    narrowed = browser_of(here.app, office).get(f"/portfolio/roadmap?fold=0&programme={programme}").text
    assert ("Wave of SER" in narrowed) != ("Wave of OTR" in narrowed)
    mine = here.browser().get("/portfolio/roadmap?fold=0").text
    assert "Quotes" in mine
    assert "SER" not in mine
    assert here.browser().get("/portfolio/roadmap?programme=999", status=None).status == 404
    assert here.browser().get("/projects/OTR/roadmap", status=None).status == 404


def test_many_waves_cost_no_more_statements(here: Rollout, office: Person) -> None:
    browser = browser_of(here.app, office)
    browser.get("/portfolio/roadmap")
    with counting() as few:
        browser.get("/portfolio/roadmap")
    for place in range(8):
        start = TODAY + timedelta(days=30 * place)
        add_wave(here, f"Wave {place}", starts_on=start, ends_on=start + timedelta(days=20))
    with counting() as many:
        browser.get("/portfolio/roadmap")
    assert len(many) == len(few), many.beyond(few)
