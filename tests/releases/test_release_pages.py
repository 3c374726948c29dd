"""The pages of a release: plan and dry run, what people say to findings and drift, the notes, the way back."""

import pytest
from flask import Flask

from implementor.foundation.permissions import Role
from tests.auth.builders import add_person
from tests.projects.builders import browser_of
from tests.releases.release_builders import Shop, shop

pytestmark = pytest.mark.sqlite_only("what pages show is the same on both; what is stored is tested beside")


@pytest.fixture
def made(app: Flask) -> Shop:
    """A wave that retires a word which a record holds, and adds another."""
    made, (story,) = shop(app, "See *the* industry")
    made.account("Acme", made.words()[0])
    made.retired(story, made.words()[0])
    made.new_word(story, "Space travel", "Viajes espaciales")
    return made


def test_what_is_found_is_answered_and_goes_live(made: Shop) -> None:
    browser = made.here.browser()
    page = browser.get(made.here.url("/waves/1/release"))
    assert "not tried" in page.text
    page = browser.post(made.here.url("/waves/1/release/try"))
    assert "1 setting has to be settled" in page.text
    item = page.follow("No longer used: Setting 1 (Choice value)")
    page = item.form("answer_1").submit(choice=made.word(made.words()[1]).uid)
    assert "nothing speaks against" in page.text
    page = browser.get(made.here.url("/waves/1/close"))
    assert "2 settings of the CRM go live" in page.text
    browser.post(made.here.url("/waves/1/close"))
    page = browser.get(made.here.url("/releases")).follow("Release 1")
    assert "See *the* industry" in page.text
    assert page.all(".prose h2")


def test_a_waiver_wants_a_reason_and_can_be_withdrawn(made: Shop) -> None:
    browser = made.here.browser()
    browser.get(made.here.url("/waves/1/release"))
    browser.post(made.here.url("/waves/1/release/try"))
    item = browser.get(made.here.url("/waves/1/release")).follow("No longer used: Setting 1 (Choice value)")
    assert "Say in a sentence" in item.form("waive_1").submit(reason=" ", status=422).text
    page = item.form("waive_1").submit(reason="They are old.")
    assert "They are old." in page.text
    assert made.verdict().may_go_live


def test_drift_is_shown_three_ways_and_settled(made: Shop) -> None:
    story = made.verdict().plan.steps[0].story.id
    key = made.words()[2]
    made.renamed(story, key, "As we say")
    made.rename_by_hand(key, "As Carmen says")
    browser = made.here.browser()
    page = browser.get(made.here.url("/waves/1/release"))
    assert "Changed since" in page.text
    assert "Crm_Admin Vega" in page.text
    item = page.follow("Changed: Setting 3 (Choice value)")
    assert "As Carmen says" in item.text
    assert "As we say" in item.form("drift").submit(choice="overwrite").text


def test_outsiders_read_the_notes_alone_and_rolling_back_asks_what_drifted(made: Shop, app: Flask) -> None:
    (first, *_rest) = made.verdict().plan.steps
    with made.here.working() as session:
        session.get_one(type(first.item), first.item.id).answers = {"held": "keep"}
    made.close()
    made.rename_by_hand("space_travel", "Orbit")
    admin = browser_of(app, add_person(app, "Pía", Role.CRM_USER))
    notes = admin.get("/settings/releases/1").text
    assert "Space travel" in notes
    assert not {"nobody types it twice", first.story.title} & set(notes.replace(".", "\n").splitlines())
    assert "nobody types it twice" in made.here.browser().get(made.here.url("/releases/1")).text
    assert "VEN" not in admin.get("/settings/releases").text
    file = admin.client.get("/settings/releases/export.csv").get_data(as_text=True)
    assert "VEN" not in file
    assert file.splitlines()[-1].startswith("1,2026-03-02")
    admin.get(made.here.url("/releases"), status=404)
    browser = made.here.browser()
    page = browser.get(made.here.url("/releases/1")).follow("Roll back")
    assert "changed it since" in page.text
    form = page.all("form.form")
    assert form
    browser.post(made.here.url("/releases/1/roll-back"), {"reason": "No"}, status=409)
    page = browser.post(made.here.url("/releases/1/roll-back"), {"reason": "No", "overwriting": "y"})
    assert "Rolled back" in page.text
    assert "space_travel" not in made.words()


def test_releases_of_a_project_are_a_list_that_is_filtered_kept_and_taken_away(made: Shop) -> None:
    (first, *_rest) = made.verdict().plan.steps
    with made.here.working() as session:
        session.get_one(type(first.item), first.item.id).answers = {"held": "keep"}
    made.close()
    browser, at = made.here.browser(), made.here.url("/releases")
    browser.get(at).follow("Release 1")
    assert "Release 1" not in browser.get(f"{at}?state=rolled_back").text
    assert "Release 1" in browser.get(f"{at}?state=applied&operation_count=2&sort=-applied_at&group=wave").text
    assert "Release 1" in browser.get(made.here.url("/lists/config_release/export.csv")).response.text
    for deed in ("archive", "restore", "edit"):
        assert browser.post(made.here.url(f"/records/config_release/1/{deed}"), status=None).response.status_code >= 400
    assert "Release 1" in browser.get(at).text
