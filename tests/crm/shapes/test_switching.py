"""Kinds that are switched off are met nowhere and lose nothing; kept views and files follow the shape of a kind."""

from pathlib import Path

import pytest
from flask import Flask

from implementor.configuration.first_use import speeches
from implementor.configuration.services import kinds
from implementor.configuration.services.field_names import rename_field
from implementor.configuration.services.kinds import CannotBeOff
from tests.crm.builders import Company, company
from tests.crm.importing import brought_in, counts
from tests.crm.shapes.builders import need, shape


@pytest.fixture
def here(app: Flask) -> Company:
    return company(app)


def test_a_kind_that_is_off_is_met_nowhere_and_comes_back_with_its_data(here: Company) -> None:
    lead = here.add("lead", last_name="Vega", company="Norte")
    shape(here, kinds.switch_off, "lead")
    seller, admin = here.browser(), here.browser("crm_admin")
    home = seller.get("/crm/accounts")
    assert not [link for link in home.all("a") if "/crm/leads" in str(link.get("href"))]
    for address in ("/crm/leads", f"/crm/leads/{lead}", "/records/lead/new", "/crm/leads?sort=name"):
        assert "switched off" not in seller.get(address, status=404).text
        assert "Switch it on under Settings" in admin.get(address, status=404).text
    assert "Norte" not in seller.get("/search?q=Norte").all("main")[0].text_content().replace("“Norte”", "")
    shape(here, kinds.switch_on, "lead")
    assert "Norte" in seller.get(f"/crm/leads/{lead}").text


def test_what_others_hang_on_cannot_be_off(here: Company) -> None:
    with pytest.raises(CannotBeOff):
        shape(here, kinds.switch_off, "account")
    with pytest.raises(CannotBeOff, match="Quotes need Orders"):
        shape(here, kinds.switch_off, "order")
    shape(here, kinds.switch_off, "quote")
    shape(here, kinds.switch_off, "order")
    with pytest.raises(CannotBeOff, match="Switch on Orders first"):
        shape(here, kinds.switch_on, "quote")


def test_a_view_that_somebody_keeps_stays_when_the_list_begins_otherwise(here: Company) -> None:
    here.add("account", name="Norte")
    seller = here.browser()
    seller.get("/crm/accounts?q=norte")
    seller.post("/lists/account/views", {"name": "Mine", "address": "q=norte"})
    shape(here, kinds.set_columns, "account", ["name", "website"], "-name")
    seller.get("/crm/accounts")
    seller.post("/lists/account/views", {"name": "Later", "address": "q=norte"})
    heads = " ".join(one.text_content() for one in seller.get("/crm/accounts?q=norte&view=1").all("thead th"))
    assert "Owner" in heads
    shape(here, kinds.set_columns, "account", [], "")
    page = seller.get("/crm/accounts")
    later = next(str(link.get("href")) for link in page.all("a") if "Later" in link.text_content())
    assert "columns=name%2Cwebsite" in later
    assert "sort=-name" in later


def test_files_know_old_names_and_are_held_to_rules_that_ask_it(here: Company, tmp_path: Path) -> None:
    labels = {"label_en": "Web page", "label_es": "Sitio"}
    shape(here, rename_field, "account", "website", labels, speeches=speeches())
    need(here, "account", "website", strength="create")
    old = "Company,Website\nNorte,https://norte.example\nSur,\n"
    assert counts(brought_in(here, "account", tmp_path, old)) == (2, 0, 0, 0)
    need(here, "account", "city", strength="edit", in_imports=True)
    other = "Company,Sitio,City\nEste,https://este.example,Soria\nOeste,https://oeste.example,\n"
    report = brought_in(here, "account", tmp_path, other, "new.csv")
    assert counts(report) == (1, 0, 0, 1)
    assert "City is needed" in str(report)
