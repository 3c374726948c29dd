"""Committees of programmes: one agenda from all its projects, decided in each of them, and nobody sees more by it."""

from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from implementor.committees.models import AgendaItem, Committee, Meeting
from implementor.committees.services.committees import create_committee
from implementor.foundation.permissions import SYSTEM, Role
from implementor.governance.models import ActionItem, ChangeRequest, Decision
from implementor.governance.services import raise_obstacle
from implementor.metrics.services import create_metric, measure
from implementor.projects.models import Programme, Project
from implementor.waves.services import create_wave
from tests.auth.builders import add_person, reading, working
from tests.committees.builders import SOON, USUAL, later
from tests.governance.builders import action, change, people_of_governance, question
from tests.machinery.pages import Browser
from tests.machinery.statements import counting
from tests.projects.builders import add_project, browser_of

SECRET = "The bank refuses the merger"


class Board:
    """VEN and COL in one programme: Sara leads both as sponsor, Olga sits on the committee and is in COL alone."""

    def __init__(self, app: Flask) -> None:
        self.app, self.people = app, people_of_governance(app)
        self.people["other"] = add_person(app, "Olga Otero")
        self.people["stranger"] = add_person(app, "Sofia Sosa")
        with reading(app) as session:
            self.programme_id = session.get_one(Project, 1).programme_id
        roles = [(Role.SPONSOR, self.people["sponsor"]), (Role.COMMITTEE, self.people["other"])]
        self.col = add_project(app, "COL", people=roles, programme_id=self.programme_id, programme_name="")
        with working(app) as session:
            session.get_one(Programme, self.programme_id).sponsor_id = self.people["sponsor"].id
        self.at = f"/programmes/{self.programme_id}"

    def browser(self, name: str) -> Browser:
        """Somebody's browser."""
        return browser_of(self.app, self.people[name])

    def seat(self, browser: Browser, committee_id: int = 1) -> None:
        """Let the sponsor chair, and Olga vote."""
        for name, part in (("sponsor", "chair"), ("other", "member")):
            page = browser.get(f"{self.at}/committees/{committee_id}/members")
            page.form("seat").submit(user_id=str(self.people[name].id), part=part)

    def meet(self, browser: Browser) -> str:
        """Set up a committee with both and plan its meeting; the address of the meeting."""
        page = browser.get(f"{self.at}/committees/new")
        page.form("committee").submit(name="Board", quorum_kind="count", quorum="1", rhythm="none", time_zone="UTC")
        self.seat(browser)
        page = browser.get(f"{self.at}/committees/1/meetings/new")
        page.form("meeting").submit(title="First", starts_at=f"{SOON:%Y-%m-%dT%H:%M}")
        return f"{self.at}/meetings/1"


@pytest.fixture
def board(app: Flask) -> Board:
    """The programme with its people."""
    return Board(app)


def waits(board: Board) -> None:
    """In VEN a question and a request for change, in COL an action item that is overdue."""
    question(board.app, board.people["member"], question=SECRET)
    change(board.app, board.people["member"], title="Pay the bank")
    action(board.app, board.people["sponsor"], board.col, title="Call Bogota", due_on=later(-3).date())


def test_one_agenda_is_made_of_all_projects_and_decided_in_each(board: Board) -> None:
    waits(board)
    chair = board.browser("sponsor")
    meeting = board.meet(chair)
    page = chair.get(meeting)
    for said in (SECRET, "Pay the bank", "Call Bogota", "VEN · ", "COL · "):
        assert said in page.text
    chair.post(f"{meeting}/begin", {})
    chair.post(f"{meeting}/attendance", {f"person_{board.people['sponsor'].id}": "present"})
    keys = {item.key: item for item in items(board)}
    assert {key: item.about_project_id for key, item in keys.items()} == {
        "question:1": 1, "change:1": 1, "action:1": board.col,
    }  # fmt: skip
    answers(chair, meeting, keys["question:1"], outcome="We go on")
    answers(chair, meeting, keys["change:1"])
    answers(chair, meeting, keys["action:1"], reason="Called")
    with reading(board.app) as session:
        assert session.get_one(Decision, 1).outcome == "We go on"
        assert session.get_one(ChangeRequest, 1).answer == "approved"
        assert session.get_one(ActionItem, 1).result == "Called"
        decided = session.scalars(select(Decision.project_id)).all()
    assert set(decided) == {1}
    assert all(item.answer for item in items(board))
    assert "VEN" in chair.get(f"{meeting}/review?point=end").text


