"""Gates in review and waivers that end, as points of an agenda."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from implementor.committees.proposals import Asked, Collected, Deed, Done, Proposal, Subject, by_project
from implementor.committees.queries.subjects import gates_in_review, waivers_that_end
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say
from implementor.governance.models import Decision
from implementor.stages import gate_lines, gate_services, permissions
from implementor.stages.gate_finding import look_at_gate
from implementor.stages.gate_look import Look
from implementor.stages.gate_services import NotYourSignature
from implementor.stages.method_store import methods_of
from implementor.stages.methods import Method
from implementor.stages.models import Gate
from implementor.web.language import show_date

SOON = timedelta(days=14)


def collect_gates(session: Session, asked: Asked) -> Collected:
    """The gates that wait for signatures."""
    return by_project(
        (gate.project_id, Proposal(
            str(gate.id), gate.title, str(say("In review since %(day)s.", day=show_date(gate.proposed_at))),
            RecordRef("gate", gate.id),
        ))
        for gate in session.scalars(gates_in_review(project_ids=asked.ids))
    )  # fmt: skip


def decide_gate(session: Session, deed: Deed) -> Done:
    """Sign in every role one holds and open it once all have signed, or send it back."""
    if deed.answer == "postponed":
        return Done()
    look = _look(session, deed)
    if deed.answer == "refused":
        gate_services.send_back(session, look, reason=deed.reason, by=deed.by, at=deed.at)
        return Done()
    mine = [role for role in look.unsigned if role in deed.by.roles]
    if look.unsigned and not mine:
        raise NotYourSignature(say("This gate waits for signatures of other roles. Those who hold them sign here."))
    signed = [
        gate_services.sign_gate(session, deed.project, _look(session, deed), role=role, by=deed.by, at=deed.at)
        for role in mine
    ]
    look = _look(session, deed)
    if look.unsigned:
        return Done(session.get(Decision, signed[-1].decision_id) if signed else None, is_complete=False)
    gate = gate_services.open_gate(session, deed.project, look, by=deed.by, at=deed.at)
    return Done(session.get(Decision, gate.decision_id))


def collect_waivers(session: Session, asked: Asked) -> Collected:
    """Waivers that end within two weeks of the meeting, or have ended and shut their gate again."""
    kept = {one.id: (one.method_key, one.method_version) for one in asked.projects}
    methods = methods_of(session, set(kept.values()))
    rows = session.execute(waivers_that_end(project_ids=asked.ids, until=asked.on + SOON))
    return by_project(
        (row.GateWaiver.project_id, _ending(row, methods[kept[row.GateWaiver.project_id]])) for row in rows
    )


def _ending(row: Any, method: Method) -> Proposal:
    """The waiver of a row (GateWaiver, Gate, stage_key) as a point."""
    stage, waiver = method.stage(row.stage_key), row.GateWaiver
    line = next((one for one in stage.items if one.key == waiver.item_key), None) if stage else None
    return Proposal(
        f"{waiver.gate_id}:{waiver.item_key}", f"{row.Gate.title}: {line.label if line else waiver.item_key}",
        str(say("Waived until %(day)s: %(reason)s", day=show_date(waiver.expires_on), reason=waiver.reason)),
        RecordRef("gate", waiver.gate_id),
    )  # fmt: skip


def decide_waiver(session: Session, deed: Deed) -> Done:
    """Let the line be until another day, or let it count again."""
    line_key = deed.named.partition(":")[2]
    if deed.answer == "refused":
        gate_lines.withdraw_waiver(session, _look(session, deed), line_key, by=deed.by, at=deed.at)
        return Done()
    if deed.answer == "postponed":
        return Done()
    waiver = gate_lines.waive_line(
        session, deed.project, _look(session, deed), line_key, reason=deed.reason, expires_on=deed.day, by=deed.by,
        at=deed.at,
    )  # fmt: skip
    return Done(session.get(Decision, waiver.decision_id))


def _look(session: Session, deed: Deed) -> Look:
    gate = session.get_one(Gate, deed.record_id)
    return look_at_gate(session, deed.project, gate.name, at=deed.at)


GATES = Subject(
    "gate", say("Gates"),
    say("Approving signs the gate in your roles and opens it once all have signed; refusing sends it back."),
    permissions.SIGN, collect_gates, decide_gate, minutes=10,
)  # fmt: skip
WAIVERS = Subject(
    "waiver", say("Waivers that end"),
    say("Approving lets the line be until the day you give; refusing lets it count again at once. Sponsor only."),
    permissions.WAIVE, collect_waivers, decide_waiver, asks=("day",),
)  # fmt: skip
