"""Commitments: promised beside records, kept or broken for a reason, overdue by their day."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from implementor.crm.commitments.models import Commitment
from implementor.crm.commitments.services import AlreadySettled, mark_broken, mark_kept
from implementor.crm.records.services import BeyondReach
from implementor.foundation.errors import InvalidInput
from tests.crm.builders import START, Company, company


def promised(here: Company, **values: Any) -> int:
    """A promise to a new account; returns its id."""
    account = here.add("account", name="Iberia Steel")
    return here.add(
        "commitment", **{"promise": "Deliver on Friday", "due_on": "2026-03-06", "account": account, **values}
    )


@pytest.mark.parametrize(
    ("today", "state"), [(date(2026, 3, 6), "open"), (date(2026, 3, 7), "overdue"), (date(2026, 3, 1), "open")]
)
def test_a_promise_is_overdue_from_the_day_after_it_was_due(today: date, state: str) -> None:
    assert Commitment(promise="Deliver", due_on=date(2026, 3, 6)).state(today) == state


def test_a_promise_is_kept_or_broken_once_by_somebody_for_a_reason(app: Flask) -> None:
    here = company(app)
    made = promised(here)
    with here.working() as session, pytest.raises(InvalidInput):
        mark_broken(session, session.get_one(Commitment, made), reason=" ", by=here.by(), at=START)
    with here.working("manager") as session:
        mark_broken(session, session.get_one(Commitment, made), reason="No trucks", by=here.by("manager"), at=START)
    stored = here.stored(Commitment, made)
    assert (stored.broken_by_id, stored.reason) == (here.people["manager"].id, "No trucks")
    with here.working() as session, pytest.raises(AlreadySettled):
        mark_kept(session, session.get_one(Commitment, made), reason="", by=here.by(), at=START)


def test_undo_makes_a_promise_open_again(app: Flask) -> None:
    here = company(app)
    made = promised(here)
    with here.working() as session:
        mark_kept(session, session.get_one(Commitment, made), reason="", by=here.by(), at=START)
    here.undo()
    assert here.stored(Commitment, made).is_open


def test_another_team_s_promise_is_not_ours_to_settle(app: Flask) -> None:
    here = company(app)
    made = promised(here)
    with here.working("elsewhere") as session, pytest.raises(BeyondReach):
        mark_kept(session, session.get_one(Commitment, made), reason="", by=here.by("elsewhere"), at=START)


def test_people_promise_and_settle_on_pages(app: Flask) -> None:
    here = company(app)
    account = here.add("account", name="Iberia Steel")
    browser = here.browser()
    page = browser.get(f"/crm/accounts/{account}").follow("New commitment")
    back = page.form("Promise").submit(promise="Send samples", due_on="2026-01-02")
    assert "Send samples" in back.text
    assert "Overdue" in back.text
    record = back.follow("Send samples")
    again = record.form("It was kept").submit(reason="", status=422, button="It was broken")
    assert "Say why it was broken" in again.text
    settled = again.form("It was kept").submit(reason="They came by post")
    assert "Kept" in settled.text
    assert "kept a commitment: Send samples" in browser.get(f"/crm/accounts/{account}/history").text


def test_the_list_tells_the_overdue_from_the_open(app: Flask) -> None:
    here = company(app)
    promised(here, promise="Long ago", due_on="2020-01-01")
    promised(here, promise="Far off", due_on="2199-01-01")
    browser = here.browser()
    overdue = browser.get("/crm/commitments?state=overdue").text
    assert "Long ago" in overdue
    assert "Far off" not in overdue
    both = browser.get("/crm/commitments?state=open,overdue&owner=me").text
    assert "Long ago" in both
    assert "Far off" in both
