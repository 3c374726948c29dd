"""The scope log: what came in, left or was estimated anew since the start, who did it, in points, and why."""

from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask

from implementor.foundation.errors import InvalidInput, NotFound
from implementor.stories.services import change_story
from implementor.waves import services
from implementor.waves.fact_queries import changes_since_start
from implementor.waves.scope import put_in_wave, take_out
from implementor.waves.scope_log import explain_change, scope_log
from tests.auth.builders import reading
from tests.machinery.statements import counting
from tests.waves.builders import START, Rollout, add_story, add_wave, rollout, stories_of, wave_in

DAY = timedelta(days=1)


@pytest.fixture
def here(app: Flask) -> Rollout:
    """A started wave with two stories of five points; then one left, one came in, and one was estimated anew."""
    made = rollout(app)
    first, second, late = (add_story(made, title) for title in ("Quotes", "Accounts", "Orders"))
    add_wave(made, story_ids=[first, second], at=START)
    with made.working(at=START + DAY) as session:
        services.start_wave(session, wave_in(session, made), by=made.actor(), at=START + DAY)
    for days, story_id in ((2, second), (3, late), (4, first)):
        at = START + DAY * days
        with made.working(at=at) as session:
            stories = stories_of(session, [story_id])
            if story_id == second:
                take_out(session, stories, by=made.actor(), at=at)
            elif story_id == late:
                put_in_wave(session, wave_in(session, made), stories, by=made.actor(), at=at)
            else:
                change_story(session, stories[0], {"points": "8"}, by=made.actor(), at=at)
    return made


def told(here: Rollout) -> list[tuple[str, str, Decimal | None, str | None]]:
    """Deed, title, points and reason, the latest first."""
    with reading(here.app) as session:
        wave = wave_in(session, here)
        rows = session.execute(changes_since_start(wave)).all()
        return [(one.deed, one.title, one.points, one.reason) for one in scope_log(rows, wave)]


def test_every_change_since_the_start_is_told_in_points(here: Rollout) -> None:
    assert told(here) == [
        ("estimated", "Quotes", Decimal(3), None), ("came", "Orders", Decimal(5), None),
        ("left", "Accounts", Decimal(-5), None),
    ]  # fmt: skip


def test_what_happens_at_the_closing_is_no_change_of_scope(here: Rollout) -> None:
    at = START + DAY * 9
    with here.working(at=at) as session:
        wave = wave_in(session, here)
        open_ids = [story.id for story in stories_of(session, [1, 3])]
        services.close_wave(session, wave, dict.fromkeys(open_ids, "backlog"), by=here.actor(), at=at)
    assert len(told(here)) == 3


def test_a_lead_says_why_and_may_say_it_anew(here: Rollout) -> None:
    page = here.browser().get(here.url("/waves/1"))
    forms = page.all("#scope_log form")
    assert len(forms) == 3
    done = page.form(str(forms[1].get("action"))).submit(reason="The auditor asked for it.")
    assert "The auditor asked for it." in done.text
    assert told(here)[1][3] == "The auditor asked for it."
    done.form(str(forms[1].get("action"))).submit(reason="The auditor and the sponsor asked.")
    assert told(here)[1][3] == "The auditor and the sponsor asked."
    seen = here.browser(here.viewer).get(here.url("/waves/1"))
    assert seen.all("#scope_log form") == []
    assert "nobody said why" in seen.text


def test_a_reason_has_words_and_a_change_to_be_of(here: Rollout) -> None:
    with here.working() as session:
        wave = wave_in(session, here)
        (last, *_others) = session.execute(changes_since_start(wave)).all()
        with pytest.raises(InvalidInput):
            explain_change(session, wave, last.id, reason="  ", by=here.actor(), at=START)
        with pytest.raises(NotFound):
            explain_change(session, wave, 1, reason="Before the start.", by=here.actor(), at=START)
        wave.started_at = None
        with pytest.raises(NotFound):
            explain_change(session, wave, last.id, reason="Not begun.", by=here.actor(), at=START)
        wave.started_at = START + DAY
    action = here.browser().get(here.url("/waves/1")).all("#scope_log form")[0].get("action")
    viewer = here.browser(here.viewer)
    viewer.get(here.url("/waves/1"))
    assert viewer.post(str(action), {"reason": "x"}, status=None).status == 403


def test_a_refused_reason_stays_in_its_field(here: Rollout) -> None:
    page = here.browser().get(here.url("/waves/1"))
    action = str(page.all("#scope_log form")[1].get("action"))
    long = "The auditor asked for it. " * 20
    refused = page.form(action).submit(reason=long, status=422)
    (field,) = refused.all("#scope_log input[aria-invalid=true]")
    assert field.get("value") == long
    assert "up to 500 characters" in refused.text
    assert told(here)[1][3] is None
    assert refused.form(action).submit(reason="The auditor asked for it.").status == 200


def test_many_changes_cost_no_more_statements(here: Rollout) -> None:
    browser = here.browser()
    browser.get(here.url("/waves/1"))
    with counting() as few:
        browser.get(here.url("/waves/1"))
    for place in range(4):
        story_id = add_story(here, f"Late {place}")
        with here.working(at=START + DAY * 5) as session:
            stories = stories_of(session, [story_id])
            put_in_wave(session, wave_in(session, here), stories, by=here.actor(), at=START + DAY * 5)
    with counting() as many:
        browser.get(here.url("/waves/1"))
    assert len(many) == len(few), many.beyond(few)
