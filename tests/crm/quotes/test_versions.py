"""Versions of a quote: the new one begins as the old one was, which stays readable and can be accepted no more."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.crm.quotes import following
from implementor.crm.quotes.models import Quote, QuoteLine
from tests.auth.builders import reading
from tests.crm.builders import START, company
from tests.crm.quotes.offers import LATER, lines, now, offered, renew, sent, take_back, told


def test_a_new_version_has_the_lines_and_the_terms_of_the_old_one(app: Flask) -> None:
    here = company(app)
    account = here.add("account", name="Iberia Steel")
    old = sent(here, "10 EUR", "7.77 EUR", account=account, discount="5 %", terms="30 days", reference="RFQ 1",
               valid_until=START.date() + timedelta(days=20))  # fmt: skip
    new = renew(here, old, who="manager")
    first, second = now(here, old), now(here, new)
    assert (first.state, first.superseded_at, second.supersedes_id) == ("superseded", LATER, old)
    assert (second.number, second.revision, second.state) == ("Q-1001 v2", 2, "draft")
    assert (second.account_id, second.terms, second.reference, second.owner_id) == (
        account, "30 days", "RFQ 1", first.owner_id,
    )  # fmt: skip
    assert second.valid_until - second.quoted_on == timedelta(days=20)
    assert lines(here, QuoteLine, new) == lines(here, QuoteLine, old)
    assert second.total_amount == first.total_amount
    here.add("quote_line", "manager", quote=new, name="More", unit_price="1 EUR")
    assert now(here, old).total_amount == first.total_amount


def test_versions_are_counted_on_and_the_newest_is_named(app: Flask) -> None:
    here = company(app)
    first = sent(here)
    second = renew(here, first)
    told(here, second, "sent", at=LATER)
    told(here, second, "refused", "Too dear", at=LATER)
    third = renew(here, second)
    assert now(here, third).number == "Q-1001 v3"
    for old in (first, second):
        with pytest.raises(following.SupersededQuote, match="Q-1001 v3"):
            renew(here, old)
    browser = here.browser()
    page = browser.get(f"/crm/quotes/{first}")
    assert [page.find(f"#versions li:nth-child({place})").text_content().split()[:2] for place in (1, 2)] == [
        ["Q-1001", "v3"], ["Q-1001", "v2"],
    ]  # fmt: skip
    assert "Thing at 10 EUR" in page.text, "the old one is still there to read"


def test_what_is_in_preparation_is_changed_instead(app: Flask) -> None:
    here = company(app)
    with pytest.raises(following.NotSent, match="change it as it is"):
        renew(here, offered(here, "10 EUR"))


def test_an_expired_quote_gets_a_version_that_holds_again(app: Flask) -> None:
    here = company(app)
    old, late = sent(here), START + timedelta(days=60)
    new = renew(here, old, at=late)
    assert now(here, new).valid_until == late.date() + timedelta(days=30)
    told(here, new, "sent", at=late)


def test_a_version_by_mistake_is_archived_and_the_old_one_holds_again(app: Flask) -> None:
    here = company(app)
    old = sent(here)
    new = renew(here, old)
    browser = here.browser()
    browser.get("/account")
    browser.post(f"/records/quote/{new}/archive")
    take_back(here, old, "superseded")
    assert now(here, old).state == "sent"
    assert now(here, renew(here, old)).number == "Q-1001 v2"


def test_renewed_twice_at_once_it_has_one_new_version(app: Flask) -> None:
    here = company(app)
    old = sent(here)
    ready = Barrier(2)

    def make(who: str) -> int | None:
        ready.wait()
        try:
            return renew(here, old, who=who)
        except following.SupersededQuote:
            return None

    with ThreadPoolExecutor(2) as both:
        made = list(both.map(make, ("seller", "manager")))
    assert made.count(None) == 1
    with reading(app) as session:
        assert sorted(session.scalars(select(Quote.revision))) == [1, 2]
