"""What is hidden from a role finds nothing in lists and choices either, and no file brings it in by that role."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask

from implementor.configuration.services.access import set_fields
from implementor.foundation.permissions import SYSTEM, Role
from tests.auth.builders import working
from tests.crm.builders import Company, company

PLACES = {
    "lead.company": ("/crm/leads?q=Zquarry", "/lookup/lead?q=Zquarry", "Eva Mora"),
    "lead.email": ("/crm/leads?q=zqeva@", "/crm/leads?email=zqeva@example.com", "Eva Mora"),
    "contact.email": ("/crm/contacts?q=zqana@", "/lookup/contact?q=zqana@", "Ana Soto"),
    "campaign.code": ("/crm/campaigns?q=ZQ26", "/crm/campaigns?code=ZQ26", "Spring fair"),
}


def filled(app: Flask) -> Company:
    """A lead, a contact and a campaign of the manager's team."""
    here = company(app)
    here.add("lead", first_name="Eva", last_name="Mora", company="Zquarry", email="zqeva@example.com")
    here.add("contact", first_name="Ana", last_name="Soto", email="zqana@example.com")
    here.add("campaign", name="Spring fair", code="ZQ26")
    return here


def hide(app: Flask, field: str) -> None:
    kind, name = field.split(".")
    with working(app) as session:
        set_fields(session, kind, {(Role.CRM_MANAGER, name): "hide"}, by=SYSTEM, at=datetime.now(UTC))


@pytest.mark.parametrize("field", sorted(PLACES))
def test_words_of_a_hidden_field_find_nothing(app: Flask, field: str) -> None:
    here = filled(app)
    word, place, title = PLACES[field]
    manager = here.browser("manager")
    assert title in manager.get(word).text
    hide(app, field)
    assert title not in manager.get(word).text
    if place.startswith("/lookup"):
        assert title not in manager.get(place).text
    assert title in here.browser("seller").get(word).text, "from others it is not hidden"


def test_what_is_found_by_its_name_is_not_told_apart_by_a_hidden_field(app: Flask) -> None:
    here = filled(app)
    manager = here.browser("manager")
    assert "Zquarry" in manager.get("/lookup/lead?q=Eva").text
    hide(app, "lead.company")
    found = manager.get("/lookup/lead?q=Eva").text
    assert "Eva Mora" in found
    assert "Zquarry" not in found
