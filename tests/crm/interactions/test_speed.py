"""Timelines and days stay fast however much there is: each is read from the index made for it, on both databases."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from implementor.crm.accounts.models import Account
from implementor.crm.commitments import queries as commitments
from implementor.crm.commitments.models import Commitment
from implementor.crm.consents import queries as consents
from implementor.crm.contacts.models import Contact
from implementor.crm.interactions import queries
from implementor.crm.interactions.models import Appointment, Interaction
from implementor.crm.records.agenda import Asked
from implementor.foundation.model import Rows
from implementor.foundation.records import RecordRef
from tests.auth.builders import reading
from tests.crm.builders import START, Company, company
from tests.crm.test_plans import plan_of
from tests.machinery.statements import counting

TODAY = date(2026, 3, 2)


def statements(here: Company) -> dict[str, Rows]:
    """The index that is made for it -> a statement behind a timeline, a day or a question of consent."""
    actor = here.by()
    asked = Asked(actor, "me", None, TODAY, ZoneInfo("UTC"), START, 20)
    mine = asked.of(Interaction.follow_up_owner_id)
    return {
        "ix_interaction_list_account_id_at": queries.interactions_of(RecordRef("account", 1), actor),
        "ix_interaction_list_contact_id_at": queries.interactions_of(RecordRef("contact", 1), actor),
        "ix_interaction_list_about_kind_about_id_at": queries.interactions_of(RecordRef("opportunity", 1), actor),
        "ix_interaction_to_follow": queries.follow_ups(actor).where(mine, Interaction.follow_up_on <= TODAY),
        "ix_appointment_list_account_id_starts_at": queries.appointments_of(RecordRef("account", 1), actor),
        "ix_customer_commitment_list_owner_id_due_on": commitments.open_commitments(actor).where(
            asked.of(Commitment.owner_id), Commitment.due_on <= TODAY
        ),
        "ix_consent_contact": consents.said_by([1, 2], "marketing"),
    }


def fill(session: Session, here: Company) -> None:
    """Rows enough for the database to prefer what is narrow."""
    by, many = here.people["seller"].id, range(1, 3001)
    common = {"created_at": START, "updated_at": START, "version": 1}
    accounts = [
        {**common, "id": one, "name": f"A {one}", "name_key": f"a {one}", "owner_id": by} for one in range(1, 61)
    ]
    contacts = [
        {**common, "id": one, "last_name": f"C {one}", "name": "C", "name_key": "c", "sort_key": "c", "account_id": one}
        for one in range(1, 61)
    ]
    session.execute(insert(Account), accounts)
    session.execute(insert(Contact), contacts)
    rows = [
        {
            **common, "account_id": one % 60 + 1, "contact_id": one % 60 + 1, "about_kind": "opportunity",
            "about_id": one % 300, "owner_id": by if one % 20 == 0 else None, "subject": "S", "title": "T",
            "promise": "P", "channel": "phone", "direction": "out", "kind": "visit", "zone": "UTC",
            "at": START - timedelta(hours=one), "starts_at": START - timedelta(hours=one),
            "ends_at": START - timedelta(minutes=one), "due_on": TODAY - timedelta(days=one % 400 - 20),
            "follow_up_on": TODAY - timedelta(days=one % 400 - 20) if one % 10 == 0 else None,
            "follow_up_owner_id": by if one % 40 == 0 else None,
        }
        for one in many
    ]  # fmt: skip
    for model in (Interaction, Appointment, Commitment):
        names = {column.key for column in model.__table__.columns}
        session.execute(insert(model), [{name: row[name] for name in names & row.keys()} for row in rows])
    session.execute(text("ANALYZE"))


def test_each_is_read_from_the_index_made_for_it(app: Flask, database_kind: str) -> None:
    here = company(app)
    with here.working() as session:
        fill(session, here)
    elsewhere = []
    with reading(app) as session:
        for name, statement in statements(here).items():
            plan = plan_of(session, statement, database_kind)
            elsewhere += [f"{name}: {plan}"] if not any(name in line for line in plan) else []
    assert elsewhere == []


def test_a_timeline_of_many_is_paged_by_key_in_the_same_statements(app: Flask) -> None:
    here = company(app)
    account = here.add("account", name="Iberia Steel")
    browser, counts = here.browser(), []
    browser.get(f"/crm/accounts/{account}")  # a first visit is noted
    for count in (1, 40):
        for number in range(count):
            log(here, account, f"Call {number}")
        with counting() as seen:
            page = browser.get(f"/crm/accounts/{account}")
            told = browser.get(f"/crm/accounts/{account}/history")
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert page.heading == "Iberia Steel"
    assert "Show older entries" in told.links


def log(here: Company, account: int, subject: str) -> None:
    """A call with an account."""
    here.add("interaction", channel="phone", direction="out", subject=subject, account=account)
