"""The paper of a quote, read back from its PDF: both languages, any name, hostile text, and many pages."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from implementor.crm.orders.models import OrderLine
from implementor.crm.orders.pricing import amounts_of, totals_of
from implementor.crm.quotes.printing import Paper, PaperLine, pdf_of
from implementor.foundation.words import speaking
from implementor.web.language import speech_of
from tests.crm.builders import company
from tests.crm.quotes.offers import offered, renew, sent


def read(pdf: bytes) -> str:
    """The text of a PDF, on one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def paper(count: int = 1, name: str = "Pump", **values: Any) -> Paper:
    """A paper of so many lines at 10 with 21 % tax."""
    amounts = amounts_of(quantity=Decimal(1), unit_price=1000, discount=Decimal(0), tax=Decimal("0.21"))
    row = OrderLine(net_amount=amounts.net, tax_amount=amounts.tax, tax_ratio=Decimal("0.21"))
    line = PaperLine(name, Decimal(1), 1000, Decimal(0), Decimal("0.21"), amounts.net)
    usual = {"number": "Q-1", "quoted_on": date(2026, 3, 2), "valid_until": date(2026, 4, 1), "currency": "EUR"}
    return Paper(**{**usual, "totals": totals_of([row] * count), "lines": [line] * count, **values})


def test_the_paper_says_what_is_offered_in_both_languages(app: Flask) -> None:
    here = company(app)
    account = here.add("account", name="Aceros Muñoz & Hijos")
    quote = offered(here, "100 EUR", account=account, discount="10 %", reference="RFQ 7", terms="Pago a 30 días\n¡Ya!")
    here.add("quote_line", quote=quote, name="Ñandú", quantity="2.5", unit_price="1000 EUR", discount="5 %", tax="4 %")
    here.browser().get(f"/crm/quotes/{quote}")
    english, spanish = (
        read(here.browser().get(f"/crm/quotes/{quote}/paper/{language}").response.data) for language in ("en", "es")
    )
    for text in (english, spanish):
        for said in ("Q-1001", "Aceros Muñoz & Hijos", "Ñandú", "RFQ 7", "Pago a 30 días", "Seller Vega"):
            assert said in text, (said, text)
    for said in ("Quote in preparation", "Valid until April 1, 2026", "€2,475.00", "-€247.50", "Tax of 4", "€2,331.90"):
        assert said in english, (said, english)
    for said in ("Cotización Q-1001", "1 de abril de 2026", "2.475,00 €", "-247,50 €", "2.331,90 €", "Condiciones"):
        assert said in spanish.replace("\xa0", " "), (said, spanish)
    here.browser().get(f"/crm/quotes/{quote}/paper/fr", status=404)


def test_the_paper_is_a_file_of_the_quote_and_names_the_company_and_where_it_stands(app: Flask) -> None:
    here = company(app)
    old = sent(here)
    renew(here, old)
    answer = here.browser().get(f"/crm/quotes/{old}/paper/en").response
    assert (answer.mimetype, answer.data[:5]) == ("application/pdf", b"%PDF-")
    assert answer.headers["Content-Disposition"] == f"attachment; filename=quote-{old}-en.pdf"
    assert "Superseded" in read(answer.data)
    assert "Vega Pumps Ltd" in read(pdf_of(paper(company="Vega Pumps Ltd")))
    found = PdfReader(BytesIO(pdf_of(paper(company="Vega Pumps Ltd")))).metadata
    assert found is not None
    assert (found.title, found.author) == ("Quote Q-1", "Vega Pumps Ltd")


@pytest.mark.parametrize(
    "text", ["<b>x</b> & <font", "€ ß Łódź Ελλάδα Привет", "x" * 200, "a\u202eb\x00c", "&nbsp;&#0;"]
)
def test_any_text_stands_on_the_paper_as_text(text: str) -> None:
    shown = read(pdf_of(paper(name=text, account=text, terms=text, number=text[:100], company=text)))
    plain = text.replace("\u202e", "").replace("\x00", "")
    assert plain.replace(" ", "") in shown.replace(" ", "")


def test_letters_that_the_font_lacks_are_marked_not_dropped() -> None:
    assert "\ufffd\ufffd Ltd" in read(pdf_of(paper(account="日本 Ltd")))


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200), st.text(max_size=400))
def test_no_text_keeps_the_paper_from_being_made(name: str, terms: str) -> None:
    assert PdfReader(BytesIO(pdf_of(paper(name=name, terms=terms, reference=name)))).pages


def test_many_lines_go_on_over_pages_with_their_head_and_number() -> None:
    pdf = pdf_of(paper(120, terms="Word " * 3000))
    pages = PdfReader(BytesIO(pdf)).pages
    assert len(pages) > 4
    assert all("Price of one" in page.extract_text() for page in list(pages)[:3])
    assert all(f"Page {number}" in page.extract_text() for number, page in enumerate(pages, 1))
    assert read(pdf).count("Pump") == 120
    assert pdf == pdf_of(paper(120, terms="Word " * 3000)), "the same paper makes the same file"


@pytest.mark.parametrize(("currency", "shown"), [("JPY", "¥12,100"), ("KWD", "12.100"), ("USD", "$121.00")])
def test_amounts_have_the_decimals_of_their_currency(currency: str, shown: str) -> None:
    with speaking(speech_of("en", "UTC")):
        assert shown in read(pdf_of(paper(10, currency=currency))).replace("\xa0", " ")
