"""A plan held against what it was: on a day, and at a moment that got a name."""

from datetime import UTC, datetime, timedelta

from flask import Flask

from implementor.stories.services import change_story
from implementor.waves.scope import put_in_wave, take_out
from tests.machinery.pages import Page
from tests.machinery.statements import counting
from tests.waves.builders import START, Rollout, add_story, add_wave, rollout, stories_of, wave_in

LATER = START + timedelta(days=7)
CHANGES = "/waves/1/plan/changes"


def told(page: Page, kind: str) -> list[str]:
    return [" ".join(row.text_content().split()) for row in page.all(f"#changes_{kind} tbody tr")]


def after_now() -> datetime:
    """A moment after the one that a page has just named."""
    return datetime.now(UTC) + timedelta(minutes=1)


def changed_plan(app: Flask) -> Rollout:
    """One story stays, one is estimated anew, one leaves, one comes in from another wave, one is new."""
    here = rollout(app)
    ids = [add_story(here, title) for title in ("Stays", "Grows", "Leaves", "Comes")]
    add_wave(here, "One", ids[:3])
    add_wave(here, "Two", ids[3:])
    with here.working(at=LATER) as session:
        _stays, grows, leaves, comes = stories_of(session, ids)
        change_story(session, grows, {"points": "13", "moscow": "must"}, by=here.actor(), at=LATER)
        take_out(session, [leaves], by=here.actor(), at=LATER)
        put_in_wave(session, wave_in(session, here), [comes], by=here.actor(), at=LATER)
    add_story(here, "Fresh", at=LATER)
    return here


def test_a_wave_says_what_came_left_and_was_estimated_anew_since_a_day(app: Flask) -> None:
    here = changed_plan(app)
    browser = here.browser()
    page = browser.get(here.url(f"{CHANGES}?day={START.date()}"))
    assert told(page, "added") == ["VEN-4 Comes Wave: Two → One"]
    assert told(page, "removed")[0].startswith("VEN-3 Leaves")
    assert "Wave: One → Backlog" in told(page, "removed")[0]
    assert "Status: Planned → Ready" in told(page, "removed")[0]
    assert told(page, "estimated") == ["VEN-2 Grows Points: 5 → 13Priority: – → Must have"]
    assert (told(page, "moved"), told(page, "changed")) == ([], [])
    assert "0" in page.texts(".stat-value")[-1], "five points came and five left"
    whole = browser.get(here.url(f"/backlog/changes?day={START.date()}"))
    assert told(whole, "added") == ["VEN-5 Fresh New since"]
    assert [one.split()[1] for one in told(whole, "moved")] == ["Leaves", "Comes"]
    later = browser.get(here.url(f"{CHANGES}?day={LATER.date()}"))
    assert "Nothing differs" in later.text
    before = browser.get(here.url("/backlog/changes?day=2020-01-01"))
    assert len(told(before, "added")) == 5


def test_a_snapshot_names_a_moment_once_and_by_those_who_lead(app: Flask) -> None:
    here = rollout(app)
    story = add_story(here, "Quotes")
    add_wave(here, "One")
    browser = here.browser()
    page = browser.get(here.url(CHANGES)).form("/projects/VEN/snapshots").submit(name=" Baseline ")
    assert "kept as Baseline" in page.text
    assert "Nothing differs" in page.text
    twice = page.form("/projects/VEN/snapshots").submit(name="báseline", status=422)
    assert "Another snapshot has this name" in twice.text
    assert twice.form("/projects/VEN/snapshots").value("name") == "báseline"
    with here.working(at=after_now()) as session:
        put_in_wave(session, wave_in(session, here), stories_of(session, [story]), by=here.actor(), at=after_now())
    snapshot = next(one for one in page.form(here.url(CHANGES)).options("snapshot") if one)
    page = browser.get(here.url(f"{CHANGES}?snapshot={snapshot}"))
    assert [one.split()[1] for one in told(page, "added")] == ["Quotes"]
    browser.get(here.url(CHANGES)).form(here.url(f"/snapshots/{snapshot}/forget")).submit()
    gone = browser.get(here.url(f"{CHANGES}?snapshot={snapshot}"))
    assert "not there any more" in gone.text
    assert not here.browser(here.member).get(here.url(CHANGES)).all("#snapshots")


def test_days_that_are_none_are_said_beside_the_field(app: Flask) -> None:
    here = rollout(app)
    add_wave(here, "One")
    browser = here.browser(here.viewer)
    for day, said in (("yesterday", "not a day"), ("9999-12-31", "not a day"), ("2999-01-01", "still to come")):
        page = browser.get(here.url(f"{CHANGES}?day={day}"))
        assert said in page.find("#changes_fault").text_content()


def test_many_changes_cost_the_same_statements(app: Flask) -> None:
    here = changed_plan(app)
    browser = here.browser()
    url = here.url(f"/backlog/changes?day={START.date()}")
    browser.get(url)
    with counting() as few:
        browser.get(url)
    for place in range(10):
        add_story(here, f"Further {place}", at=LATER)
    with counting() as many:
        browser.get(url)
    assert len(many) == len(few), many.beyond(few)
