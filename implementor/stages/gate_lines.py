"""What can happen to one line of a gate: it is given to somebody, ticked with evidence, waived, waived no longer."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, NotFound, Refusal
from implementor.foundation.permissions import Actor, Role
from implementor.foundation.records import RecordRef
from implementor.foundation.text import clean
from implementor.foundation.words import say
from implementor.governance.services import open_risk, record_decision
from implementor.history.services import name_action
from implementor.projects.models import Project
from implementor.projects.queries import people_of_project
from implementor.stages.gate_look import Line, Look
from implementor.stages.gate_models import Gate, GateItem, GateWaiver
from implementor.stages.gate_queries import item_of_gate, waiver_of_line
from implementor.stages.gate_readings import keep_readings, stored_gate
from implementor.stages.gate_services import WrongState, a_reason
from implementor.stages.gatekeeping import title_of

LONGEST_EVIDENCE = 2000


class NotYourLine(Refusal):
    """Another role ticks this line, or none: it is computed."""


class CannotWaive(Refusal):
    """The line passes, stops the gate whatever anybody says, or is not the sponsor's to waive."""


def give_line(session: Session, look: Look, key: str, *, owner_id: int | None, by: Actor, at: datetime) -> None:
    """Say who sees to a line. Raises InvalidInput for people who have no role in the project."""
    line = _open_line(look, key)
    inside = {row.id for row in session.execute(people_of_project(project_id=look.stage.project_id))}
    if owner_id is not None and owner_id not in inside:
        raise InvalidInput({"owner": say("Choose an owner who has a role in this project.")})
    name_action(
        session, say("Gave the line “%(line)s” an owner", line=line.item.label), verb="gate.give",
        project_id=look.stage.project_id,
    )  # fmt: skip
    _item(session, stored_gate(session, look), line).owner_id = owner_id
    session.flush()


def tick_line(session: Session, look: Look, key: str, *, evidence: str, by: Actor, at: datetime) -> None:
    """Say that a line holds, and on what evidence. Raises NotYourLine, or InvalidInput without evidence."""
    line = _open_line(look, key)
    _refuse_foreign_line(line, by)
    said = clean(evidence).strip()
    if not said:
        raise InvalidInput({"evidence": say("Say what shows it: a document, a date, a place to look.")})
    if len(said) > LONGEST_EVIDENCE:
        raise InvalidInput({"evidence": say("The evidence may have %(longest)s characters.", longest=LONGEST_EVIDENCE)})
    name_action(
        session, say("Ticked “%(line)s” at a gate", line=line.item.label), verb="gate.tick",
        project_id=look.stage.project_id,
    )  # fmt: skip
    item = _item(session, stored_gate(session, look), line)
    item.evidence, item.done_at, item.done_by_id = said, at, by.user_id
    session.flush()


def untick_line(session: Session, look: Look, key: str, *, by: Actor, at: datetime) -> None:
    """Say that a line does not hold after all; its evidence stays in the history."""
    line = _open_line(look, key)
    _refuse_foreign_line(line, by)
    name_action(
        session, say("Took the tick from “%(line)s” at a gate", line=line.item.label), verb="gate.untick",
        project_id=look.stage.project_id,
    )  # fmt: skip
    item = _item(session, stored_gate(session, look), line)
    item.evidence, item.done_at, item.done_by_id = "", None, None
    session.flush()


def waive_line(
    session: Session, project: Project, look: Look, key: str, *, reason: str, expires_on: date | None, by: Actor,
    at: datetime,
) -> GateWaiver:  # fmt: skip
    """Let a failing line be until a day (that day included); it becomes a Decision and opens a Risk. Sponsor only."""
    line = _open_line(look, key)
    _refuse_waiver(line, by)
    said = a_reason(reason, say("Say why the project may go on without it."))
    longest = look.method.longest_waiver
    if expires_on is None or expires_on < at.date():
        raise InvalidInput({"expires_on": say("Say until which day it is let be; today is the earliest.")})
    if (expires_on - at.date()).days > longest:
        raise InvalidInput({"expires_on": say("In this method a waiver lasts at most %(days)s days.", days=longest)})
    name_action(
        session, say("Waived “%(line)s” at a gate", line=line.item.label), verb="gate.waive", project_id=project.id
    )
    gate = stored_gate(session, look)
    for earlier in session.scalars(waiver_of_line(gate_id=gate.id, item_key=key)):
        earlier.withdrawn_at, earlier.withdrawn_by_id = at, by.user_id
    session.flush()  # the index allows one waiver in force
    waiver = GateWaiver(
        project_id=project.id, gate_id=gate.id, item_key=key, reason=said, expires_on=expires_on, waived_at=at,
        waived_by_id=by.user_id or 0,
    )  # fmt: skip
    session.add(waiver)
    _put_on_record(session, project, look, line, gate, waiver, by, at)
    keep_readings(session, gate, look, at=at)
    session.flush()
    return waiver


