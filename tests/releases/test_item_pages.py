"""Settings on stories: chosen, written with a preview, listed in words, put in order, put away and taken back."""

import pytest
from flask import Flask

from implementor.configuration.first_use import bring_in_shipped
from implementor.foundation.permissions import Role
from implementor.releases import item_services as services
from implementor.releases.item_models import ConfigItem
from implementor.releases.item_queries import items_of_story
from implementor.releases.setting_kinds import Wish
from tests.auth.builders import reading, working
from tests.configuration.builders import live_now, sales
from tests.projects.builders import NOW
from tests.stories.builders import START, Backlog, backlog

WORD = {"list": "account.industry", "label_en": "Space travel", "label_es": "Viajes espaciales", "tone": "ok"}
PATH = "/stories/1/crm-settings"


@pytest.fixture
def here(app: Flask) -> Backlog:
    """A project with one story, and what the program ships."""
    with working(app) as session:
        bring_in_shipped(session, at=NOW)
    found = backlog(app)
    found.story()
    return found


def items(here: Backlog) -> list[ConfigItem]:
    """The settings of the story in their order."""
    with reading(here.app) as session:
        story = here.one(session)
        return list(session.scalars(items_of_story(project_id=here.project_id, story_id=story.id)))


def carried(here: Backlog, **values: str) -> ConfigItem:
    """A further setting of the story: a word unless told."""
    with here.working() as session:
        wish = Wish("choice_value", "add", None, {**WORD, "default": False, **values})
        services.add_item(session, here.one(session), wish, by=here.by, at=START)
    return items(here)[-1]


def test_a_word_is_chosen_written_and_told_in_words(here: Backlog) -> None:
    browser = here.browser()
    page = browser.get(here.url("/stories/1")).follow("Add a setting").follow("Add Choice value")
    shown = page.form("#setting_editor").fill(dict(WORD)).submit()
    assert shown.heading.endswith("See open quotes")
    assert "Space travel" in shown.text
    assert "Draft" in shown.text
    item = items(here)[0]
    assert (item.kind, item.verb, item.before) == ("choice_value", "add", None)
    assert item.after is not None
    assert item.after["label"] == {"en": "Space travel", "es": "Viajes espaciales"}
    assert "space_travel" not in {word.key for word in live_now(here.app).picklist("account.industry").values}


def test_the_preview_draws_the_form_that_results_and_writes_nothing(here: Backlog) -> None:
    browser = here.browser()
    form = browser.get(here.url(f"{PATH}/new?setting=choice_value&verb=add")).form("#setting_editor").fill(dict(WORD))
    values = dict(form.values)
    page = browser.post(here.url(f"{PATH}/preview"), values, target="setting_preview", status=200)
    offered = page.texts("#preview-industry option")
    assert "Space travel" in offered
    assert "Fill in" not in page.text
    whole = browser.post(here.url(f"{PATH}/preview"), {**values, "label_es": ""}, status=200)
    assert "is needed" in whole.find("#setting_preview").text_content()
    assert items(here) == []


def test_a_stage_shows_its_way_and_a_hidden_field_is_gone_from_the_form(here: Backlog) -> None:
    browser = here.browser()
    stage = {"setting": "pipeline_stage", "verb": "add", "pipeline": sales(here.app).uid, "probability": "60"}
    named = {"label_en": "Trial", "label_es": "Prueba", "forecast": "commit"}
    browser.get(here.url(f"{PATH}/new?setting=pipeline_stage&verb=add"))
    values = {**stage, **named, "required_fields": ["next_step"]}
    # the kind of setting and the kind of stage are two fields
    seen = browser.post(here.url(f"{PATH}/preview"), {**values, "kind": "open"}, status=200)
    assert seen.find("#setting_preview [aria-current=step]").text_content().split()[-3:] == ["Trial", "60", "%"]
    hidden = {"setting": "access_profile", "verb": "change", "target": "account/crm_user", "see": "all", "edit": "all"}
    seen = browser.post(here.url(f"{PATH}/preview"), {**hidden, "hidden": ["website"]}, status=200)
    assert not seen.all("#preview-website")
    assert seen.all("#preview-industry")


def test_an_item_is_changed_moved_put_away_and_taken_back(here: Backlog) -> None:
    first, second = carried(here), carried(here, label_en="Deep sea", label_es="Mar profundo")
    browser = here.browser()
    browser.get(here.url("/stories/1"))
    browser.post(here.url(f"/crm-settings/{second.id}/move"), {"step": "up"})
    assert [one.id for one in items(here)] == [second.id, first.id]
    form = browser.get(here.url(f"/crm-settings/{first.id}/edit")).form("#setting_editor")
    shown = form.fill(label_en="Space trips").submit()
    assert shown.heading == "Space trips"
    assert "Space trips" in browser.get(here.url("/stories/1/history")).text
    here_again = form.fill(label_en="Too late").submit(status=422)
    assert "Somebody else changed" in here_again.text
    browser.post(here.url(f"/records/config_item/{first.id}/archive"))
    assert [one.id for one in items(here)] == [second.id]
    here.undo()
    assert [one.id for one in items(here)] == [second.id, first.id]


def test_what_is_live_stays_and_the_list_tells_them_apart(here: Backlog) -> None:
    first, second = carried(here), carried(here, label_en="Deep sea", label_es="Mar profundo")
    with here.working() as session:
        services.went_live([session.get_one(ConfigItem, first.id)], release_number=3)
    browser = here.browser()
    assert "Live since release 3" in browser.get(here.url("/stories/1")).text
    browser.get(here.url(f"/crm-settings/{first.id}/edit"), status=409)
    browser.post(here.url(f"/records/config_item/{first.id}/archive"), status=409)
    listed = browser.get(here.url("/crm-settings?state=live"))
    assert "Space travel" in listed.text
    assert "Deep sea" not in listed.text
    assert second.state == "draft"


def test_who_may_not_write_stories_settings_only_reads_them(here: Backlog) -> None:
    item = carried(here)
    browser = here.browser(Role.VIEWER)
    page = browser.get(here.url("/stories/1"))
    assert "Space travel" in page.text
    assert "Add a setting" not in page.text
    browser.get(here.url(f"{PATH}/new"), status=403)
    browser.post(here.url(f"/crm-settings/{item.id}/edit"), dict(WORD), status=403)
