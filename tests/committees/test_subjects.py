"""What comes onto an agenda by itself, and what each answer does: gates, waivers, money, obstacles, metrics."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.finance.models import BudgetAmount, BudgetBaseline
from implementor.finance.services import amounts, baselines, lines
from implementor.finance.services.amounts import Cell
from implementor.governance.models import Decision
from implementor.governance.services import raise_obstacle, reverse_decision
from implementor.governance.services.escalations import climb
from implementor.metrics.services import create_metric, measure
from implementor.projects.models import Project
from implementor.stages import gate_lines, gate_services
from implementor.stages.gate_finding import look_at_gate
from implementor.stages.gate_queries import draft_of
from implementor.stages.method_services import begin_draft, change_stage, publish, put_item, stage_of_draft
from implementor.stages.method_store import newest_method
from implementor.stages.methods import Item
from implementor.stages.models import Gate, GateWaiver
from tests.auth.builders import reading, working
from tests.committees.builders import SOON, Table, later, table
from tests.projects.builders import browser_of

LESSONS = Item("lessons", {"en": "Lessons", "es": "Lecciones"}, "project_lead")


@pytest.fixture
def held(app: Flask) -> Table:
    """The committee of VEN with its people."""
    return table(app)


def gated(held: Table) -> None:
    """The release of VEN has a gate that sponsor and committee sign; its one line is waived for five days."""
    lead, sponsor = held.by("project_lead"), held.by()
    with working(held.app, lead) as session:
        begin_draft(session, "open", by=lead, at=SOON)
        draft = session.scalars(draft_of(key="open")).one()
        _, stage = stage_of_draft(draft, "release")
        values = {"names": stage.names, "purposes": stage.purposes, "signatures": ["sponsor", "committee"]}
        change_stage(session, draft, "release", values, by=lead)
        for item in (LESSONS, replace(LESSONS, key="trained", weight=20)):
            put_item(session, draft, "release", item, by=lead)
        publish(session, draft, by=lead, at=SOON)
        newest = newest_method(session, "open")
        assert newest is not None
        project = session.get_one(Project, 1)
        project.method_version = newest.version
        session.flush()
        deed: dict[str, Any] = {"by": lead, "at": SOON}
        gate_services.prepare_gate(session, project, look_at_gate(session, project, "release", at=SOON), **deed)
        ready = look_at_gate(session, project, "release", at=SOON)
        gate_lines.tick_line(session, ready, "trained", evidence="List of Monday.", **deed)
        gate_lines.waive_line(
            session, project, look_at_gate(session, project, "release", at=SOON), "lessons", reason="Time.",
            expires_on=later(5).date(), by=sponsor, at=SOON,
        )  # fmt: skip
        gate_services.put_into_review(session, look_at_gate(session, project, "release", at=SOON), **deed)


def test_a_gate_is_signed_and_opened_in_a_meeting_and_its_waiver_prolonged(held: Table) -> None:
    gated(held)
    meeting_id = held.plan()
    assert held.keys(meeting_id) == ["gate:1", "waiver:1:lessons"]
    held.begin(meeting_id, "sponsor", "committee")
    until = later(20).date()
    held.answer(meeting_id, "waiver:1:lessons", "approved", day=until)
    with reading(held.app) as session:
        in_force = select(GateWaiver.expires_on).where(GateWaiver.withdrawn_at.is_(None))
        assert session.scalars(in_force).all() == [until]
    held.answer(meeting_id, "gate:1", "approved")
    with reading(held.app) as session:
        assert session.get_one(Gate, 1).state == "in_review"
    held.answer(meeting_id, "gate:1", "approved", "committee")
    with reading(held.app) as session:
        assert session.get_one(Gate, 1).is_open


def test_a_gate_is_sent_back_in_a_meeting(held: Table) -> None:
    gated(held)
    meeting_id = held.plan()
    held.begin(meeting_id, "sponsor", "committee")
    held.answer(meeting_id, "gate:1", "refused", reason="Write the lessons down.")
    with reading(held.app) as session:
        gate = session.get_one(Gate, 1)
    assert (gate.state, gate.remark) == ("mitigation", "Write the lessons down.")


def planned(session: Session) -> list[int | None]:
    found = select(BudgetAmount.amount).where(BudgetAmount.kind == "planned").order_by(BudgetAmount.month)
    return list(session.scalars(found))


def over_budget(held: Table) -> None:
    """A line that was approved with 1,000 and will cost 1,500."""
    lead = held.by("project_lead")
    first = SOON.date().replace(day=1)
    with working(held.app, lead) as session:
        here: dict[str, Any] = {"project_id": 1, "by": lead, "at": SOON}
        line = lines.create_line(session, values={"title": "Licences", "category": "licence", "currency": "VES"},
                                 **here)  # fmt: skip
        amounts.write_amounts(session, cells={Cell(line.id, "planned", first): 1_000_00}, **here)
        baselines.approve_budget(session, project_id=1, reason="So.", by=held.by(), at=SOON)
        amounts.write_amounts(session, cells={Cell(line.id, "forecast", _next_month(first)): 1_500_00}, **here)


def _next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def test_money_over_its_limit_is_granted_and_taken_back_with_the_decision(held: Table) -> None:
    over_budget(held)
    meeting_id = held.plan()
    assert "money:1" in held.keys(meeting_id)
    page = f"/projects/VEN/meetings/{meeting_id}"
    assert "Licences" in browser_of(held.app, held.people["committee"]).get(page).text
    assert "Licences" not in browser_of(held.app, held.people["viewer"]).get(page).text
    held.begin(meeting_id, "sponsor", "committee")
    with reading(held.app) as session:
        before = planned(session)
    held.answer(meeting_id, "money:1", "approved", reason="They are needed.")
    with working(held.app, held.by()) as session:
        assert sum(amount or 0 for amount in planned(session)) > sum(amount or 0 for amount in before)
        baseline = session.scalars(select(BudgetBaseline).order_by(BudgetBaseline.id.desc())).first()
        assert baseline is not None
        decision = session.get_one(Decision, baseline.decision_id)
        reverse_decision(session, decision, outcome="No.", reason="Too much.", by=held.by(), at=SOON)
        assert planned(session) == before
        assert baseline.withdrawn_at is not None


def test_critical_and_escalated_obstacles_and_red_metrics_come_by_themselves(held: Table) -> None:
    lead = held.by("project_lead")
    with working(held.app, lead) as session:
        for title, severity in (("Small", "low"), ("Big", "critical"), ("Old", "low")):
            values = {"title": title, "kind": "process", "severity": severity}
            made = raise_obstacle(session, project_id=1, values=values, by=lead, at=SOON)
        for _ in range(2):
            climb(session, made, by=lead, at=SOON, reason="It cannot wait.")
        aim = {"name": "Closing rate", "unit": "percent", "direction": "up", "baseline": Decimal(10),
               "baseline_on": later(-90).date(), "target": Decimal(90), "due_on": later(1).date()}  # fmt: skip
        metric = create_metric(session, project_id=1, values=aim, by=lead, at=SOON)
        measure(session, metric, on=later(-1).date(), value=Decimal(11), evidence="Report", by=lead, at=SOON)
    meeting_id = held.plan()
    assert held.keys(meeting_id) == ["obstacle:2", "obstacle:3", "metric:1"]
    held.begin(meeting_id, "sponsor", "committee")
    with pytest.raises(Exception, match="what is decided"):
        held.answer(meeting_id, "obstacle:2", "approved")
    held.answer(meeting_id, "obstacle:2", "approved", outcome="The sponsor calls them.")
    held.answer(meeting_id, "metric:1", "noted", reason="")
    page = browser_of(held.app, held.people["viewer"]).get("/projects/VEN/decisions/1")
    assert "The sponsor calls them." in page.text
    assert "Big" in page.text
