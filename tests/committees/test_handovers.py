"""The end of a project: what has to be so before it is handed on, who keeps what from then on, and the way back."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from implementor.committees.gate_checks import standing_body_met
from implementor.committees.models import Committee, CommitteeMember, Handover
from implementor.foundation.errors import InvalidInput
from implementor.foundation.permissions import Role
from implementor.governance.models import ActionItem, Risk
from implementor.metrics.models import Metric
from implementor.metrics.services import create_metric
from implementor.notifications.models import Notice
from implementor.projects.models import Project
from implementor.projects.services import edit_project
from implementor.stages.checks import GatePlace
from implementor.waves.models import Wave
from implementor.waves.services import create_wave
from tests.auth.builders import add_person, reading, working
from tests.committees.builders import SOON, Table, table
from tests.duplicates.test_at_once import at_once
from tests.governance.builders import action, risk
from tests.machinery.pages import Page
from tests.projects.builders import browser_of

PAGE = "/projects/VEN/after-the-end"
REVIEW = (SOON + timedelta(days=90)).date()


@pytest.fixture
def ended(app: Flask) -> Table:
    """VEN with a finished wave; its lead keeps an action item, the member a risk, and nobody a metric."""
    held = table(app)
    action(app, held.people["project_lead"], title="Ask the bank again")
    risk(app, held.people["member"], title="The bank merges")
    with working(app, held.by("project_lead")) as session:
        create_wave(session, project_id=1, values={"name": "Wave of all"}, by=held.by("project_lead"), at=SOON)
        create_metric(session, project_id=1, values={"name": "Days of a quote"}, by=held.by(), at=SOON)
        session.execute(update(Wave).values(stage="finished"))
        session.execute(update(ActionItem).values(owner_id=held.people["project_lead"].id))
        session.execute(update(Risk).values(owner_id=held.people["member"].id))
    return held


def handed(held: Table, **more: Any) -> Page:
    """Sent by the lead: the committee goes on, the change of keepers is that of `more`."""
    form = browser_of(held.app, held.people["project_lead"]).get(PAGE).form("hand_on")
    said = {"committee_id": str(held.committee_id), "keeper_id": str(held.people["committee"].id)}
    return form.submit({**said, "review_on": str(REVIEW), "note": "Look at the bank.", **more})


def test_it_is_handed_on_with_somebody_for_everything_that_is_open(ended: Table) -> None:
    people = ended.people
    lead = f"keep_action_item_{people['project_lead'].id}"
    named = {"keep_metric_0": str(people["committee"].id), lead: str(people["sponsor"].id)}
    text = handed(ended, **named).text
    assert "Handed on" in text
    assert "Look at the bank." in text
    with reading(ended.app) as session:
        assert session.get_one(Project, 1).status == "handed_on"
        assert session.scalars(select(Metric.owner_id)).one() == people["committee"].id
        assert session.scalars(select(ActionItem.owner_id)).one() == people["sponsor"].id
        assert session.scalars(select(Risk.owner_id)).one() == people["member"].id
    listed = browser_of(ended.app, people["sponsor"]).get("/projects?status=handed_on")
    assert "VEN" in listed.find("main").text_content()
    viewer = browser_of(ended.app, people["viewer"])
    assert 'id="hand_on"' not in viewer.get(PAGE).html
    assert viewer.post(PAGE, {}, status=403)
    assert browser_of(ended.app, add_person(ended.app, "Sofia Sosa")).get(PAGE, status=404)


def test_who_is_named_is_told_and_who_kept_it_already_is_not(ended: Table) -> None:
    people = ended.people
    lead = f"keep_action_item_{people['project_lead'].id}"
    handed(ended, keep_metric_0=str(people["committee"].id), **{lead: str(people["sponsor"].id)})
    handed(ended)
    with reading(ended.app) as session:
        told = session.scalars(select(Notice.user_id).where(Notice.kind == "project.kept")).all()
    assert sorted(told) == sorted(people[name].id for name in ("committee", "sponsor"))
    page = browser_of(ended.app, people["sponsor"]).get("/notices")
    assert "VEN is handed on, and you keep something of it" in page.text


def test_what_nobody_keeps_and_what_is_not_finished_hold_it_back(ended: Table) -> None:
    lead = browser_of(ended.app, ended.people["project_lead"])
    form = lead.get(PAGE).form("hand_on")
    refused = form.submit(status=422).text
    for said in ("Choose a committee that somebody chairs.", "Choose a day after today.", "Say who keeps this."):
        assert said in refused
    with working(ended.app) as session:
        session.execute(update(Wave).values(stage="adoption"))
    form.values["idempotency_key"] = ["another"]
    assert "Every wave is finished" in form.submit(status=409).text
    assert "Wave of all" in lead.get(PAGE).text
    with working(ended.app) as session:
        session.execute(update(Wave).values(stage="finished", archived_at=SOON))
    assert "There is no wave yet." in lead.get(PAGE).text
    with working(ended.app) as session:
        session.execute(update(Wave).values(archived_at=None))
        session.execute(update(CommitteeMember).values(ends_on=(SOON - timedelta(days=1)).date()))
    assert "None has a chair who is there today." in lead.get(PAGE).text


def test_it_is_arranged_anew_taken_back_with_a_reason_and_undone(ended: Table) -> None:
    keeper = {"keep_metric_0": str(ended.people["committee"].id)}
    handed(ended, **keeper)
    lead = browser_of(ended.app, ended.people["project_lead"])
    page = lead.get(PAGE)
    lead.get(PAGE).form("hand_on").submit(keeper_id=str(ended.people["sponsor"].id))
    with reading(ended.app) as session:
        assert session.scalars(select(Handover.keeper_id)).all() == [ended.people["sponsor"].id]
    assert page.form("back").submit(reason=" ", status=422)
    back = lead.get(PAGE).form("back").submit(reason="A second country begins.")
    assert "A second country begins." in back.text
    with reading(ended.app) as session:
        assert session.get_one(Project, 1).status == "active"
    handed(ended)
    with reading(ended.app) as session:
        assert session.get_one(Project, 1).status == "handed_on"
        assert len(session.scalars(select(Handover)).all()) == 2
    lead.get("/projects/VEN/history").form("Undo").submit()
    with reading(ended.app) as session:
        assert session.get_one(Project, 1).status == "active"


def test_its_state_is_given_on_its_page_alone_and_its_keeper_is_succeeded(ended: Table) -> None:
    lead = browser_of(ended.app, ended.people["project_lead"])
    handed(ended, keep_metric_0=str(ended.people["committee"].id))
    admin = browser_of(ended.app, add_person(ended.app, "Ada Amt", Role.ADMIN))
    leaving, new = ended.people["committee"], add_person(ended.app, "Nora Next")
    address = f"/settings/people/{leaving.id}"
    admin.get(address)
    assert "Keeper of a project that was handed on" in admin.post(f"{address}/disable", status=409).text
    admin.get(f"{address}/successor").form("successor").submit(successor_id=str(new.id))
    assert admin.post(f"{address}/disable").url == address
    assert "Nora Next" in lead.get(PAGE).text
    with working(ended.app) as session:
        project = session.get_one(Project, 1)
        with pytest.raises(InvalidInput, match="After the end"):
            edit_project(session, project, {"status": "active"}, by=ended.by(), at=SOON)
        assert session.get_one(Committee, ended.committee_id).name == "Steering committee"


def test_a_gate_asks_whether_a_committee_with_a_chair_has_met(ended: Table) -> None:
    place = GatePlace(1, "VEN", on=SOON.date())
    with reading(ended.app) as session:
        assert not standing_body_met(session, place, {}).passes(100)
    meeting_id = ended.plan()
    ended.begin(meeting_id, "sponsor", "committee")
    ended.close(meeting_id)
    with reading(ended.app) as session:
        assert standing_body_met(session, place, {}).passes(100)
        assert not standing_body_met(session, GatePlace(2, "SER", on=SOON.date()), {}).passes(100)
    with working(ended.app) as session:
        session.execute(update(CommitteeMember).values(ends_on=(SOON - timedelta(days=1)).date()))
    with reading(ended.app) as session:
        assert not standing_body_met(session, place, {}).passes(100)


def test_two_who_hand_it_on_at_once_hand_it_on_once(ended: Table) -> None:
    said = {"committee_id": str(ended.committee_id), "keeper_id": str(ended.people["committee"].id)}
    said |= {"review_on": str(REVIEW), "keep_metric_0": str(ended.people["sponsor"].id)}
    forms = [
        browser_of(ended.app, ended.people[role]).get(PAGE).form("hand_on") for role in ("project_lead", "sponsor")
    ]
    pages = at_once(lambda: forms[0].submit(said), lambda: forms[1].submit(said))
    assert all("Who goes on with it" in getattr(page, "text", "") for page in pages)
    with reading(ended.app) as session:
        assert len(session.scalars(select(Handover)).all()) == 1
