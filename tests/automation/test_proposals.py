"""Proposals: a template fills in what stands on the paper of a quote, which keeps it once it was sent."""

from flask import Flask
from sqlalchemy import select

from implementor.automation.models import MessageTemplate
from implementor.automation.services.templates import TemplateWish, add_template, change_template
from implementor.crm.quotes.models import Quote
from tests.auth.builders import reading
from tests.crm.builders import company
from tests.crm.shapes.builders import shaping

OFFER = {
    "purpose": "proposal", "body_en": "Dear {{ contact }}", "body_es": "Hola, {{ contact }}: {{ account.name }}",
    "terms_en": "Until {{ valid_until }}", "terms_es": "Hasta {{ valid_until }}",
}  # fmt: skip


def test_a_quote_takes_the_words_of_a_template_and_keeps_them_when_it_is_sent(app: Flask) -> None:
    here = company(app)
    account = here.add("account", name="Alba")
    contact = here.add("contact", last_name="Vega", language="es", account=account)
    quote = here.add("quote", account=account, contact=contact, currency="EUR", valid_until="2026-04-01")
    here.add("quote_line", quote=quote, name="Work", unit_price="100 EUR", tax="0")
    with shaping(here) as (session, by_at):
        uid = add_template(session, "quote", TemplateWish("Offer", "Oferta", **OFFER), **by_at).uid
    browser, url = here.browser(), f"/crm/quotes/{quote}"
    assert "Use a proposal template" in browser.get(url).text
    assert "From the template Offer, version 1" in browser.post(f"{url}/proposal", {"template": uid}).text
    found = here.stored(Quote, quote)
    assert (found.introduction, found.terms) == ("Hola, Vega: Alba", "Hasta 1 de abril de 2026")
    assert browser.get(f"{url}/paper/es").status == 200
    browser.post(f"{url}/facts/sent", {"on": "2026-03-03", "note": ""})
    with shaping(here) as (session, by_at):
        template = session.scalars(select(MessageTemplate)).one()
        change_template(session, template, TemplateWish("Offer", "Oferta", **{**OFFER, "body_es": "Otra"}), **by_at)
    browser.post(f"{url}/proposal", {"template": uid}, status=409)
    page = browser.get(url).text
    assert "From the template Offer, version 1" in page
    assert "Hola, Vega: Alba" in page
    with reading(app) as session:
        assert session.get_one(Quote, quote).proposal_version == 1
