"""What can happen to a gate: prepared, put into review, sent back, ticked, waived, signed, opened, gone back behind."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import ROLE_LABELS, Actor, Role
from implementor.foundation.records import RecordRef
from implementor.foundation.text import clean
from implementor.foundation.words import Phrase, say
from implementor.governance.models import Decision
from implementor.governance.services import record_decision
from implementor.history.services import name_action
from implementor.projects.models import Project
from implementor.stages.gate_look import Look
from implementor.stages.gate_models import IN_REVIEW, MITIGATION, PREPARED, SIGNED, Gate, GateSignature
from implementor.stages.gate_news import tell_signers
from implementor.stages.gate_queries import standing_signatures
from implementor.stages.gate_readings import keep_readings, stored_gate
from implementor.stages.gatekeeping import GateShut, require_earlier, title_of, why_shut
from implementor.stages.models import NOT_STARTED, PROJECT_SCOPE, Stage
from implementor.stages.queries import stages_of_project
from implementor.stages.services import enter_stage, leave_stage

LONGEST_REASON = 2000


class WrongState(Refusal):
    """The gate stands elsewhere on its way."""


class NotAPerson(Refusal):
    """The system approves nothing."""


class FourEyes(Refusal):
    """Who proposed a gate does not approve it, and nobody signs it twice, in whatever roles they hold or carry."""


class NotYourSignature(Refusal):
    """The gate asks for a role that this person does not hold here, or that has signed."""


def prepare_gate(
    session: Session, project: Project, look: Look, *, by: Actor, at: datetime, review_on: date | None = None
) -> Gate:
    """Begin to get a gate ready, with the day on which it is to be reviewed. A stage of the project begins with it."""
    if look.state not in ("planned", PREPARED, MITIGATION):
        raise WrongState(say("%(gate)s is being reviewed or was passed.", gate=title_of(look)))
    _name(session, look, "gate.prepare", say("Prepared the gate %(gate)s", gate=look.name))
    gate = stored_gate(session, look)
    if look.stage.scope == PROJECT_SCOPE and look.stage.state == NOT_STARTED:
        require_earlier(session, project, look.method, look.stage, at=at)
        enter_stage(session, look.stage, by=by, at=at)
    gate.state, gate.review_on = PREPARED, review_on or gate.review_on
    keep_readings(session, gate, look, at=at)
    session.flush()
    return gate


def put_into_review(session: Session, look: Look, *, by: Actor, at: datetime) -> Gate:
    """Propose the gate to those who sign; who proposes it signs nothing. Raises WrongState unless it is prepared."""
    gate = _gate_in(look, PREPARED, say("Prepare the gate before it is reviewed."))
    _refuse_system(by)
    _name(session, look, "gate.review", say("Put the gate %(gate)s into review", gate=look.name))
    gate.state, gate.proposed_at, gate.proposed_by_id = IN_REVIEW, at, by.user_id
    gate.remark = ""
    keep_readings(session, gate, look, at=at)
    session.flush()
    tell_signers(session, look, gate, by=by, at=at)
    return gate


def send_back(session: Session, look: Look, *, reason: str, by: Actor, at: datetime) -> None:
    """Ask for mitigation: what was signed is void and the gate is to be prepared again."""
    gate = _gate_in(look, IN_REVIEW, say("Only a gate in review is sent back."))
    _refuse_system(by)
    said = a_reason(reason, say("Say what has to be done before the gate is reviewed again."))
    _name(session, look, "gate.mitigate", say("Sent the gate %(gate)s back", gate=look.name))
    gate.state, gate.remark = MITIGATION, said
    _void_signatures(session, gate, at)
    keep_readings(session, gate, look, at=at)
    session.flush()


def sign_gate(session: Session, project: Project, look: Look, *, role: str, by: Actor, at: datetime) -> GateSignature:
    """Approve the gate in one role. Raises GateShut where it could not open, FourEyes, NotYourSignature, WrongState."""
    gate = _gate_in(look, IN_REVIEW, say("Only a gate in review is signed."))
    _refuse_system(by)
    if by.user_id == gate.proposed_by_id:
        raise FourEyes(say("You proposed this gate. Somebody else has to approve it."))
    if by.user_id in look.signers:
        raise FourEyes(say("You signed this gate already. Whoever else holds the other role has to sign for it."))
    if role not in look.unsigned or Role(role) not in by.roles:
        raise NotYourSignature(say("This gate does not wait for a signature of yours in that role."))
    _refuse_red(look)
    label = str(ROLE_LABELS[Role(role)])
    _name(session, look, "gate.sign", say("Signed the gate %(gate)s as %(role)s", gate=look.name, role=label))
    decision = _decide(
        session, project, gate, question=say("%(gate)s: sign as %(role)s?", gate=title_of(look), role=label),
        outcome=say("Signed."), reason=_standing(look), by=by, at=at,
    )  # fmt: skip
    signature = GateSignature(
        project_id=gate.project_id, gate_id=gate.id, role=role, signed_at=at, signed_by_id=by.user_id or 0,
        decision_id=decision.id,
    )  # fmt: skip
    session.add(signature)
    session.flush()
    return signature


def open_gate(session: Session, project: Project, look: Look, *, by: Actor, at: datetime) -> Gate:
    """Let everybody pass, where all have signed and nothing fails unwaived. Raises GateShut naming what is missing."""
    if look.is_open:
        raise WrongState(say("%(gate)s is open already.", gate=title_of(look)))
    _refuse_red(look)
    gate = _gate_in(look, IN_REVIEW, say("Prepare the gate and put it into review before it is opened."))
    _refuse_system(by)
    if look.unsigned:
        raise GateShut(why_shut(look), gate=look.name)
    _name(session, look, "gate.open", say("Opened the gate %(gate)s", gate=look.name))
    decision = _decide(
        session, project, gate, question=say("%(gate)s: open it?", gate=title_of(look)), outcome=say("Opened."),
        reason=_standing(look), by=by, at=at,
    )  # fmt: skip
    gate.state, gate.opened_at, gate.opened_by_id, gate.decision_id = SIGNED, at, by.user_id, decision.id
    keep_readings(session, gate, look, at=at)
    if look.stage.scope == PROJECT_SCOPE:
        _go_on(session, look, by, at)
    session.flush()
    return gate


def reverse_gate(session: Session, project: Project, look: Look, *, reason: str, by: Actor, at: datetime) -> None:
    """Go back behind a gate that was opened: a Decision reverses the one that opened it, and all sign again."""
    gate = _gate_in(look, SIGNED, say("Only a gate that was opened is gone back behind."))
    _refuse_system(by)
    said = a_reason(reason, say("Say why the project goes back."))
    _name(session, look, "gate.reverse", say("Went back behind the gate %(gate)s", gate=look.name))
    opened = session.get(Decision, gate.decision_id) if gate.decision_id is not None else None
    gate.decision_id = None  # so that whoever hears of the reversal does not shut it twice
    session.flush()
    _decide(
        session, project, gate, question=say("%(gate)s: go back behind it?", gate=title_of(look)),
        outcome=say("The gate is shut again."), reason=said, by=by, at=at,
        reverses=opened if opened is not None and opened.stands else None,
    )  # fmt: skip
    shut_again(session, gate, look.stage, reason=said, by=by, at=at)


def shut_again(session: Session, gate: Gate, stage: Stage, *, reason: str, by: Actor, at: datetime) -> None:
    """Shut a gate whose opening a Decision reversed; the stage is stood in again."""
    gate.state, gate.opened_at, gate.opened_by_id, gate.decision_id = MITIGATION, None, None, None
    gate.remark = reason
    _void_signatures(session, gate, at)
    if stage.scope == PROJECT_SCOPE:
        enter_stage(session, stage, reason=reason, by=by, at=at)
    session.flush()


def a_reason(text: str, missing: Phrase, *, field: str = "reason") -> str:
    """The reason as it is kept. Raises InvalidInput where there is none or too much of it."""
    said = clean(text).strip()
    if not said:
        raise InvalidInput({field: missing})
    if len(said) > LONGEST_REASON:
        raise InvalidInput({field: say("The reason may have %(longest)s characters.", longest=LONGEST_REASON)})
    return said


def _go_on(session: Session, look: Look, by: Actor, at: datetime) -> None:
    """Leave the stage; the next one of the project begins at once unless waves come in between."""
    leave_stage(session, look.stage, reason=str(say("Gate opened")), by=by, at=at)
    stages = list(session.scalars(stages_of_project(project_id=look.stage.project_id)))
    following = next((stage for stage in stages if stage.position == look.stage.position + 1), None)
    if following is not None and following.scope == PROJECT_SCOPE:
        enter_stage(session, following, by=by, at=at)


def _void_signatures(session: Session, gate: Gate, at: datetime) -> None:
    for signature in session.scalars(standing_signatures(gate_id=gate.id)):
        signature.voided_at = at


def _decide(
    session: Session, project: Project, gate: Gate, *, question: Phrase, outcome: Phrase, reason: str, by: Actor,
    at: datetime, reverses: Decision | None = None,
) -> Decision:  # fmt: skip
    return record_decision(
        session, project, question=str(question), outcome=str(outcome), reason=reason, by=by, at=at,
        affects=[RecordRef("gate", gate.id)], reverses=reverses,
    )  # fmt: skip


def _standing(look: Look) -> str:
    """Why it was approved: the figures as they stood."""
    ready = say("Readiness %(share)s %%.", share=look.verdict.ready_share)
    if not look.verdict.waived:
        return str(ready)
    waived = "; ".join(str(line.item.label) for line in look.lines if line.key in look.verdict.waived)
    return f"{ready} {say('Waived: %(lines)s.', lines=waived)}"


def _gate_in(look: Look, state: str, otherwise: Phrase) -> Gate:
    if look.gate is None or look.gate.state != state:
        raise WrongState(otherwise)
    return look.gate


def _refuse_red(look: Look) -> None:
    if not look.verdict.may_open:
        raise GateShut(why_shut(look), gate=look.name, failing=[line.key for line in look.failing])


def _refuse_system(by: Actor) -> None:
    if by.user_id is None:
        raise NotAPerson(say("Only a person can do this. Name one with --as."))


def _name(session: Session, look: Look, verb: str, summary: Phrase) -> None:
    name_action(session, summary, verb=verb, project_id=look.stage.project_id)
