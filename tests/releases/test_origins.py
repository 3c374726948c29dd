"""Where a field comes from: release, story and wave for those who may see them, number and day for others."""

from flask import Flask

from implementor.foundation.permissions import Role
from implementor.metrics.definitions import Query, Window
from tests.auth.builders import add_person
from tests.metrics.builders import Aim
from tests.metrics.measured import defined
from tests.projects.builders import browser_of
from tests.releases.release_builders import Shop, own_field, shop

CANARY = "Canary of the story"
ORIGIN = "/fields/account/f_abcde/origin"


def _released(app: Flask) -> Shop:
    made, (story,) = shop(app, CANARY)
    made.item(story, "f_abcde", own_field("f_abcde", "Colour", ("Blue", "Azul")), kind="custom_field")
    made.close()
    return made


def test_a_field_says_what_brought_it_and_outsiders_learn_number_and_day_alone(app: Flask) -> None:
    made = _released(app)
    insider = browser_of(app, add_person(app, "Ana", Role.PMO, Role.CRM_USER))
    outsider = browser_of(app, add_person(app, "Pía", Role.CRM_USER))
    told = insider.get(ORIGIN)
    assert "Since release 1 of" in told.text
    assert CANARY in told.text
    assert "Wave 1: Sales core" in told.text
    told = outsider.get(ORIGIN)
    assert "Since release 1 of" in told.text
    for secret in (CANARY, "Sales core", "VEN"):
        assert secret not in told.text
    account = made.account("Acme", None)
    record = outsider.get(f"/crm/accounts/{account}")
    assert [one.get("href") for one in record.all("a.origin")] == [ORIGIN]
    assert outsider.get("/records/account/new").all(f'a.origin[href="{ORIGIN}"]')
    assert outsider.get("/crm/accounts?unfold=columns").all(f'a.origin[href="{ORIGIN}"]')
    outsider.get("/fields/account/name/origin", status=404)
    outsider.get("/fields/nothing/name/origin", status=404)


def test_a_field_of_an_administrator_says_whose_hand_set_it(app: Flask) -> None:
    made, (story,) = shop(app)
    made.field_by_hand("f_byhnd")
    made.item(story, "f_byhnd", own_field("f_byhnd", "Renamed later"), kind="custom_field")
    made.close()
    outsider = browser_of(app, add_person(app, "Pía", Role.CRM_USER))
    told = outsider.get("/fields/account/f_byhnd/origin")
    assert "Set by hand on" in told.text
    assert "Crm_Admin Vega" in told.text
    assert "Name: By hand / A mano → Renamed later" in told.text


def test_a_metric_is_compared_around_a_release_and_opens_the_records_of_each_side(app: Flask) -> None:
    made = _released(app)
    lead = add_person(app, "Pma", Role.PMO, Role.CRM_ADMIN)
    there = Aim(app, made.here.project_id, {"lead": lead})
    window = Window("rolling", "created_at", days=30)
    counted = defined(there, Query("account", window=window), name="New accounts")
    defined(there, Query("account"), name="All accounts")
    browser = browser_of(app, lead)
    page = browser.get(made.here.url("/releases/1")).follow("Metrics before and after")
    told = {row["Metric"]: row for row in page.rows("main table")}
    assert "no before" in told["All accounts"]["Bounds"]
    assert "too few to say" in told["New accounts"]["Bounds"]
    page = browser.get(made.here.url(f"/metrics/{counted}")).follow("Before and after releases")
    (row,) = page.rows("main table")
    assert "Release 1" in row["Release"]
    records = page.all("main td a")[0].get("href")
    assert "No records" in browser.get(str(records)).text
    browser.get(made.here.url(f"/metrics/{counted}/records?days=5&on=nonsense"), status=404)
