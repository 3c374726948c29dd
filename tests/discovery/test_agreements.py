"""The agreement of marketing and sales: both sides promise, both sign, nobody for both; frozen, reviewed, replaced."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from implementor.discovery import agreement_services as services
from implementor.discovery.editions import NotComplete
from tests.discovery.builders import Deal, agreement, direction
from tests.projects.builders import browser_of

LIST = "/projects/VEN/agreements"


def page_of(deal: Deal, who: Any = None) -> Any:
    return browser_of(deal.there.app, who or deal.there.aim.people["lead"]).get(deal.url)


def test_both_sides_sign_and_then_it_is_in_force_and_frozen(app: Flask) -> None:
    deal = agreement(app)
    page = page_of(deal, deal.marketing).form("form[action$='/signature']").submit()
    assert "The other side is still to sign." in page.text
    assert deal.stored().state == "half"
    page_of(deal, deal.sales).form("form[action$='/signature']").submit()
    stored = deal.stored()
    assert (stored.state, stored.signed_at is not None) == ("signed", True)
    page = page_of(deal)
    assert page.all("form[action$='/signature'], #hold_to") == []
    page.browser.get(f"/projects/VEN/records/service_agreement/{deal.agreement_id}/edit", status=409)
    assert page.browser.post(f"{deal.url}/figures", {"metric": "1", "side": "sales"}, status=409)


def test_nobody_signs_for_both_sides_or_for_a_side_not_named_for(app: Flask) -> None:
    deal = agreement(app)
    lead = page_of(deal)
    form = lead.browser.get(f"/projects/VEN/records/service_agreement/{deal.agreement_id}/edit").form("main form")
    assert "Nobody signs for both sides." in form.submit(status=422, sales_signer_id=str(deal.marketing.id)).text
    assert lead.all("form[action$='/signature']") == []
    refused = lead.browser.post(f"{deal.url}/signature", {}, status=409)
    assert "Only the two people" in refused.text
    deal.sign(deal.marketing)
    again = page_of(deal, deal.marketing).browser.post(f"{deal.url}/signature", {}, status=409)
    assert "You signed this agreement already." in again.text


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({"marketing_duties": None}, "what marketing promises"),
        ({"sales_duties": None}, "what sales promises"),
        ({"data_clause": None}, "the data clause"),
        ({"sales_signer_id": None}, "who signs for each side"),
    ],
)
def test_what_lacks_something_is_not_signed_and_says_what(app: Flask, values: dict[str, Any], missing: str) -> None:
    deal = agreement(app, **values)
    assert missing in page_of(deal).text
    with pytest.raises(NotComplete, match=missing):
        deal.sign(deal.marketing)


def test_a_signature_is_taken_back_while_the_other_is_missing(app: Flask) -> None:
    deal = agreement(app)
    deal.sign(deal.marketing)
    page_of(deal, deal.marketing).form("form[action$='/signature/removal']").submit()
    assert deal.stored().state == "draft"
    deal.sign(deal.marketing, deal.sales)
    page = page_of(deal, deal.marketing)
    assert page.all("form[action$='/signature/removal']") == []
    page.browser.post(f"{deal.url}/signature/removal", {}, status=409)
    with pytest.raises(Exception, match="taken back on the page"):
        deal.there.aim.undo()


def test_a_review_is_written_down_and_the_next_follows(app: Flask) -> None:
    deal = agreement(app)
    assert page_of(deal).all("#review") == []
    deal.sign(deal.marketing, deal.sales)
    assert deal.stored().next_review_on == date(2026, 6, 2)
    page = page_of(deal)
    refused = page.form("#review").submit(status=422, note="")
    assert "Choose what came out" in refused.text
    page = page.form("#review").submit(outcome="broken", note="Twelve leads were never called.")
    assert "It was not kept" in page.text
    assert "Twelve leads were never called." in page.text
    stored = deal.stored().next_review_on
    assert stored is not None
    assert stored > date(2026, 6, 2)


def test_the_next_edition_replaces_the_former_when_both_signed_it(app: Flask) -> None:
    deal = agreement(app)
    deal.sign(deal.marketing, deal.sales)
    page = page_of(deal).form("form[action$='/edition']").submit()
    assert "Edition 2" in page.text
    assert page.texts("#figures tbody th") == ["Leads called within a day"]
    edition = deal.agreement_id + 1
    refused = page.browser.post(f"{deal.url}/edition", {}, status=409)
    assert "is being written already" in refused.text
    assert deal.stored().state == "signed"
    deal.sign(deal.marketing, deal.sales, agreement_id=edition)
    assert (deal.stored().state, deal.stored(edition).state) == ("replaced", "signed")
    assert page.browser.get("/projects/VEN/direction").status == 200


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)), (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)), (date(2026, 3, 2), 12, date(2027, 3, 2)),
    ],
)  # fmt: skip
def test_months_end_where_the_calendar_lets_them(day: date, months: int, after: date) -> None:
    assert services.months_after(day, months) == after


def test_another_project_learns_nothing_of_it(app: Flask) -> None:
    deal = agreement(app)

    stranger = direction(app, "SER").aim.browser()
    stranger.get(deal.url, status=404)
    stranger.get(f"/projects/SER/agreements/{deal.agreement_id}", status=404)
