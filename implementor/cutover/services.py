"""What can happen to steps of going live and to rehearsals: begun, over, failed, left out, opened again, measured."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from implementor.audiences.services.records import change_record
from implementor.cutover import queries
from implementor.cutover.models import (
    DONE,
    FAILED,
    MOST_MINUTES,
    OPEN,
    RUNNING,
    SKIPPED,
    CutoverRehearsal,
    CutoverStep,
)
from implementor.cutover.permissions import EDIT
from implementor.cutover.timing import Timed, in_order, read_numbers, waiting_for, write_numbers, write_times
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action

LONGEST_REASON = 500
Faults = dict[str, Phrase]


class NotNow(Refusal):
    """The step is not so far, or is further already."""


class NotTheirs(Refusal):
    """The step belongs to somebody else."""


class NotWhileRunning(Refusal):
    """The plan of a step that has begun stays as it was."""


def timed(step: CutoverStep) -> Timed:
    """What the times need of a step."""
    return Timed(step.number, read_numbers(step.after) or (), step.minutes, step.starts_at, step.state, step.begun_at,
                 step.ended_at)  # fmt: skip


def begin(session: Session, step: CutoverStep, *, by: Actor, at: datetime) -> None:
    """Begin a step. Raises NotNow while it waits for others, NotTheirs."""
    _refuse_stranger(step, by)
    if step.state != OPEN:
        raise NotNow(say("%(name)s has begun already.", name=step.name))
    _refuse_waiting(session, step)
    step.state, step.begun_at = RUNNING, at
    _name(session, step, "begin", say("Began a step of going live"))


def finish(session: Session, step: CutoverStep, *, by: Actor, at: datetime) -> None:
    """The step is carried out. Raises NotNow where it does not run, NotTheirs."""
    _end(step, DONE, by, at)
    _name(session, step, "finish", say("Carried out a step of going live"))


def fail(session: Session, step: CutoverStep, reason: str, *, by: Actor, at: datetime) -> None:
    """The step failed; why is written down. Raises NotNow, NotTheirs, InvalidInput."""
    said = _reason(reason)
    _end(step, FAILED, by, at)
    step.reason = said
    _name(session, step, "fail", say("Wrote down that a step of going live failed"))


def skip(session: Session, step: CutoverStep, reason: str, *, by: Actor, at: datetime) -> None:
    """Leave out a step that is not over; why is written down. Raises NotNow, NotTheirs, InvalidInput."""
    _refuse_stranger(step, by)
    said = _reason(reason)
    if step.state in (DONE, SKIPPED):
        raise NotNow(say("%(name)s is over.", name=step.name))
    step.begun_at = step.begun_at or at
    step.state, step.ended_at, step.reason = SKIPPED, at, said
    _name(session, step, "skip", say("Left out a step of going live"))


def open_again(session: Session, step: CutoverStep, *, by: Actor, at: datetime) -> None:
    """Take up a step anew, as if it had not begun. Raises NotNow, also where a step that waited for it has begun."""
    _refuse_stranger(step, by)
    if step.state == OPEN:
        raise NotNow(say("%(name)s has not begun.", name=step.name))
    for other in _others(session, step):
        if other.state not in (OPEN, SKIPPED) and step.number in timed(other).after:
            raise NotNow(say("%(name)s has begun, which waited for it.", name=other.name))
    step.state, step.begun_at, step.ended_at, step.reason = OPEN, None, None, ""
    _name(session, step, "reopen", say("Opened a step of going live again"))


def measure(
    session: Session, rehearsal: CutoverRehearsal, times: Mapping[int, int | None], *, by: Actor, at: datetime
) -> None:
    """Write down the minutes that steps took, by number; None for what was not measured. Raises InvalidInput."""
    if any(one is not None and not 0 <= one <= MOST_MINUTES for one in times.values()):
        raise InvalidInput({"times": say("Give whole minutes from 0 to %(most)s.", most=MOST_MINUTES)})
    kept = write_times({number: minutes for number, minutes in times.items() if minutes is not None})
    change_record(session, rehearsal, {"times": kept}, by=by, at=at)


def faults_of_step(session: Session, step: CutoverStep) -> Faults:
    """What is wrong with a step within its plan; puts the numbers that it waits for into their form."""
    after = read_numbers(step.after or "")
    if after is None:
        return {"after": say("Write numbers of steps, such as 2, 5.")}
    step.after = write_numbers(after)
    if step.archived_at is not None:
        return {}
    others = {one.number: timed(one) for one in _others(session, step)}
    if step.number in others:
        return {"number": say("There is a step %(number)s in the plan already.", number=step.number)}
    was = next(iter(inspect(step).attrs.number.history.deleted), None)
    named_by = [number for number, one in others.items() if was in one.after]
    if named_by:
        return {"number": say("Steps that wait for it by its number: %(numbers)s.", numbers=write_numbers(named_by))}
    unknown = [one for one in after if one not in others and one != step.number]
    if unknown:
        return {"after": say("The plan has no step %(numbers)s.", numbers=write_numbers(unknown))}
    if in_order({**{number: one.after for number, one in others.items()}, step.number: after}) is None:
        return {"after": say("These steps would wait for each other in a circle.")}
    return {}


def faults_of_rehearsal(_session: Session, rehearsal: CutoverRehearsal) -> Faults:
    """Whoever says that the way back was rehearsed says where it can be seen."""
    if rehearsal.went_back and not (rehearsal.evidence or "").strip():
        return {"evidence": say("Say where it can be seen that the way back was rehearsed.")}
    return {}


def refuse_begun(step: CutoverStep) -> None:
    """The plan of what has begun stays, so that it can be compared with what came of it. Raises NotWhileRunning."""
    if step.state != OPEN:
        raise NotWhileRunning(say("%(name)s has begun. Open it again to change its plan.", name=step.name))


def _end(step: CutoverStep, state: str, by: Actor, at: datetime) -> None:
    _refuse_stranger(step, by)
    if step.state != RUNNING:
        raise NotNow(say("%(name)s does not run.", name=step.name))
    step.state, step.ended_at, step.reason = state, at, ""


def _reason(text: str) -> str:
    said = clean(text).strip()
    if not said:
        raise InvalidInput({"reason": say("Say why.")})
    if len(said) > LONGEST_REASON:
        raise InvalidInput({"reason": say("At most %(longest)s characters.", longest=LONGEST_REASON)})
    return said


def _refuse_stranger(step: CutoverStep, by: Actor) -> None:
    if step.owner_id != by.user_id and not by.may(EDIT):
        raise NotTheirs(say("Whoever does the step says how far it is, or who may write the plan."))


def _refuse_waiting(session: Session, step: CutoverStep) -> None:
    others = {one.number: one for one in _others(session, step)}
    waits = waiting_for(timed(step), {number: timed(one) for number, one in others.items()})
    if waits:
        raise NotNow(say("It waits for: %(names)s.", names=", ".join(others[one].name for one in waits)))


def _others(session: Session, step: CutoverStep) -> list[CutoverStep]:
    found = session.scalars(queries.steps_of_wave(project_id=step.project_id, wave_id=step.wave_id or 0))
    return [one for one in found if one is not step]


def _name(session: Session, step: CutoverStep, verb: str, summary: Phrase) -> None:
    name_action(session, summary, verb=f"cutover_step.{verb}", project_id=step.project_id)
    session.flush()


VERBS: tuple[Any, ...] = ("begin", "finish", "fail", "skip", "reopen")
"""Deeds of the night, which are not taken back by undoing."""
