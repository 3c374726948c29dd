"""Meetings: the agenda from what waits, decided in place with a quorum, proposed without one, frozen at the end."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.committees.deciding import MayNotDecide, NotAMember
from implementor.committees.models import AgendaItem, Meeting
from implementor.committees.models.meetings import MinutesFrozen
from implementor.committees.services.meetings import Repeated, close_meeting
from implementor.foundation.permissions import Role
from implementor.governance.models import ActionItem, ChangeRequest, Decision
from implementor.governance.services import reverse_decision
from implementor.history.models import Action
from implementor.history.services import CannotUndo, undo_action
from implementor.waves.models import Wave
from implementor.waves.services import create_wave
from tests.auth.builders import reading, working
from tests.committees.builders import SOON, Table, later, table
from tests.governance.builders import action, change, question, risk
from tests.projects.builders import browser_of


@pytest.fixture
def held(app: Flask) -> Table:
    """The committee of VEN with its people."""
    return table(app)


def waits(held: Table) -> None:
    """A question, a request for change, and an action item that is overdue."""
    question(held.app, held.people["member"])
    change(held.app, held.people["member"], amount=9_000_00, currency="USD", days=10)
    action(held.app, held.people["member"], due_on=later(-3).date())


def test_the_agenda_shows_what_waits_until_the_meeting_begins(held: Table) -> None:
    meeting_id = held.plan()
    waits(held)
    held.point(meeting_id, "The party")
    assert held.keys(meeting_id) == ["action:1", "question:1", "change:1", "own:1-1"]
    with working(held.app, held.by()) as session:
        session.get_one(Decision, 1).archived_at = SOON
    assert held.keys(meeting_id) == ["action:1", "change:1", "own:1-1"]
    held.begin(meeting_id)
    question(held.app, held.people["member"], question="And now?")
    assert held.keys(meeting_id) == ["action:1", "change:1", "own:1-1"]


def test_points_are_ordered_left_out_and_keep_their_place(held: Table) -> None:
    meeting_id = held.plan()
    waits(held)
    browser = browser_of(held.app, held.people["project_lead"])
    page = browser.get(f"/projects/VEN/meetings/{meeting_id}")
    address = f"/projects/VEN/meetings/{meeting_id}/agenda"
    browser.post(address, {"key": "change:1", "deed": "up"})
    browser.post(address, {"key": "action:1", "deed": "leave_out"})
    assert held.keys(meeting_id) == ["(action:1)", "change:1", "question:1"]
    assert browser.post(address, {"key": "gate:9", "deed": "up"}, status=None).status == 404
    assert browser.post(address, {"key": "change:1", "deed": "dance"}, status=None).status == 409
    page = browser.get(page.url).form("add_point").submit(title="", status=422)
    page.form("add_point").submit(title="Anything else", detail="", length_minutes="3")
    assert held.keys(meeting_id)[-1] == "own:1-1"


def test_with_a_quorum_an_answer_acts_at_once_and_is_a_decision(held: Table) -> None:
    meeting_id = held.plan()
    waits(held)
    held.begin(meeting_id, "sponsor", "committee")
    held.answer(meeting_id, "change:1", "approved")
    held.answer(meeting_id, "question:1", "approved", outcome="Almadata")
    held.answer(meeting_id, "action:1", "approved", reason="The supplier answered.")
    with reading(held.app) as session:
        assert session.get_one(ChangeRequest, 1).answer == "approved"
        assert session.get_one(Decision, 1).outcome == "Almadata"
        assert session.get_one(ActionItem, 1).result == "The supplier answered."
        items = session.scalars(select(AgendaItem).order_by(AgendaItem.position)).all()
    assert [(item.answer, item.is_proposal, item.decision_id is None) for item in items] == [
        ("approved", False, True), ("approved", False, False), ("approved", False, False),
    ]  # fmt: skip


def test_without_a_quorum_answers_stay_proposals_and_come_again(held: Table) -> None:
    meeting_id = held.plan()
    waits(held)
    held.point(meeting_id, "The party")
    held.begin(meeting_id, "sponsor", "member")
    held.answer(meeting_id, "change:1", "approved")
    held.answer(meeting_id, "own:1-1", "approved", outcome="In May")
    with reading(held.app) as session:
        assert session.get_one(ChangeRequest, 1).answer is None
        assert session.scalars(select(Decision).where(Decision.decided_at.is_not(None))).all() == []
    held.close(meeting_id)
    following = held.plan(later(300))
    assert held.keys(following) == ["action:1", "question:1", "change:1", "own:1-1"]
    page = browser_of(held.app, held.people["viewer"]).get(f"/projects/VEN/meetings/{meeting_id}")
    assert "Proposed: Approved" in page.text
    assert "from meeting 1" in browser_of(held.app, held.people["viewer"]).get(
        f"/projects/VEN/meetings/{following}").text  # fmt: skip


def test_a_wave_is_moved_by_its_point_and_back_when_the_decision_is_reversed(held: Table) -> None:
    ended, moved = later(-5).date(), later(20).date()
    with working(held.app, held.by()) as session:
        create_wave(session, project_id=1, values={"name": "East", "ends_on": ended}, by=held.by(), at=SOON)
    meeting_id = held.plan()
    held.begin(meeting_id, "sponsor", "committee")
    with pytest.raises(Exception, match="Say on which day"):
        held.answer(meeting_id, "wave:1", "approved")
    held.answer(meeting_id, "wave:1", "approved", day=moved)
    with working(held.app, held.by()) as session:
        assert session.get_one(Wave, 1).ends_on == moved
        decision = session.scalars(select(Decision)).one()
        reverse_decision(session, decision, outcome="No.", reason="Too late.", by=held.by(), at=SOON)
    with reading(held.app) as session:
        assert session.get_one(Wave, 1).ends_on == ended


def test_guests_strangers_to_the_committee_and_roles_without_the_right_decide_nothing(held: Table) -> None:
    change(held.app, held.people["member"])
    meeting_id = held.plan()
    held.begin(meeting_id, "sponsor", "committee")
    with pytest.raises(NotAMember):
        held.answer(meeting_id, "change:1", "approved", "member")
    with pytest.raises(NotAMember):
        held.answer(meeting_id, "change:1", "approved", "viewer")
    with pytest.raises(MayNotDecide):
        held.answer(meeting_id, "change:1", "approved", "project_lead")


def test_closing_freezes_everything_and_plans_the_next_meeting(held: Table) -> None:
    meeting_id = held.plan()
    waits(held)
    held.begin(meeting_id, "sponsor", "committee")
    held.answer(meeting_id, "change:1", "refused")
    lead = browser_of(held.app, held.people["project_lead"])
    page = lead.get(f"/projects/VEN/meetings/{meeting_id}/review?point=end").form("close").submit()
    assert "is closed. What is open comes to Steering committee, meeting 2." in page.text
    assert "Not decided; it comes to the next meeting." in page.text
    assert "(decision 2)" in page.text
    for path in ("minutes", "close", "agenda", "invitation", "begin", "attendance"):
        answer = lead.post(f"/projects/VEN/meetings/{meeting_id}/{path}", {"minutes": "Other"}, status=None)
        assert answer.status == 409, path
    with working(held.app, held.by()) as session:
        meeting = session.get_one(Meeting, meeting_id)
        assert (meeting.quorum_needed, meeting.voting_present) == (2, 2)
        meeting.minutes = "Other"
        with pytest.raises(MinutesFrozen):
            session.flush()
        session.rollback()
        item = session.scalars(select(AgendaItem)).first()
        session.delete(item)
        with pytest.raises(MinutesFrozen):
            session.flush()
        session.rollback()


def test_minutes_are_drafted_from_what_happened_and_can_be_changed(held: Table) -> None:
    meeting_id = held.plan()
    waits(held)
    held.begin(meeting_id, "sponsor", "committee")
    held.answer(meeting_id, "question:1", "approved", outcome="Almadata *first*", reason="Equal price.")
    browser = browser_of(held.app, held.people["project_lead"])
    review = f"/projects/VEN/meetings/{meeting_id}/review?point={held.item_id(meeting_id, 'question:1')}"
    browser.get(review).form("notes").submit(note="Long talk.")
    browser.get(review).form("give").submit(title="Write to Almadata", owner_id=str(held.people["member"].id))
    form = browser.get(f"/projects/VEN/meetings/{meeting_id}/minutes").form("write")
    draft = form.value("minutes")
    for said in ("Sara Sol (Chair): Present", "Quorum met", "Almadata \\*first\\*", "Long talk.", "Write to Almadata"):
        assert said in draft
    form.submit(minutes="# Ours\n\nShort.")
    browser.get(f"/projects/VEN/meetings/{meeting_id}/review?point=end").form("close").submit()
    assert "Short." in browser.get(f"/projects/VEN/meetings/{meeting_id}").text
    assert "Write to Almadata" in browser.get(f"/projects/VEN/committees/{held.committee_id}").text


def test_a_meeting_is_not_planned_twice_and_deeds_of_a_meeting_are_not_undone(held: Table) -> None:
    meeting_id = held.plan()
    with pytest.raises(Repeated):
        held.plan()
    risk(held.app, held.people["member"])
    held.begin(meeting_id, "sponsor", "committee")
    by = held.by().with_roles([Role.SPONSOR])
    with working(held.app, by) as session:
        begun = session.scalars(select(Action).where(Action.verb == "meeting.begin")).one()
        with pytest.raises(CannotUndo):
            undo_action(session, begun, by=by, at=begun.at + timedelta(seconds=1))


def test_votes_are_asked_for_and_given_on_the_screen(held: Table) -> None:
    question(held.app, held.people["member"], options="Almadata\nRedcelta")
    meeting_id = held.plan()
    held.begin(meeting_id, "sponsor", "committee")
    review = f"/projects/VEN/meetings/{meeting_id}/review?point={held.item_id(meeting_id, 'question:1')}"
    page: Any = browser_of(held.app, held.people["sponsor"]).get(review)
    page = page.form("Ask for votes").submit().form("vote").submit(choice="Redcelta")
    assert "1 Redcelta" in page.text
    page.form("answer").submit(outcome="Redcelta", reason="By vote.")
    with reading(held.app) as session:
        assert session.get_one(Decision, 1).outcome == "Redcelta"


def test_a_committee_without_a_rhythm_plans_nothing_when_a_meeting_closes(app: Flask) -> None:
    held = table(app, rhythm="none")
    meeting_id = held.plan()
    held.begin(meeting_id)
    with working(app, held.by()) as session:
        meeting = held.meeting(session, meeting_id)
        assert close_meeting(session, meeting, draft="Nobody came.", by=held.by(), at=SOON) is None
