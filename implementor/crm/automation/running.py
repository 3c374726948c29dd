"""One run of a rule: what it does at once in the change itself, what a job does later, and how it ended."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.automation import queries
from implementor.automation.models import AutomationRule, AutomationRun
from implementor.automation.services.rules import note_outcome
from implementor.automation.words import CUT, DONE, FAILED, OUTWARD, SKIPPED, WAITING
from implementor.crm.automation.news import tell_of_broken
from implementor.crm.automation.steps import carry_out_step
from implementor.crm.interactions.services.letters import NotToBeMailed
from implementor.foundation import live
from implementor.foundation.errors import Refusal
from implementor.foundation.fields import entities
from implementor.foundation.permissions import SYSTEM
from implementor.foundation.words import Phrase, say
from implementor.history.models import Source
from implementor.history.services import noting
from implementor.jobs.services import enqueue

TASK = "crm.automation.carry_out"
log = logging.getLogger("implementor.automation")
SURPRISE = say("Something broke on our side while the rule was carried out.")


@dataclass(frozen=True)
class Cause:
    """Why a rule runs: the record, and `event`, which is another one for everything that happens to it."""

    kind: str
    record_id: int
    event: str
    at: datetime
    source: Source = "job"

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.record_id}-{self.event}"


def run_rule(session: Session, rule: AutomationRule, record: Any, cause: Cause) -> AutomationRun:
    """Do now what a rule does to the record itself, and leave the rest to a job.

    Where a step breaks, all that this run did is taken back and nothing else: whoever caused it keeps their change.
    """
    run = _begun(session, rule, cause)
    with _as_rule(session, rule, record, cause):
        fault = _tried(session, run, rule, record, [one for one in run.steps if one["do"] not in OUTWARD], cause.at)
        if fault is not None:
            _broke(session, run, rule, fault, cause.at)
            return run
        if any(one["do"] in OUTWARD for one in run.steps):
            run.state = WAITING
            session.flush()
            title = say("Carry out the rule %(rule)s", rule=rule.label)
            enqueue(session, TASK, arguments={"run_id": run.id}, title=title, by=SYSTEM, at=cause.at)
        else:
            note_outcome(session, rule, is_broken=False, at=cause.at)
    return run


def carry_on(session: Session, run_id: int, *, at: datetime) -> bool:
    """Do the next step of a run that goes outward; whether more is left. A step that was done is not done again."""
    run = session.scalars(queries.run_locked(run_id)).one_or_none()
    if run is None or run.state != WAITING:
        return False
    rule = session.scalars(queries.rule_by_id(run.rule_id)).one()
    steps = [one for one in run.steps if one["do"] in OUTWARD]
    record = _record(session, run)
    if record is None:
        run.state, run.reason = SKIPPED, say("The record is not in use any more.").as_json()
        return False
    cause = Cause(run.record_kind, run.record_id, "", at)
    with _as_rule(session, rule, record, cause):
        fault = _tried(session, run, rule, record, [steps[run.done_count]], at)
        if fault is not None:
            _broke(session, run, rule, fault, at)
            return False
        run.done_count += 1
        if run.done_count < len(steps):
            return True
        run.state = SKIPPED if run.reason else DONE
        note_outcome(session, rule, is_broken=False, at=at)
    return False


def cut_off(session: Session, rule: AutomationRule, cause: Cause, *, is_deep: bool) -> None:
    """Note that a rule was kept from running: again on the same change, or as the last of too many."""
    run = _begun(session, rule, Cause(cause.kind, cause.record_id, f"{cause.event}-cut", cause.at))
    too_deep = say("Too many rules made each other begin, one after the other.")
    again = say("The rule would have begun again by what rules did.")
    run.state, run.reason = CUT, (too_deep if is_deep else again).as_json()


def _begun(session: Session, rule: AutomationRule, cause: Cause) -> AutomationRun:
    run = AutomationRun(
        rule_id=rule.id, record_kind=cause.kind, record_id=cause.record_id, key=cause.key, at=cause.at, state=DONE,
        steps=list(rule.steps), done_count=0,
    )  # fmt: skip
    session.add(run)
    return run


def _as_rule(session: Session, rule: AutomationRule, record: Any, cause: Cause) -> Any:
    """What is done here stands in history as done by the rule."""
    entity = entities[cause.kind]
    title = getattr(record, entity.title_field, None) or entity.label
    summary = say("%(title)s: by the rule %(rule)s", title=title, rule=rule.label)
    return noting(session, by=SYSTEM, at=cause.at, source=cause.source, verb="automation.run", summary=summary)


def _tried(
    session: Session, run: AutomationRun, rule: AutomationRule, record: Any, steps: list[Any], at: datetime
) -> Phrase | None:
    """Do some steps, all or none; why not, if something broke. What a customer does not want is left out."""
    session.flush()
    savepoint = session.begin_nested()
    try:
        for step in steps:
            try:
                carry_out_step(session, run.record_kind, record, step, at=at)
            except NotToBeMailed as unwanted:
                run.reason = unwanted.reason.as_json()
        session.flush()
        savepoint.commit()
    except Refusal as refusal:
        savepoint.rollback()
        return refusal.reason
    except Exception:  # whatever a rule runs into, the change that made it begin is kept
        savepoint.rollback()
        log.exception("rule broke", extra={"rule_id": rule.id, "record_kind": run.record_kind})
        return SURPRISE
    return None


def _broke(session: Session, run: AutomationRun, rule: AutomationRule, fault: Phrase, at: datetime) -> None:
    run.state, run.reason = FAILED, fault.as_json()
    is_stopped = note_outcome(session, rule, is_broken=True, at=at)
    tell_of_broken(session, rule, fault, is_stopped=is_stopped, at=at)


def _record(session: Session, run: AutomationRun) -> Any:
    entity = entities.get(run.record_kind)
    if entity is None or live.present().is_off(run.record_kind):
        return None
    record: Any = session.get(entity.model, run.record_id)
    return None if record is None or record.archived_at is not None else record