def test_who_is_not_in_a_project_sees_its_line_alone_and_decides_nothing_there(board: Board) -> None:
    waits(board)
    chair = board.browser("sponsor")
    meeting = board.meet(chair)
    guest = board.browser("other")
    page = guest.get(meeting)
    assert "Call Bogota" in page.text
    assert "VEN · Rollout VEN" in page.text
    assert "2 points" in page.text
    assert SECRET not in page.text
    chair.post(f"{meeting}/begin", {})
    chair.post(f"{meeting}/attendance", {f"person_{board.people['other'].id}": "present"})
    hidden = next(item for item in items(board) if item.key == "question:1")
    assert guest.get(f"{meeting}/review?point={hidden.id}", status=None).status == 404
    for deed in ("answer", "note", "vote", "ask-votes"):
        sent = {"answer": "approved", "outcome": "Yes", "reason": "Yes", "note": "Yes", "choice": "for"}
        assert guest.post(f"{meeting}/points/{hidden.id}/{deed}", sent, status=None).status == 404
    given = {"title": "Mine", "point": str(hidden.id)}
    assert guest.post(f"{meeting}/actions", given, status=None).status == 404
    answers(chair, meeting, hidden, outcome=SECRET)
    chair.post(f"{meeting}/close", {})
    for address in (meeting, f"{board.at}/committees/1", "/my-meetings", "/"):
        assert SECRET not in guest.get(address).text, address
        assert "Pay the bank" not in guest.get(address).text, address
    assert SECRET in chair.get(meeting).text
    with reading(board.app) as session:
        said = session.get_one(Meeting, 1).minutes
    assert "VEN" in said
    assert SECRET not in said


def test_a_seat_opens_its_committee_and_no_project_and_nobody_else_learns_of_it(board: Board) -> None:
    chair = board.browser("sponsor")
    meeting = board.meet(chair)
    page = chair.get(f"{board.at}/committees/new")
    page.form("committee").submit(name="Inner circle", quorum="1", rhythm="none", time_zone="UTC")
    guest, stranger, lead = board.browser("other"), board.browser("stranger"), board.browser("project_lead")
    assert "Board" in guest.get(f"{board.at}/committees").text
    assert "Inner circle" not in guest.get(f"{board.at}/committees").text
    assert guest.get(f"{board.at}/committees/2", status=None).status == 404
    assert guest.get("/records/committee/2/edit", status=None).status == 404
    assert guest.get("/projects/VEN/", status=None).status == 404
    for browser in (stranger, lead):
        for address in (f"{board.at}/committees", f"{board.at}/committees/1", meeting, "/records/meeting/1/edit"):
            assert browser.get(address, status=None).status == 404, address
    assert "First" in guest.get("/my-meetings").text
    assert guest.get("/projects/COL/committees/1", status=None).status == 404
    assert chair.get("/programmes/99/committees", status=None).status == 404
    assert guest.post(f"{board.at}/committees/1/members", {}, status=None).status == 403


def test_a_point_names_its_project_and_without_one_its_answer_stays_in_the_minutes(board: Board) -> None:
    chair = board.browser("sponsor")
    meeting = board.meet(chair)
    chair.get(meeting).form("add_point").submit(title="Which country next", detail="", length_minutes="5", project="")
    chair.get(meeting).form("add_point").submit(
        title="A second depot", detail="", length_minutes="5", project=str(board.col)
    )
    guest = board.browser("other")
    guest.get(meeting)
    sent = {"title": "Peek", "length_minutes": "5", "project": "1"}
    assert guest.post(f"{meeting}/points", sent, status=None).status == 404
    chair.post(f"{meeting}/begin", {})
    chair.post(f"{meeting}/attendance", {f"person_{board.people['sponsor'].id}": "present"})
    for item in items(board):
        answers(chair, meeting, item, outcome=f"{item.title}: yes")
    whole, depot = items(board)
    assert (whole.about_project_id, whole.decision_id, whole.outcome) == (None, None, "Which country next: yes")
    assert depot.decision_id is not None
    with reading(board.app) as session:
        assert session.get_one(Decision, depot.decision_id).project_id == board.col
    chair.post(f"{meeting}/close", {})
    assert "Which country next: yes" in board.browser("other").get(meeting).text


