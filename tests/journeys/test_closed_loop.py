"""The loop in a real browser: settings of a story are tried, go live, are used, measured, taken back, brought again."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from implementor.foundation.permissions import Role
from implementor.stories.models import Story
from tests.auth.builders import add_person
from tests.journeys.people import PASSWORD, worker_of
from tests.machinery.servers import LiveServer
from tests.releases.release_builders import Shop, shop

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.sqlite_only(reason="what the pages write is tested on both databases by their packages"),
]
SALES = ("Cold store", "Line of bottles", "New roof", "Old roof")
STORY = "/projects/VEN/stories/1"
WAVE = "/projects/VEN/waves/1"
NAME = "Sales that name their zone"


@pytest.fixture
def page(app: Flask, live_server: LiveServer, make_context: Callable[..., BrowserContext]) -> Page:
    """The browser of somebody of the PMO who also looks after the CRM."""
    eva = add_person(app, "Eva Solano", Role.PMO, Role.CRM_ADMIN, email="eva@vega.example")
    context = make_context(base_url=live_server.url)
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto("/sign-in")
    page.fill("input[name=email]", eva.email)
    page.fill("input[name=password]", PASSWORD)
    page.click("#sign_in button[type=submit]")
    page.wait_for_selector(".sidebar", state="attached")
    return page


def test_a_story_changes_the_crm_and_is_judged_by_what_people_enter(
    app: Flask, live_server: LiveServer, page: Page
) -> None:
    here, (story,) = shop(app, "Know where we deliver", started=False)
    sales = [here.company.add("opportunity", name=name) for name in SALES]
    write_settings(page)
    metric = promise_a_value(page)
    validate_and_go_live(page, here, story)
    with worker_of(live_server):
        key = say_how_it_is_measured(page, metric)
        sell(page, key, sales)
        measure(page, metric)
    judge(page)
    take_back_and_bring_again(page, key, sales[0])


def write_settings(page: Page) -> None:
    """The story gets a field of one's own, the rule that sales need it, and a stage."""
    setting(page, "custom_field", kind="opportunity", field_kind="line", label_en="Delivery zone", label_es="Zona")
    setting(
        page, "required_rule", about="opportunity", label_en="Say the zone", label_es="Diga la zona",
        field="Delivery zone", strength="edit",
    )  # fmt: skip
    setting(
        page, "pipeline_stage", pipeline="Sales", label_en="Site visited", label_es="Visita hecha", kind="Open",
        probability="40", forecast="pipeline",
    )  # fmt: skip
    assert page.locator("#settings_of_story .part-row").count() == 3
    assert "Delivery zone" in page.inner_text("#settings_of_story .part-row:has-text('Say the zone') dl")


def setting(page: Page, what: str, *, about: str = "", **values: str) -> None:
    """Add a setting to the story."""
    page.goto(f"{STORY}/crm-settings/new?setting={what}&verb=add" + (f"&about={about}" if about else ""))
    for name, value in values.items():
        fill(page, name, value)
    page.click("#setting_editor button:has-text('Save')")
    page.wait_for_url(re.compile(r"/stories/1(#.*)?$"))


def fill(page: Page, name: str, value: str) -> None:
    """Fill in one input of a form; a choice by its key or by what it says."""
    field = page.locator(f"main [name={name}]")
    if field.evaluate("(one) => one.tagName") != "SELECT":
        field.fill(value)
        return
    options = field.locator("option").all()
    known = {option.inner_text().strip(): option.get_attribute("value") for option in options}
    field.select_option(known.get(value, value))


def promise_a_value(page: Page) -> str:
    """A metric with a target, which judges the story; its address."""
    page.goto("/projects/VEN/metrics/new")
    for name, value in {
        "name": NAME, "unit": "percent", "direction": "up", "baseline": "0", "baseline_on": "2026-01-05",
        "target": "75", "due_on": "2027-12-01",
    }.items():  # fmt: skip
        fill(page, name, value)
    page.click("main form.form button[type=submit]")
    page.wait_for_url(re.compile(r"/metrics/\d+"))
    metric = page.url
    page.goto(STORY)
    page.click("#criterion_adding a")
    page.wait_for_selector("form#criterion_adding")
    fill(page, "criterion-metric", NAME)
    fill(page, "criterion-phase", "value")
    page.click("#criterion_adding button[type=submit]")
    page.wait_for_selector(f"#criterion_part a:has-text('{NAME}')")
    return metric


