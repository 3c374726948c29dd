"""One kind of record turned into another: text and links go along, both name each other, all of it is taken back."""

from itertools import permutations

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import Role
from implementor.foundation.records import RecordRef
from implementor.governance.drafts import reads, writes
from implementor.governance.models import ActionItem, Obstacle, RecordLink, Risk
from implementor.governance.place import Here
from implementor.governance.services import raise_obstacle, record_decision
from implementor.governance.services.conversions import KINDS, convert
from implementor.history.models import Action
from implementor.history.services import undo_action
from tests.auth.builders import Person, reading, working
from tests.governance.builders import action, change, people_of_governance, question, risk
from tests.projects.builders import NOW, browser_of


@pytest.fixture
def people(app: Flask) -> dict[str, Person]:
    """The people of VEN."""
    return people_of_governance(app)


def test_a_risk_becomes_an_obstacle_by_a_form_that_knows_what_it_says(app: Flask, people: dict[str, Person]) -> None:
    risk(app, people["member"], description="They told us so.", trigger="No answer for a week", impact=5)
    browser = browser_of(app, people["member"])
    page = browser.get("/projects/VEN/risks/1").follow("Turn into: Obstacle")
    form = page.form("convert")
    assert (form.value("title"), form.value("severity")) == ("The supplier leaves", "critical")
    assert "No answer for a week" in str(form.value("description"))
    page = form.submit()
    assert page.url == "/projects/VEN/obstacles/1"
    assert "They told us so." in page.text
    assert "Came from" in page.text
    page = browser.get("/projects/VEN/risks/1")
    assert "Closed" in page.text
    assert "It became: Obstacle 1." in page.text
    assert "Turned The supplier leaves into: Obstacle" in page.text
    with reading(app) as session:
        assert session.scalars(select(Obstacle)).one().owner_id == people["project_lead"].id


def test_every_kind_becomes_every_other_and_keeps_its_words(app: Flask, people: dict[str, Person]) -> None:
    member = people["member"]
    risk(app, member), action(app, member), change(app, member), question(app, member)
    with working(app, member.actor) as session:
        values = {"title": "No approval", "kind": "policy", "severity": "low"}
        raise_obstacle(session, project_id=1, values=values, by=member.actor, at=NOW)
    for kind, to in permutations(KINDS, 2):
        with working(app, member.actor) as session:
            record = session.scalars(select(KINDS[kind].model).order_by(KINDS[kind].model.id)).first()
            said = writes[to](reads[kind](record))
            made = convert(session, record, to=to, values=said, ending=False, by=member.actor, at=NOW)
            title = getattr(record, KINDS[kind].title_field)
            assert getattr(made, KINDS[to].title_field) == title
    with reading(app) as session:
        became = select(RecordLink.record_kind, RecordLink.other_kind).where(RecordLink.relation == "became")
        assert set(map(tuple, session.execute(became))) == set(permutations(KINDS, 2))


def test_what_a_record_is_connected_with_goes_along(app: Flask, people: dict[str, Person]) -> None:
    first = risk(app, people["member"])
    by = people["sponsor"].actor
    with working(app, by) as session:
        about = RecordRef("risk", first.id)
        record_decision(session, Here(1), question="Q", outcome="O", reason="R", by=by, at=NOW, affects=[about])
        record = session.get_one(Risk, first.id)
        said = {"title": "Call them"}
        made = convert(session, record, to="action_item", values=said, ending=True, by=by, at=NOW)
        affected = select(RecordLink.other_kind, RecordLink.other_id).where(RecordLink.relation == "affects")
        assert set(map(tuple, session.execute(affected))) == {("risk", first.id), ("action_item", made.id)}


def test_a_conversion_is_taken_back_as_a_whole(app: Flask, people: dict[str, Person]) -> None:
    first = risk(app, people["member"])
    by = people["member"].actor.with_roles([Role.MEMBER])
    with working(app, by) as session:
        record = session.get_one(Risk, first.id)
        convert(session, record, to="action_item", values={"title": "Call them"}, ending=True, by=by, at=NOW)
        session.flush()
        action_id = session.scalars(select(Action.id).order_by(Action.id.desc())).first()
    with working(app, by) as session:
        found = session.get_one(Action, action_id)
        undo_action(session, found, by=by, at=found.at)
    with reading(app) as session:
        assert session.get_one(Risk, first.id).is_open
        assert session.scalars(select(ActionItem)).one().is_archived
        assert session.scalars(select(RecordLink)).all() == []


def test_what_cannot_be_is_refused_and_a_viewer_turns_nothing(app: Flask, people: dict[str, Person]) -> None:
    first = risk(app, people["member"])
    with working(app, people["member"].actor) as session:
        record = session.get_one(Risk, first.id)
        for to in ("risk", "story"):
            with pytest.raises(Refusal, match="cannot be turned"):
                convert(session, record, to=to, values={}, ending=False, by=people["member"].actor, at=NOW)
    member, viewer = browser_of(app, people["member"]), browser_of(app, people["viewer"])
    assert member.get("/projects/VEN/convert/risk/1/story", status=None).status == 404
    assert member.get("/projects/VEN/convert/story/1/risk", status=None).status == 404
    assert viewer.get("/projects/VEN/convert/risk/1/obstacle", status=None).status == 403
    assert "Turn into" not in viewer.get("/projects/VEN/risks/1").text
