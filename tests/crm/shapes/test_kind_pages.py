"""Settings, Kinds of record: names, form, columns and rules as an administrator fills them in; and what people see."""

import pytest
from flask import Flask

from tests.crm.builders import Company, company
from tests.machinery.pages import Browser

HOME = "/settings/kinds/account"


@pytest.fixture
def here(app: Flask) -> Company:
    return company(app)


@pytest.fixture
def admin(here: Company) -> Browser:
    return here.browser("crm_admin")


def rename(admin: Browser, status: int = 200, **names: str) -> str:
    page = admin.get(HOME).form("names").submit(names, status=status)
    return page.text


def test_a_kind_goes_by_the_companys_own_names_everywhere(here: Company, admin: Browser) -> None:
    rename(admin, singular_en="Client", singular_es="Cliente", plural_en="Clients", plural_es="Clientes")
    seller = here.browser()
    listed = seller.get("/crm/accounts")
    assert "Clients" in [link.text_content().strip() for link in listed.all("nav a")]
    assert "Clients" in listed.all("h1")[0].text_content()
    assert "Client" in seller.get("/records/account/new").text
    page = admin.get("/settings/kinds/account")
    assert "Renamed" in page.text


def test_names_are_needed_in_both_languages_and_unlike_those_of_others(admin: Browser) -> None:
    text = rename(admin, status=422, singular_en="Contact", singular_es="", plural_en="Clients", plural_es="Clientes")
    assert "this language" in text
    assert "already" in text


def test_a_renamed_field_is_called_so_and_can_be_called_as_before(here: Company, admin: Browser) -> None:
    form = admin.get(f"{HOME}/fields/industry").form("field_name")
    form.submit(label_en="Line of business", label_es="Ramo")
    here.add("account", name="Norte", industry="retail")
    assert "Line of business" in here.browser().get("/crm/accounts?columns=name,industry").text
    clash = admin.get(f"{HOME}/fields/website").form("field_name")
    assert "already" in clash.submit(label_en="line of business", label_es="Ramo", status=422).text
    admin.get(f"{HOME}/fields/industry")
    admin.post(f"{HOME}/fields/industry/shipped")
    assert "Line of business" not in here.browser().get("/crm/accounts?columns=name,industry").text


def test_the_form_stands_under_the_headings_that_somebody_made(here: Company, admin: Browser) -> None:
    admin.get(f"{HOME}/layout").form("layout").submit(
        {"label-1-en": "First of all", "label-1-es": "Antes que nada", "heading-website": "1", "place-website": "1"}
    )
    legends = [one.text_content().strip() for one in here.browser().get("/records/account/new").all("legend")]
    assert legends[0] == "First of all"


def test_a_list_begins_with_the_columns_chosen_for_everybody(here: Company, admin: Browser) -> None:
    here.add("account", name="Norte")
    kept = here.browser()
    kept.get("/crm/accounts?columns=name,owner")
    form = admin.get(f"{HOME}/columns").form("columns")
    blank = {name: "" for name in form.values if name.startswith("column-")}
    form.submit({**blank, "column-name": "1", "column-website": "2", "sort": "name"})
    heads = [one.text_content().strip() for one in here.browser().get("/crm/accounts").all("thead th")]
    assert "Website" in " ".join(heads)
    assert "Owner" not in " ".join(heads)


def test_a_rule_is_written_with_conditions_and_shown_in_words(here: Company, admin: Browser) -> None:
    form = admin.get(f"{HOME}/needs/new").form("need")
    page = form.submit(
        field="website", strength="create", label_en="We look at sites", label_es="Miramos las webs",
        field_1="industry", test_1="one_of", value_1="Retail; Construction",
    )  # fmt: skip
    assert "Industry is one of Retail, Construction" in page.text
    again = page.follow("We look at sites").form("need")
    assert again.values["value_1"] == ["Retail; Construction"]
    wrong = again.submit(value_1="Nowhere", status=422)
    assert "must be one of" in wrong.text