def validate_and_go_live(page: Page, here: Shop, story: int) -> None:
    """The dry run finds sales without a zone; these are let be, and the wave goes live with its settings."""
    here.start()
    with here.here.working() as session:
        session.get_one(Story, story).status = "review"
    page.goto(STORY)
    to_validated = "form[action$='/status']:has(input[value=validated])"
    page.click(f"details:has({to_validated}) > summary")
    page.click(f"{to_validated} button")
    page.wait_for_load_state()
    page.goto(f"{WAVE}/release")
    page.click("button:has-text('Try on live data')")
    page.wait_for_selector("text=4 records lack Delivery zone")
    page.click("ol a:has-text('Say the zone')")
    page.fill("main [name=reason]", "Sellers fill it in this week.")
    page.click("button:has-text('Let it be')")
    page.wait_for_load_state()
    close(page)
    page.goto("/projects/VEN/releases/1")
    assert "Delivery zone" in page.inner_text("main")


def close(page: Page) -> None:
    """Close the wave, which goes live with its settings."""
    page.goto(f"{WAVE}/close")
    page.click("button:has-text('Close the wave')")
    page.wait_for_url(re.compile("/waves/1$"))


def say_how_it_is_measured(page: Page, metric: str) -> str:
    """The share of sales that name their zone; the key of the field."""
    page.goto(f"{metric}/definition?how=query&a-entity=opportunity&a-aggregate=share")
    zone = page.locator("select[name=a-p-more] option:has-text('Delivery zone')")
    key = zone.get_attribute("value") or ""
    page.select_option("select[name=a-p-more]", key)
    page.wait_for_selector(f"[name=a-p-{key}]")
    fill(page, f"a-p-{key}", "some")
    page.wait_for_selector("#preview :text('0 / 4')")
    page.click("button:has-text('Measure it so from now on')")
    page.wait_for_url(re.compile(r"/metrics/\d+$"))
    return key


def sell(page: Page, key: str, sales: list[int]) -> None:
    """Sellers cannot save a sale without its zone, and fill it in on three of four."""
    edit(page, sales[0])
    assert page.evaluate("(name) => !document.querySelector(`main [name=${name}]`).checkValidity()", key)
    for sale in sales[:3]:
        edit(page, sale)
        page.fill(f"main [name={key}]", "North")
        page.click("main form.form button[type=submit]")
        page.wait_for_url(re.compile(rf"/crm/opportunities/{sale}"))


def edit(page: Page, sale: int) -> None:
    """Open the form of a sale."""
    page.goto(f"/records/opportunity/{sale}/edit")


def measure(page: Page, metric: str) -> None:
    """Measure now and wait for the job."""
    page.goto(metric)
    page.click("button:has-text('Measure now')")
    page.wait_for_url(re.compile("/jobs/"))
    page.wait_for_selector("main .badge:has-text('Done')")
    page.goto(metric)
    assert "3 / 4" in page.inner_text("main")


def judge(page: Page) -> None:
    """Three of four is what was promised."""
    page.goto(WAVE)
    page.click("button:has-text('Judge now')")
    page.wait_for_selector("#value :text('Value achieved')")


def take_back_and_bring_again(page: Page, key: str, sale: int) -> None:
    """The field goes with the release and its values stay; they are there again when it returns."""
    page.goto("/projects/VEN/releases/1/roll-back")
    page.fill("main [name=reason]", "Sellers cannot work.")
    page.click("main form button:has-text('Roll back')")
    page.wait_for_load_state()
    edit(page, sale)
    assert page.locator(f"main [name={key}]").count() == 0
    close(page)
    edit(page, sale)
    assert page.input_value(f"main [name={key}]") == "North"
