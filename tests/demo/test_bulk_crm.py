"""The large CRM: as many records as asked, in lists, on pages, in the search and among what tells duplicates."""

from datetime import UTC, datetime
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, insert, inspect, select
from sqlalchemy.exc import IntegrityError

from implementor.auth.models import Area
from implementor.auth.services.areas import add_area
from implementor.configuration.first_use import bring_in_shipped
from implementor.crm.accounts.models import Account
from implementor.crm.campaigns.models import Campaign, CampaignMember
from implementor.crm.cases.models import Case
from implementor.crm.contacts.models import Contact
from implementor.crm.interactions.models import Interaction
from implementor.crm.opportunities.models import Opportunity, StageEvent
from implementor.crm.quotes.models import Quote, QuoteLine
from implementor.demo import bulk_crm
from implementor.demo.bulk_crm import MODELS, Amounts, add_bulk_customers
from implementor.demo.bulk_crm_rows import Stamps
from implementor.demo.bulk_makers import made_by
from implementor.duplicates.match_keys import refresh_keys
from implementor.duplicates.models import MatchKey
from implementor.foundation.permissions import SYSTEM
from implementor.web.database import db, filling_session, writing_session
from tests.auth.builders import reading
from tests.crm.builders import Company, company
from tests.crm.own_fields import add_own_field

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STAMPS = {"created_at": NOW, "updated_at": NOW, "version": 1}
AMOUNTS = Amounts.around(60)


def build(app: Flask) -> Company:
    """A company with records in bulk, all of them the seller's."""
    here = company(app)
    with here.working("crm_admin") as session:
        bring_in_shipped(session, at=NOW)
    add_own_field(here, "opportunity", "text")  # as the demo world has one, by whose text sales are found
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
        models = (Account, Contact, Opportunity, Interaction, Case, Quote, QuoteLine, Campaign, CampaignMember)
        counts = [session.scalar(select(func.count()).select_from(one)) for one in models]
        facts = session.scalar(select(func.count(StageEvent.opportunity_id.distinct())))
        told_apart = session.scalar(select(func.count(MatchKey.record_id.distinct())).where(MatchKey.kind == "contact"))
    assert counts == [12, 60, 60, 180, 30, 20, 20, 1, 12]
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


def test_what_others_make_comes_in_its_order() -> None:
    with made_by([partial(pow, number, 2) for number in range(7)], makers=2) as made:
        assert list(made) == [0, 1, 4, 9, 16, 25, 36]


def test_rows_of_other_processes_are_found_by_indexes_that_waited(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    before = indexes(app)
    monkeypatch.setattr(bulk_crm, "BATCH", 25)
    monkeypatch.setattr(bulk_crm, "MANY", 1)
    here = build(app)
    assert indexes(app) == before
    assert "C-1001" in here.browser("seller").get("/search?q=C-1001").text


def test_keys_are_those_that_reading_the_records_gives(app: Flask) -> None:
    here = build(app)
    found = select(MatchKey.kind, MatchKey.role, MatchKey.value, MatchKey.record_id).order_by(
        *MatchKey.__table__.primary_key
    )
    with here.working() as session:
        made = session.execute(found).all()
        for kind, model in (("account", Account), ("contact", Contact)):
            refresh_keys(session, kind, session.scalars(select(model.id)).all())
        assert session.execute(found).all() == made


def test_what_a_filling_session_wrote_stays_and_the_next_one_checks_again(app: Flask) -> None:
    with filling_session(app) as session:
        session.execute(insert(Area).values(name="Sales", name_key="sales", **STAMPS))
    with reading(app) as session:
        assert session.scalars(select(Area.name)).all() == ["Sales"]
    with writing_session(app) as session, pytest.raises(IntegrityError):
        session.execute(insert(Area).values(name="Lost", name_key="lost", **STAMPS, created_by_id=999))
