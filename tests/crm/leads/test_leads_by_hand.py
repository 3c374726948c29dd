"""Leads in a real browser: from the first step to a customer by hand, and every page fits a phone."""

from typing import Any

import pytest
from flask import Flask

from tests.crm.leads.funnels import funnel
from tests.crm.opportunities.test_board_by_hand import PHONE, TOO_WIDE, open_page
from tests.machinery.chromium import axe_findings
from tests.machinery.servers import LiveServer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.sqlite_only(reason="scripts know nothing of the database"),
]
RICH: dict[str, Any] = {
    "email": "eva@duero.example",
    "phone": "+34 612 345 678",
    "city": "Soria",
    "potential": "1200 EUR",
}


def test_a_person_brings_a_lead_from_its_page_to_a_customer(
    app: Flask, live_server: LiveServer, make_context: Any
) -> None:
    here = funnel(app)
    lead = here.lead(**RICH)
    page = open_page(here, make_context, live_server, f"/crm/leads/{lead}")
    for name in ("Marketing qualified", "Accepted by sales", "Sales qualified"):
        page.click("#step_menu summary")
        page.click(f"#step_menu .menu-item:has-text('{name}')")
        page.wait_for_selector(f".steps [aria-current=step]:has-text('{name}')")
    page.click("a:has-text('Convert')")
    page.click("button:has-text('Show what would be written')")
    page.click("#convert button:has-text('Convert')")
    page.wait_for_selector("#became")
    assert "Duero Foods" in page.inner_text("#became")
    assert here.of(lead).stage == "converted"


@pytest.mark.full  # the walk over every page looks at these in fewer states
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_leads_fits_a_phone(app: Flask, live_server: LiveServer, make_context: Any, scheme: str) -> None:
    here = funnel(app)
    here.add("contact", first_name="Eva", last_name="Mora")
    lead, lost = here.qualified(**RICH), here.lead("mql", "lost")
    pages = {
        "list": "/crm/leads", "lead": f"/crm/leads/{lead}", "lost": f"/crm/leads/{lost}", "funnel": "/crm/leads/funnel",
        "step": f"/crm/leads/{lead}/step?stage=lost", "day": "/crm/my-day",
        "convert": f"/crm/leads/{lead}/convert?account=new&contact=new&opportunity=new",
    }  # fmt: skip
    page = open_page(here, make_context, live_server, "/crm/leads", color_scheme=scheme, **PHONE)
    for path in pages.values():
        page.goto(path)
        assert not page.evaluate(TOO_WIDE), path
        assert axe_findings(page) == [], path
