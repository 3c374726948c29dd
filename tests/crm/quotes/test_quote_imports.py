"""Quotes from files: known again by their number, with the facts of their way, and taken back whole."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from implementor.crm.accounts.models import Account
from implementor.crm.quotes.models import Quote, QuoteFact
from tests.auth.builders import reading
from tests.crm.builders import Company, company
from tests.crm.importing import brought_in, counts
from tests.crm.importing import take_back as undo_import
from tests.crm.quotes.offers import take_back

SHEET = """Quote Number,Customer,Quote Date,Expiration Date,Total,Sent,Accepted,Rejected
P-7,VINET,2026-01-05,2026-02-05,100.50,2026-01-06,,
P-8,VINET,2026-01-07,,80,,2026-01-20,
P-9,TOMSP,2026-01-09,,70,,,
"""


def numbered(here: Company, number: str) -> Quote:
    with reading(here.app) as session:
        return session.scalars(select(Quote).where(Quote.number == number)).one()


def facts(here: Company, quote: int) -> list[tuple[str, str]]:
    with reading(here.app) as session:
        found = select(QuoteFact.kind, QuoteFact.at).where(QuoteFact.quote_id == quote, QuoteFact.archived_at.is_(None))
        rows = session.execute(found.order_by(QuoteFact.at, QuoteFact.id))
        return [(row.kind, row.at.date().isoformat()) for row in rows]


def test_quotes_come_in_with_their_way_and_are_known_again(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    assert counts(brought_in(here, "quote", tmp_path, SHEET)) == (3, 0, 0, 0)
    sent, accepted, draft = (numbered(here, number) for number in ("P-7", "P-8", "P-9"))
    assert (sent.state, sent.total_amount, sent.valid_until) == ("sent", 10050, date(2026, 2, 5))
    assert (accepted.state, accepted.valid_until, draft.state) == ("accepted", date(2026, 2, 6), "draft")
    assert facts(here, accepted.id) == [("sent", "2026-01-07"), ("accepted", "2026-01-20")]
    with reading(app) as session:
        assert session.get_one(Account, sent.account_id).name == "VINET"
    assert counts(brought_in(here, "quote", tmp_path, SHEET)) == (0, 0, 3, 0)
    later = SHEET.replace("2026-01-06,,", "2026-01-06,,2026-01-30").replace("2026-01-20", "2026-01-21")
    assert counts(brought_in(here, "quote", tmp_path, later)) == (0, 2, 1, 0)
    assert numbered(here, "P-7").state == "refused"
    assert facts(here, sent.id) == [("sent", "2026-01-06"), ("refused", "2026-01-30")]
    assert facts(here, accepted.id) == [("sent", "2026-01-07"), ("accepted", "2026-01-21")]
    take_back(here, accepted.id, who="crm_admin")
    assert numbered(here, "P-8").state == "sent"


def test_an_import_that_is_taken_back_leaves_no_quotes(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    brought_in(here, "quote", tmp_path, SHEET)
    undo_import(here)
    with reading(app) as session:
        left = select(func.count()).select_from(Quote).where(Quote.archived_at.is_(None))
        assert session.scalar(left) == 0


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("P-1,2026-01-05,2026-01-01,,", "before the day of the quote"),
        ("P-1,2026-01-05,,2025-12-01,", "before its day"),
        ("P-1,2026-01-05,,2026-01-06,2026-01-07", "not both"),
        ("P-1,,,,", "day of the quote is missing"),
    ],
)
def test_what_cannot_be_is_refused(app: Flask, tmp_path: Path, row: str, reason: str) -> None:
    text = f"Quote Number,Quote Date,Expiration Date,Accepted,Rejected\n{row}\n"
    report = brought_in(company(app), "quote", tmp_path, text)
    assert report["refused"] == 1
    assert reason in report["reasons"][0]["message"]
