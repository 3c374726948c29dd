"""Where a field comes from: release, story and wave for those who may see them, number and day for others."""

from flask import Flask
from sqlalchemy import select

from implementor.configuration.models import PicklistValue, StoredPicklist
from implementor.foundation.permissions import Role
from implementor.metrics.definitions import Query, Window
from tests.auth.builders import add_person, reading
from tests.metrics.builders import Aim
from tests.metrics.measured import defined
from tests.projects.builders import browser_of
from tests.releases.release_builders import Shop, image, own_field, shop

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


def test_a_field_and_its_words_tell_every_release_that_touched_them_and_what_went_back(app: Flask) -> None:
    made, stories = shop(app, CANARY, "Second of the stories")
    made.item(stories[0], "f_abcde", own_field("f_abcde", "Colour", ("Blue", "Azul")), kind="custom_field")
    made.apply()
    made.item(stories[1], "f_abcde", own_field("f_abcde", "Shade", ("Blue", "Azul")), kind="custom_field")
    made.apply()
    with reading(app) as session:
        words = select(PicklistValue.uid, PicklistValue.key).join(StoredPicklist)
        (blue,) = session.execute(words.where(StoredPicklist.key == "field.f_abcde")).all()
    made.item(stories[1], blue.uid, {**image("Navy", "Marino", list="field.f_abcde"), "key": blue.key})
    made.apply()
    made.roll_back(3)
    insider = browser_of(app, add_person(app, "Ana", Role.PMO, Role.CRM_USER))
    told = insider.get(ORIGIN)
    first, second = told.texts(".card")[:2]
    assert first.index("Release 2") < first.index("Release 1")
    assert "Name: Colour → Shade" in first
    assert ("Second of the stories" in first, CANARY in first) == (True, True)
    assert "Changed “" in second
    assert "Release 3 Rolled back" in second
    assert "Blue / Azul → Navy / Marino" in second
    outsider = browser_of(app, add_person(app, "Pía", Role.CRM_USER)).get(ORIGIN)
    assert ("Release 3" in outsider.text, "Name: Colour → Shade" in outsider.text) == (True, True)
    assert not any(secret in outsider.text for secret in (CANARY, "Second of the stories", "Sales core", "VEN"))