def test_between_meetings_it_is_decided_in_the_project_that_was_chosen(board: Board) -> None:
    chair = board.browser("sponsor")
    board.meet(chair)
    page = chair.get(f"{board.at}/committees/1/decide")
    said: dict[str, Any] = {"question": "Move the party?", "outcome": "Yes", "reason": "Rain"}
    page = page.form("between").submit(**said, project="", status=422)
    assert "Say which project" in page.text
    page.form("between").submit(**said, project=str(board.col))
    with reading(board.app) as session:
        assert session.scalars(select(Decision.project_id)).all() == [board.col]


def test_calendar_feed_and_shared_pages_know_it(board: Board) -> None:
    chair = board.browser("sponsor")
    meeting = board.meet(chair)
    chair.post(f"{meeting}/invitation", {})
    guest = board.browser("other")
    assert "you are invited to a meeting" in guest.get("/notices").text
    assert meeting in guest.get("/notices").html
    assert b"Programme VEN: First" in guest.get(f"{meeting}/calendar-file").response.get_data()
    page = chair.get("/records/committee/1/edit").form().submit(name="Great board")
    assert page.url.endswith(f"{board.at}/committees/1")
    assert "Great board" in page.text
    assert chair.get("/records/meeting/1/edit").form().submit(title="Second").url.endswith(meeting)


def test_the_database_wants_exactly_one_of_project_and_programme(app: Flask, board: Board) -> None:
    values = {**USUAL, "name": "Neither"}
    for of in ({}, {"project_id": 1, "programme_id": board.programme_id}):
        with pytest.raises(IntegrityError), working(app) as session:
            create_committee(session, values=values, by=SYSTEM, at=SOON, **of)
    with reading(app) as session:
        assert session.scalars(select(Committee)).all() == []


def waits_in(board: Board, project_id: int) -> None:
    """One of each in a project: question, request for change, overdue action, obstacle, red metric and late wave."""
    by = board.people["sponsor"].actor
    question(board.app, board.people["sponsor"], project_id)
    change(board.app, board.people["sponsor"], project_id)
    action(board.app, board.people["sponsor"], project_id, due_on=later(-2).date())
    aim = {"name": "Closing rate", "unit": "percent", "direction": "up", "baseline": Decimal(10), "target": Decimal(90),
           "baseline_on": later(-90).date(), "due_on": later(1).date()}  # fmt: skip
    ends = {"name": "Late", "starts_on": later(-60).date(), "ends_on": later(-5).date()}
    with working(board.app, by) as session:
        here: dict[str, Any] = {"project_id": project_id, "by": by, "at": SOON}
        raise_obstacle(session, values={"title": "Big", "kind": "process", "severity": "critical"}, **here)
        metric = create_metric(session, values=aim, **here)
        measure(session, metric, on=later(-1).date(), value=Decimal(11), evidence="Report", by=by, at=SOON)
        create_wave(session, values=ends, **here)


def test_one_project_and_seven_cost_the_same_statements(board: Board) -> None:
    chair = board.browser("sponsor")
    meeting = board.meet(chair)
    waits_in(board, 1)
    chair.get(meeting)
    with counting() as one:
        chair.get(meeting)
    roles = [(Role.SPONSOR, board.people["sponsor"])]
    waits_in(board, board.col)
    for turn in range(5):
        waits_in(board, add_project(board.app, f"P{turn}", people=roles, programme_id=board.programme_id,
                                    programme_name=""))  # fmt: skip
    with counting() as many:
        page = chair.get(meeting)
    assert page.text.count("Closing rate") >= 7
    assert len(many) == len(one), many.beyond(one)


def items(board: Board) -> list[AgendaItem]:
    """The stored points of the meeting."""
    with reading(board.app) as session:
        return list(session.scalars(select(AgendaItem).order_by(AgendaItem.position)))


def answers(browser: Browser, meeting: str, item: AgendaItem, **said: Any) -> None:
    """Approve a point."""
    sent = {"answer": "approved", "reason": "Because.", **said}
    browser.post(f"{meeting}/points/{item.id}/answer", sent)
