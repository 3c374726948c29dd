"""Settings, Kinds of record, Your own fields: as an administrator adds, changes, withdraws and restores them."""

from typing import Any

import pytest
from flask import Flask

from implementor.foundation.live import living
from implementor.foundation.words import Speech, speaking
from tests.configuration.builders import live_now
from tests.crm.builders import Company, company
from tests.crm.own_fields import add_own_field
from tests.machinery.pages import Browser, Page

HOME = "/settings/kinds/account/own-fields"
WISH = {"label_en": "Level", "label_es": "Nivel", "field_kind": "choice", "words": "High | Alto\nLow|Bajo\n\nPlain"}


@pytest.fixture
def here(app: Flask) -> Company:
    return company(app)


@pytest.fixture
def admin(here: Company) -> Browser:
    return here.browser("crm_admin")


def button(page: Page, label: str, deed: str) -> str:
    """The address of a button in the menu of a field."""
    row = next(one for one in page.all("tbody tr") if label in one.text_content())
    return str(next(form for form in row.cssselect("form") if deed in form.text_content()).get("action"))


def restore_of(page: Page) -> str:
    """The address of the button that restores a withdrawn field."""
    return next(str(one.get("action")) for one in page.all("form") if "/restore" in str(one.get("action")))


def test_a_new_field_is_there_at_once_in_both_languages(here: Company, admin: Browser) -> None:
    page = admin.get(f"{HOME}/new").form("add_own_field").submit(WISH)
    assert "Level" in page.text
    form = here.browser().get("/records/account/new").form()
    (field,) = live_now(here.app).custom.values()
    assert form.options(field.name) == ["", "high", "low", "plain"]
    with speaking(Speech("es")), living(live_now(here.app)):
        assert str(field.label) == "Nivel"
        assert [str(word.label) for word in field.offered_choices] == ["Alto", "Bajo", "Plain"]


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"label_en": "Industry"}, "label_en", "“Industry”"),
        ({"label_es": "sitio web"}, "label_es", "“Sitio web”"),
        ({"label_en": "Version"}, "label_en", "means something else"),
        ({"label_es": ""}, "label_es", "this language"),
        ({"words": " "}, "words", "at least one"),
        ({"field_kind": "money"}, "currency", "currency"),
        ({"field_kind": "reference"}, "target", "kind of record"),
        ({"field_kind": "whole", "minimum": "5", "maximum": "1"}, "maximum", "below"),
        ({"field_kind": "line", "longest": "many"}, "longest", "Between"),
    ],
)
@pytest.mark.sqlite_only("rules of a form")
def test_what_cannot_be_is_said_beside_its_field(
    admin: Browser, changed: dict[str, str], field: str, said: str
) -> None:
    page = admin.get(f"{HOME}/new").form("add_own_field").submit({**WISH, **changed}, status=422)
    assert said in page.form("add_own_field").errors[field]


def test_a_field_is_renamed_moved_withdrawn_and_restored(here: Company, admin: Browser) -> None:
    first, second = (add_own_field(here, "account", "whole", label) for label in ("First", "Second"))
    admin.get(HOME).follow("Second").form("edit_own_field").submit(label_en="Visits", label_es="Visitas", minimum="0")
    assert str(live_now(here.app).custom[second].label) == "Visits"
    admin.post(button(admin.get(HOME), "Visits", "Move up"), {"step": "up"})
    assert [one.name for one in live_now(here.app).shape("account").added] == [second, first]
    page = admin.post(button(admin.get(HOME), "First", "Withdraw"))
    assert [one.name for one in live_now(here.app).shape("account").added] == [second]
    page = admin.get(HOME)
    assert "Withdrew the field First" in page.text
    admin.post(restore_of(page))
    assert [one.name for one in live_now(here.app).shape("account").added] == [second, first]


def test_each_deed_can_be_taken_back_but_not_into_a_name_that_is_taken(here: Company, admin: Browser) -> None:
    key = add_own_field(here, "account", "whole", "First")
    here.undo("crm_admin")
    assert live_now(here.app).shape("account").added == ()
    assert key in live_now(here.app).custom
    add_own_field(here, "account", "line", "First")
    page = admin.get(HOME)
    assert "already" in admin.post(restore_of(page), status=409).text


def test_the_page_says_how_many_records_hold_a_value_and_is_for_administrators(here: Company, admin: Browser) -> None:
    key = add_own_field(here, "account", "whole", "Visits")
    values: dict[str, Any] = {key: "3"}
    here.add("account", name="Acme", **values)
    assert "1 record holds a value." in admin.get(HOME).follow("Visits").text
    here.browser().get(HOME, status=403)
    admin.get("/settings/kinds/nothing/own-fields", status=404)
