"""Decisions: asked with options, voted on, taken with a reason, and reversed by another decision alone."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput
from implementor.foundation.events import _listeners
from implementor.foundation.permissions import Role
from implementor.foundation.records import RecordRef
from implementor.governance.events import DecisionReversed
from implementor.governance.models import ChangeRequest, Decision, DecisionVote, RecordLink
from implementor.governance.place import Here
from implementor.governance.services import changes, record_decision, reverse_decision
from implementor.governance.services.decisions import AlreadyDecided, NothingToReverse, edit_decision
from implementor.history.models import Action
from implementor.history.services import CannotUndo, undo_action
from tests.auth.builders import Person, reading, working
from tests.governance.builders import change, people_of_governance, question, risk
from tests.projects.builders import NOW, browser_of

LIST = "/projects/VEN/decisions"


@pytest.fixture
def people(app: Flask) -> dict[str, Person]:
    """The people of VEN."""
    return people_of_governance(app)


def decided(session: Session, by: Person, **values: Any) -> Decision:
    """A decision that was taken."""
    given = {"question": "Go on?", "outcome": "Yes.", "reason": "It pays.", **values}
    return record_decision(session, Here(1), **given, by=by.actor, at=NOW)


def test_a_question_is_put_and_decided_with_a_reason(app: Flask, people: dict[str, Person]) -> None:
    asked = browser_of(app, people["member"]).get(LIST).follow("New question").form("main form")
    page = asked.submit(question="Which supplier?", options="Almadata\nRedcelta", due_on="2026-04-01")
    assert page.url == f"{LIST}/1"
    assert page.all("form#take") == []
    page = browser_of(app, people["sponsor"]).get(f"{LIST}/1")
    page = page.form("take").submit(outcome="Almadata", reason="", status=422)
    assert "reason" in page.form("take").errors
    assert page.form("take").value("outcome") == "Almadata"
    page = page.form("take").submit(reason="The cheaper of two equals.")
    assert "The cheaper of two equals." in page.text
    assert page.all("form#take") == []
    with reading(app) as session:
        stored = session.scalars(select(Decision)).one()
    assert (stored.outcome, stored.decided_by_id, stored.owner_id) == (
        "Almadata", people["sponsor"].id, people["member"].id,
    )  # fmt: skip


def test_what_was_decided_is_neither_edited_nor_decided_twice_nor_undone(app: Flask, people: dict[str, Person]) -> None:
    with working(app, people["sponsor"].actor) as session:
        made = decided(session, people["sponsor"])
        session.flush()
        action = session.scalars(select(Action.id).order_by(Action.id.desc())).first()
    browser = browser_of(app, people["sponsor"])
    browser.get(LIST)
    assert browser.get(f"/projects/VEN/records/decision/{made.id}/edit", status=None).status == 409
    answer = browser.post(f"{LIST}/1/take", {"outcome": "No.", "reason": "Because."}, status=None)
    assert answer.status == 409
    assert "Another decision can reverse it" in answer.text
    assert browser.post(f"/projects/VEN/records/decision/{made.id}/archive", status=None).status == 409
    by = people["sponsor"].actor.with_roles([Role.SPONSOR])
    with working(app, by) as session:
        found = session.get_one(Action, action)
        with pytest.raises(Exception, match="Another decision can reverse it"):
            undo_action(session, found, by=by, at=found.at)


def test_a_decision_is_reversed_by_another_one_and_each_names_the_other(app: Flask, people: dict[str, Person]) -> None:
    with working(app, people["sponsor"].actor) as session:
        decided(session, people["sponsor"])
    page = browser_of(app, people["committee"]).get(f"{LIST}/1")
    page = page.form("reverse").submit(outcome="No.", reason="The money is gone.")
    assert page.url == f"{LIST}/2"
    assert "Reverses decision 1." in page.text
    assert "Reversed on" in browser_of(app, people["viewer"]).get(f"{LIST}/1").text
    with working(app, people["sponsor"].actor) as session:
        first, second = session.scalars(select(Decision).order_by(Decision.id)).all()
        assert (second.reverses_id, first.stands, second.stands) == (first.id, False, True)
        with pytest.raises(NothingToReverse):
            reverse_decision(session, first, outcome="x", reason="x", by=people["sponsor"].actor, at=NOW)


def test_who_listens_hears_of_a_reversal_in_the_same_transaction(
    app: Flask, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[DecisionReversed] = []
    monkeypatch.setitem(_listeners, DecisionReversed, [lambda _session, event: heard.append(event)])
    with working(app, people["sponsor"].actor) as session:
        first = decided(session, people["sponsor"])
        reverse_decision(session, first, outcome="No.", reason="Late.", by=people["sponsor"].actor, at=NOW)
        assert [(one.project_id, one.decision_id) for one in heard] == [(1, first.id)]


def test_a_recorded_decision_names_what_it_affects_once(app: Flask, people: dict[str, Person]) -> None:
    about = risk(app, people["member"])
    refs = [RecordRef("risk", about.id)] * 2
    with working(app, people["sponsor"].actor) as session:
        decided(session, people["sponsor"], affects=refs)
    with reading(app) as session:
        assert [one.other for one in session.scalars(select(RecordLink))] == refs[:1]
    browser = browser_of(app, people["viewer"])
    assert "The supplier leaves" in browser.get(f"{LIST}/1").text
    assert "Go on?" in browser.get("/projects/VEN/risks/1").text


def test_without_outcome_or_reason_nothing_is_written(app: Flask, people: dict[str, Person]) -> None:
    with working(app, people["sponsor"].actor) as session:
        for missing in ("outcome", "reason"):
            with pytest.raises(InvalidInput):
                decided(session, people["sponsor"], **{missing: " "})
        with pytest.raises(InvalidInput):
            decided(session, people["sponsor"], question=" ")
        assert session.scalars(select(Decision)).all() == []


def test_votes_are_asked_for_given_changed_and_counted(app: Flask, people: dict[str, Person]) -> None:
    question(app, people["member"], options="Almadata\nRedcelta")
    assert "vote" not in [one.get("id") for one in browser_of(app, people["committee"]).get(f"{LIST}/1").all("form")]
    browser_of(app, people["sponsor"]).get(f"{LIST}/1").form("Ask for votes").submit()
    committee = browser_of(app, people["committee"])
    page = committee.get(f"{LIST}/1").form("vote").submit(choice="Almadata", remark="They were there in May.")
    assert "They were there in May." in page.text
    page.form("vote").submit(choice="Redcelta")
    page = browser_of(app, people["sponsor"]).get(f"{LIST}/1").form("vote").submit(choice="abstain")
    assert "1 Redcelta" in page.text
    assert "0 Almadata" in page.text
    with reading(app) as session:
        assert {one.choice for one in session.scalars(select(DecisionVote))} == {"Redcelta", "abstain"}
    member = browser_of(app, people["member"])
    assert member.get(f"{LIST}/1").all("form#vote") == []
    assert member.post(f"{LIST}/1/vote", {"choice": "abstain"}, status=None).status == 403


def test_nobody_takes_the_vote_of_another_back(app: Flask, people: dict[str, Person]) -> None:
    question(app, people["member"])
    browser_of(app, people["sponsor"]).get(f"{LIST}/1").form("Ask for votes").submit()
    browser_of(app, people["committee"]).get(f"{LIST}/1").form("vote").submit(choice="against")
    by = people["project_lead"].actor.with_roles([Role.PROJECT_LEAD])
    with working(app, by) as session:
        found = session.scalars(select(Action).where(Action.verb == "decision.vote")).one()
        with pytest.raises(CannotUndo, match="by who gave it"):
            undo_action(session, found, by=by, at=found.at)


def test_a_vote_for_what_is_not_offered_or_after_the_end_is_refused(app: Flask, people: dict[str, Person]) -> None:
    question(app, people["member"])
    sponsor = browser_of(app, people["sponsor"])
    sponsor.get(LIST)
    assert sponsor.post(f"{LIST}/1/vote", {"choice": "for"}, status=None).status == 409
    sponsor.get(f"{LIST}/1").form("Ask for votes").submit()
    assert sponsor.post(f"{LIST}/1/ask-votes", status=None).status == 409
    assert sponsor.post(f"{LIST}/1/vote", {"choice": "perhaps"}, status=None).status == 422
    sponsor.get(f"{LIST}/1").form("take").submit(outcome="Yes", reason="All are for it.")
    assert sponsor.post(f"{LIST}/1/vote", {"choice": "for"}, status=None).status == 409


@pytest.mark.parametrize(("answer", "word"), [("approved", "Approved"), ("postponed", "Put off")])
def test_a_request_for_change_is_answered_by_a_decision(
    app: Flask, people: dict[str, Person], answer: str, word: str
) -> None:
    change(app, people["member"])
    page = browser_of(app, people["committee"]).get("/projects/VEN/changes/1")
    page = page.form("decide").submit(answer=answer, reason="We looked at the plan.")
    assert word in page.text
    with reading(app) as session:
        stored, decision = session.scalars(select(ChangeRequest)).one(), session.scalars(select(Decision)).one()
    assert (stored.answer, stored.decision_id) == (answer, decision.id)
    assert (decision.reason, stored.is_open) == ("We looked at the plan.", answer == "postponed")


def test_nobody_answers_their_own_request_and_none_is_answered_twice(app: Flask, people: dict[str, Person]) -> None:
    change(app, people["sponsor"])
    sponsor, committee = browser_of(app, people["sponsor"]), browser_of(app, people["committee"])
    said = {"answer": "approved", "reason": "I want it."}
    sponsor.get(LIST)
    committee.get(LIST)
    answer = sponsor.post("/projects/VEN/changes/1/answer", said, status=None)
    assert answer.status == 409
    assert "Somebody else on the committee decides it." in answer.text
    assert committee.post("/projects/VEN/changes/1/answer", {**said, "answer": "x"}, status=None).status == 422
    assert committee.post("/projects/VEN/changes/1/answer", {**said, "reason": ""}, status=None).status == 422
    committee.post("/projects/VEN/changes/1/answer", said)
    assert committee.post("/projects/VEN/changes/1/answer", said, status=None).status == 409
    with reading(app) as session:
        assert len(session.scalars(select(Decision)).all()) == 1


def test_reversing_the_decision_opens_the_request_again(app: Flask, people: dict[str, Person]) -> None:
    made = change(app, people["member"])
    by = people["committee"].actor
    with working(app, by) as session:
        found = session.get_one(ChangeRequest, made.id)
        decision = changes.answer_change(session, found, answer="approved", reason="Yes.", by=by, at=NOW)
        reverse_decision(session, decision, outcome="Not any more.", reason="No money.", by=by, at=NOW)
        assert (found.answer, found.decision_id) == (None, None)
    with working(app, by) as session:
        taken = session.get_one(Decision, decision.id)
        with pytest.raises(AlreadyDecided):
            edit_decision(session, taken, {"question": "x"}, by=by, at=NOW)
