"""Interactions: logged beside records, seen for them, followed up, and in one timeline."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from implementor.crm.interactions.models import Interaction
from implementor.crm.interactions.services.interactions import NothingToFollow, finish_follow_up, log_interaction
from implementor.crm.records.services import BeyondReach
from implementor.foundation.errors import InvalidInput
from implementor.foundation.records import RecordRef
from tests.crm.builders import START, Company, company


def with_people(app: Flask) -> tuple[Company, int, int]:
    """A company with an account and a contact at it."""
    here = company(app)
    account = here.add("account", name="Iberia Steel")
    return here, account, here.add("contact", first_name="Ana", last_name="Soto", account=account)


def log(here: Company, ref: RecordRef, who: str = "seller", **values: Any) -> int:
    """Something logged beside a record; returns its id."""
    given = {"channel": "phone", "direction": "out", "subject": "Asked about steel", **values}
    with here.working(who) as session:
        logged = log_interaction(session, given, by=here.by(who), at=START, about=ref)
        session.flush()
        return logged.id


def test_what_is_logged_with_a_contact_is_the_accounts_too(app: Flask) -> None:
    here, account, contact = with_people(app)
    logged = here.stored(Interaction, log(here, RecordRef("contact", contact)))
    assert (logged.account_id, logged.contact_id, logged.at) == (account, contact, START)
    assert logged.owner_id == here.people["seller"].id


def test_an_interaction_with_nobody_is_refused(app: Flask) -> None:
    here = company(app)
    with pytest.raises(InvalidInput) as refused:
        here.add("interaction", channel="phone", direction="in", subject="Who was it?")
    assert list(refused.value.errors) == ["account"]


def test_what_has_not_happened_yet_is_no_interaction(app: Flask) -> None:
    here, account, _contact = with_people(app)
    with pytest.raises(InvalidInput) as refused:
        log(here, RecordRef("account", account), at=START + timedelta(hours=2))
    assert list(refused.value.errors) == ["at"]


def test_a_name_in_a_channel_is_known_once(app: Flask) -> None:
    here, account, _contact = with_people(app)
    ref = RecordRef("account", account)
    log(here, ref, channel="email", external_id="<1@mail>")
    log(here, ref, channel="chat", external_id="<1@mail>")
    with pytest.raises(InvalidInput) as refused:
        log(here, ref, channel="email", external_id="<1@mail>")
    assert list(refused.value.errors) == ["external_id"]


def test_a_follow_up_is_somebodys_and_done_once(app: Flask) -> None:
    here, account, _contact = with_people(app)
    with pytest.raises(InvalidInput):
        log(here, RecordRef("account", account), follow_up="Send the offer")
    logged = log(here, RecordRef("account", account), follow_up="Send the offer", follow_up_on=date(2026, 3, 5))
    assert here.stored(Interaction, logged).follow_up_owner_id == here.people["seller"].id
    with here.working() as session:
        finish_follow_up(session, session.get_one(Interaction, logged), by=here.by(), at=START)
    with here.working() as session, pytest.raises(NothingToFollow):
        finish_follow_up(session, session.get_one(Interaction, logged), by=here.by(), at=START)
    here.undo()
    assert here.stored(Interaction, logged).is_to_follow


def test_who_is_to_follow_up_may_say_that_it_is_done(app: Flask) -> None:
    here, account, _contact = with_people(app)
    theirs: dict[str, Any] = {"follow_up_on": date(2026, 3, 5), "follow_up_owner": here.people["elsewhere"].id}
    logged = log(here, RecordRef("account", account), **theirs)
    here.change("interaction", logged, "elsewhere", outcome="reached")
    other = log(here, RecordRef("account", account))
    with pytest.raises(BeyondReach):
        here.change("interaction", other, "elsewhere", outcome="reached")


def test_the_account_s_timeline_tells_what_happened_with_its_contacts(app: Flask) -> None:
    here, account, contact = with_people(app)
    log(here, RecordRef("contact", contact), body="She wants 40 tons", outcome="interested")
    log(here, RecordRef("account", account), channel="email", direction="in", subject="Complaint")
    browser = here.browser()
    told = browser.get(f"/crm/accounts/{account}/history").text
    assert "called: Asked about steel" in told
    assert "She wants 40 tons" in told
    assert "received a mail: Complaint" in told
    assert "Complaint" not in browser.get(f"/crm/contacts/{contact}/history").text


def test_people_log_from_the_page_of_the_record(app: Flask) -> None:
    here, account, _contact = with_people(app)
    browser = here.browser()
    page = browser.get(f"/crm/accounts/{account}").follow("Log a call")
    back = page.form("Log").submit(
        subject="Price of rebar", contact="Ana Soto", follow_up="Send the list", follow_up_on="2026-12-01"
    )
    assert back.heading == "Iberia Steel"
    assert "Send the list" in back.text
    done = back.form("Done").submit()
    assert "is done" in done.text
    assert "Price of rebar" in browser.get("/crm/interactions").text


def test_a_wrong_log_is_shown_again_with_what_was_typed(app: Flask) -> None:
    here, account, _contact = with_people(app)
    page = here.browser().get(f"/crm/interactions/log/account/{account}?channel=visit")
    again = page.form("Log").submit(subject="", body="All of it", status=422)
    assert "All of it" in again.html
    assert "Subject is needed" in again.text


def test_nothing_is_logged_about_what_one_does_not_see(app: Flask) -> None:
    here, account, _contact = with_people(app)
    browser = here.browser()
    browser.get("/crm/interactions/log/account/999999", status=404)
    browser.get(f"/crm/interactions/log/price_list/{account}", status=404)
    here.browser("stranger").get(f"/crm/interactions/log/account/{account}", status=403)


def test_moments_are_those_of_the_reader(app: Flask) -> None:
    here, account, _contact = with_people(app)
    at = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)
    logged = log(here, RecordRef("account", account), at=at)
    assert here.stored(Interaction, logged).at == at