def withdraw_waiver(session: Session, look: Look, key: str, *, by: Actor, at: datetime) -> None:
    """Let a line count as it is again."""
    line = _open_line(look, key)
    if line.waiver is None:
        raise NotFound("waiver")
    name_action(
        session, say("Withdrew the waiver of “%(line)s”", line=line.item.label), verb="gate.unwaive",
        project_id=look.stage.project_id,
    )  # fmt: skip
    line.waiver.withdrawn_at, line.waiver.withdrawn_by_id = at, by.user_id
    session.flush()


def may_tick(line: Line, by: Actor) -> bool:
    """Whether this person ticks the line: whoever holds its role, and for all but the sponsor's the project lead."""
    if line.is_automatic or by.user_id is None:
        return False
    stand_ins = {Role.PROJECT_LEAD, Role.PMO} if line.item.role != Role.SPONSOR else set()
    return not by.roles.isdisjoint({Role(line.item.role), *stand_ins})


def may_waive(line: Line, by: Actor) -> bool:
    """Whether the sponsor can let this line be."""
    return Role.SPONSOR in by.roles and not line.passed and not line.item.no_go


def _put_on_record(
    session: Session, project: Project, look: Look, line: Line, gate: Gate, waiver: GateWaiver, by: Actor, at: datetime
) -> None:
    """Make the waiver a Decision, and a Risk to be looked at again on its last day."""
    of_gate = RecordRef("gate", gate.id)
    values = {"gate": title_of(look), "line": line.item.label}
    decision = record_decision(
        session, project, question=str(say("%(gate)s: waive “%(line)s”?", **values)),
        outcome=str(say("Waived.")), reason=waiver.reason, by=by, at=at, affects=[of_gate], due=waiver.expires_on,
    )  # fmt: skip
    risk = open_risk(
        session, project, title=str(say("Waived at a gate: %(line)s", **values)), probability=3,
        impact=min(5, 1 + line.item.weight), by=by, at=at, response="accept", review_on=waiver.expires_on,
        came_from=of_gate, description=waiver.reason,
    )  # fmt: skip
    waiver.decision_id, waiver.risk_id = decision.id, risk.id


def _open_line(look: Look, key: str) -> Line:
    line = look.line(key)
    if line is None:
        raise NotFound("line of a gate")
    if look.is_open:
        raise WrongState(say("%(gate)s is open: its lines stay as they were signed.", gate=title_of(look)))
    return line


def _refuse_foreign_line(line: Line, by: Actor) -> None:
    if line.is_automatic:
        raise NotYourLine(say("“%(line)s” is computed from the records; nobody ticks it.", line=line.item.label))
    if not may_tick(line, by):
        raise NotYourLine(say("Another role has to tick “%(line)s”.", line=line.item.label))


def _refuse_waiver(line: Line, by: Actor) -> None:
    if Role.SPONSOR not in by.roles or by.user_id is None:
        raise CannotWaive(say("Only the sponsor can waive a line of a gate."))
    if line.item.no_go:
        raise CannotWaive(say("“%(line)s” stops the gate and cannot be waived.", line=line.item.label))
    if line.passed:
        raise CannotWaive(say("“%(line)s” holds; there is nothing to waive.", line=line.item.label))


def _item(session: Session, gate: Gate, line: Line) -> GateItem:
    known = session.scalars(item_of_gate(gate_id=gate.id, item_key=line.key)).one_or_none()
    if known is None:
        known = GateItem(project_id=gate.project_id, gate_id=gate.id, item_key=line.key, evidence="")
        session.add(known)
    return known
