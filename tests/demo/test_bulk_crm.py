"""The large CRM: as many records as asked, in lists, on pages, in the search and among what tells duplicates."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, inspect, select

from implementor.auth.services.areas import add_area
from implementor.configuration.first_use import bring_in_shipped
from implementor.crm.accounts.models import Account
from implementor.crm.cases.models import Case
from implementor.crm.contacts.models import Contact
from implementor.crm.interactions.models import Interaction
from implementor.crm.opportunities.models import Opportunity, StageEvent
from implementor.demo import bulk_crm
from implementor.demo.bulk_crm import MODELS, Amounts, add_bulk_customers
from implementor.demo.bulk_crm_rows import Stamps
from implementor.duplicates.models import MatchKey
from implementor.foundation.permissions import SYSTEM
from implementor.web.database import db
from tests.auth.builders import reading
from tests.crm.builders import Company, company

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
AMOUNTS = Amounts.around(60)


def build(app: Flask) -> Company:
    """A company with records in bulk, all of them the seller's."""
    here = company(app)
    with here.working("crm_admin") as session:
        bring_in_shipped(session, at=NOW)
    with here.working("crm_admin", at=NOW) as session:
        area = add_area(session, name="Sales", by=SYSTEM, at=NOW)
        add_bulk_customers(session, AMOUNTS, Stamps(NOW, [here.people["seller"].id], [area.id]))
    return here


def indexes(app: Flask) -> dict[str, set[str | None]]:
    """The names of the indexes of each table that is filled."""
    with app.app_context():
        known = inspect(db.engine)
        names = [model.__tablename__ for model in MODELS]
        return {name: {index["name"] for index in known.get_indexes(name)} for name in names}


def test_there_is_as_much_as_was_asked_for(app: Flask) -> None:
    build(app)
    with reading(app) as session:
        models = (Account, Contact, Opportunity, Interaction, Case)
        counts = [session.scalar(select(func.count()).select_from(one)) for one in models]
        facts = session.scalar(select(func.count(StageEvent.opportunity_id.distinct())))
        told_apart = session.scalar(select(func.count(MatchKey.record_id.distinct())).where(MatchKey.kind == "contact"))
    assert counts == [12, 60, 60, 180, 30]
    assert (facts, told_apart) == (60, 60)


def test_its_records_work_like_any_others(app: Flask) -> None:
    here = build(app)
    browser = here.browser("seller")
    with reading(app) as session:
        contact = session.scalars(select(Contact).order_by(Contact.id)).first()
    assert contact is not None
    assert contact.name in browser.get(f"/crm/contacts/{contact.id}").text
    assert contact.name in browser.get(f"/crm/contacts?q={contact.name.split()[0]}").text
    assert browser.get("/crm/opportunities/board").all(".board-card")
    assert "C-1001" in browser.get("/search?q=C-1001").text
    assert browser.get("/crm/my-day").all("section li")


def test_indexes_that_wait_are_all_there_afterwards(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    before = indexes(app)
    monkeypatch.setattr(bulk_crm, "MANY", 1)
    build(app)
    assert indexes(app) == before
