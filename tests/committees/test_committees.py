"""Committees: set up by form, one chair, a page of constant cost, and what a role decides alone between meetings."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.committees.models import Committee, CommitteeMember
from implementor.committees.services import committees
from implementor.committees.services.between import BeyondAuthority
from implementor.foundation.permissions import Role
from implementor.governance.models import Decision
from implementor.governance.services import changes
from tests.auth.builders import add_person, reading, working
from tests.committees.builders import SOON, Table, later, table
from tests.governance.builders import action, change, question
from tests.machinery.statements import Statements, counting
from tests.projects.builders import add_project, browser_of

LIST = "/projects/VEN/committees"


@pytest.fixture
def held(app: Flask) -> Table:
    """The committee of VEN with its people."""
    return table(app)


def test_a_committee_is_set_up_with_members_and_limits_and_changed(held: Table) -> None:
    browser = browser_of(held.app, held.people["project_lead"])
    page: Any = browser.get(LIST).follow("New committee").form("main form")
    page = page.submit(name="Data board", quorum_kind="share", quorum="60", clock="25:00", status=422)
    assert set(page.form("main form").errors) == {"clock"}
    page = page.form("main form").submit(clock="8:05", time_zone="America/Bogota", rhythm="weekly")
    assert "08:05 America/Bogota" in page.text
    page = browser.get(f"{page.url}/members")
    page = page.form("seat").submit(user_id=str(held.people["sponsor"].id), part="chair")
    page = page.form("limit").submit(role="project_lead", amount="500 USD", days="3")
    assert "Sara Sol" in page.text
    assert "up to 3 days" in page.text
    answer = page.form("seat").submit(user_id=str(held.people["committee"].id), part="chair", status=409)
    assert "chairs this committee" in answer.text
    page = browser.get(page.url).follow("Change Sara Sol").form("seat").submit(part="member", ends_on="2020-01-01")
    assert "Not today" in page.text
    page.form("Take off").submit()
    with reading(held.app) as session:
        seats = session.scalars(select(CommitteeMember).where(CommitteeMember.committee_id == 2)).all()
        assert [seat.removed_at is not None for seat in seats] == [True]


def test_nobody_from_outside_the_project_sits_and_viewers_only_look(held: Table) -> None:
    stranger = add_person(held.app, "Tara Tor")
    with working(held.app, held.by()) as session:
        found = session.get_one(Committee, held.committee_id)
        seat = {"user_id": stranger.id, "part": "member", "starts_on": None, "ends_on": None}
        with pytest.raises(Exception, match="role in this project"):
            committees.seat_person(session, found, seat, by=held.by(), at=SOON)
    viewer = browser_of(held.app, held.people["viewer"])
    page = viewer.get(f"{LIST}/{held.committee_id}")
    assert "Plan the next meeting" not in page.text
    assert viewer.get(f"{LIST}/{held.committee_id}/members", status=None).status == 403
    assert viewer.post(f"{LIST}/{held.committee_id}/next-meeting", status=None).status == 403
    assert browser_of(held.app, stranger).get(f"{LIST}/{held.committee_id}", status=None).status == 404


def test_a_committee_of_another_project_is_not_found(held: Table) -> None:
    add_project(held.app, "COL", people=[(Role.PROJECT_LEAD, held.people["project_lead"])])
    meeting_id = held.plan()
    lead = browser_of(held.app, held.people["project_lead"])
    for path in (f"committees/{held.committee_id}", f"meetings/{meeting_id}", f"meetings/{meeting_id}/calendar-file"):
        assert lead.get(f"/projects/COL/{path}", status=None).status == 404, path


def test_the_next_meeting_comes_from_the_rhythm_and_by_hand(held: Table) -> None:
    browser = browser_of(held.app, held.people["committee"])
    page: Any = browser.get(f"{LIST}/{held.committee_id}").form("Plan the next meeting").submit()
    assert "Steering committee, meeting 1" in page.text
    page = browser.get(f"{LIST}/{held.committee_id}/meetings/new").form("meeting")
    page = page.submit(title="", starts_at="2030-01-01T10:00", status=422)
    assert page.form("meeting").submit(title="Kick-off").find("h1").text_content().strip() == "Kick-off"


def statements_of(held: Table, path: str) -> Statements:
    browser = browser_of(held.app, held.people["sponsor"])
    browser.get(path)
    with counting() as counted:
        browser.get(path)
    return counted


def wait(held: Table) -> None:
    """One more question, request for change and overdue action item."""
    question(held.app, held.people["member"])
    change(held.app, held.people["member"])
    action(held.app, held.people["member"], due_on=later(-2).date())


@pytest.mark.parametrize("page", ["committee", "meeting", "running"])
def test_one_record_and_twelve_cost_the_same_statements(held: Table, page: str) -> None:
    meeting_id = held.plan(later(3) if page == "committee" else SOON)
    path = f"{LIST}/{held.committee_id}" if page == "committee" else f"/projects/VEN/meetings/{meeting_id}"
    wait(held)
    one = statements_of(held, path)
    for _turn in range(11):
        wait(held)
    if page == "running":
        held.begin(meeting_id, "sponsor")
        one = statements_of(held, path)
        for _turn in range(11):
            held.point(meeting_id, "One more")
    many = statements_of(held, path)
    assert len(many) == len(one), many.beyond(one)


def limited(held: Table, **values: Any) -> None:
    given = {"role": "sponsor", "amount": 1_000_00, "currency": "USD", "days": 5, **values}
    with working(held.app, held.by()) as session:
        found = session.get_one(Committee, held.committee_id)
        committees.set_limit(session, found, given, by=held.by(), at=SOON)


def test_between_meetings_a_role_decides_within_its_limits_and_no_further(held: Table) -> None:
    limited(held)
    page = browser_of(held.app, held.people["sponsor"]).get(f"{LIST}/{held.committee_id}/decide")
    form = page.form("between")
    said = {"question": "Two more licences?", "outcome": "Yes, two.", "reason": "The east needs them."}
    beyond = form.submit(said, amount="1000.01 USD", days="", status=409)
    assert "the agenda of its next meeting takes it up" in beyond.text
    assert form.submit(said, amount="10 EUR", status=409)
    assert form.submit(said, amount="1 USD", days="6", status=409)
    done = form.submit(said, amount="1000 USD", days="5")
    assert "Yes, two." in done.text
    form.submit(said, amount="9000 USD", days="", button="Put it on the next agenda")
    meeting_id = held.plan()
    assert held.keys(meeting_id) == ["question:2"]
    with reading(held.app) as session:
        assert [one.is_decided for one in session.scalars(select(Decision).order_by(Decision.id))] == [True, False]


def test_a_request_beyond_the_limits_is_answered_in_a_meeting_alone(held: Table) -> None:
    limited(held)
    made = change(held.app, held.people["member"], amount=2_000_00, currency="USD")
    with working(held.app, held.by()) as session:
        found = session.get_one(type(made), made.id)
        with pytest.raises(BeyondAuthority):
            changes.answer_change(session, found, answer="approved", reason="Now.", by=held.by(), at=SOON)
        changes.answer_change(session, found, answer="postponed", reason="Later.", by=held.by(), at=SOON)
    meeting_id = held.plan()
    held.begin(meeting_id, "sponsor", "committee")
    held.answer(meeting_id, "change:1", "approved")


def test_a_feed_shows_ones_own_meetings_alone_until_it_is_taken_back(held: Table) -> None:
    held.plan(later(5), title="Secret, big; plan")
    page = browser_of(held.app, held.people["member"]).get("/my-meetings").form("Make an address").submit()
    address = page.find("#feed_address").text_content().partition("://")[2].partition("/")[2]
    stranger = browser_of(held.app, held.people["viewer"])
    text = stranger.client.get(f"/{address}").get_data(as_text=True)
    assert "SUMMARY:VEN: Secret\\, big\\; plan" in text
    assert re.search(r"DTSTART:\d{8}T\d{6}Z", text)
    assert "Secret" not in stranger.get("/my-meetings").text
    assert stranger.client.get(f"/{address.replace('.', '.x', 1)}").status_code == 404
    with working(held.app, held.by()) as session:
        found = session.get_one(Committee, held.committee_id)
        seat = next(one for one in session.scalars(select(CommitteeMember)) if one.part == "guest")
        session.refresh(seat, ["user"])
        committees.unseat_person(session, found, seat, by=held.by(), at=SOON)
    assert "Secret" not in stranger.client.get(f"/{address}").get_data(as_text=True)
    page.form("Take the address back").submit()
    assert stranger.client.get(f"/{address}").status_code == 404


def test_members_are_told_once_of_an_invitation_and_again_when_it_moved(held: Table) -> None:
    meeting_id = held.plan(later(5))
    lead = browser_of(held.app, held.people["project_lead"])
    lead.get(f"/projects/VEN/meetings/{meeting_id}").form("Invite the members").submit()
    lead.get(f"/projects/VEN/meetings/{meeting_id}").form("Invite again").submit()
    member = browser_of(held.app, held.people["committee"])
    assert member.get("/notices").text.count("you are invited to a meeting") == 1
    assert "BEGIN:VEVENT" in lead.client.get(f"/projects/VEN/meetings/{meeting_id}/calendar-file").get_data(
        as_text=True
    )
