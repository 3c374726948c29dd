"""Takes imported results back: parts that it made go, parts that it changed get back what they were."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, inspect, select
from sqlalchemy.orm import Session

from implementor.exchange.kinds import Undone
from implementor.exchange.models import ImportedRow
from implementor.exchange.records.taking_back import take_back
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say
from implementor.history.encoding import decoded_values
from implementor.history.models import Verb
from implementor.history.services import note_many
from implementor.training.models import AttendanceCorrection, Enrolment

TOLD = ("course_id", "session_id", "person_id", "state", "result", "score_before", "score_after", "trained_on")
TITLE = say("Result of training")
USED_AS = {
    "affected_person": Enrolment.person_id, "course": Enrolment.course_id, "training_session": Enrolment.session_id,
}  # fmt: skip


def take_back_results(
    session: Session, facts: Sequence[ImportedRow], by: Actor, at: datetime, *, title: Phrase = TITLE
) -> Undone:
    """Take back what these facts say; people, courses and sessions stay where other parts need them.

    What was changed since stays and is told as a `title`.
    """
    undone = Undone()
    own = {fact.record_id: fact for fact in facts if fact.kind == "enrolment"}
    rows = session.scalars(select(Enrolment).where(Enrolment.id.in_(list(own)))).all()
    corrected = set(session.scalars(_corrected(list(own))))
    standing = [row for row in rows if row.version == own[row.id].version and row.id not in corrected]
    undone.kept += [(str(title), say("It was changed since.")) for row in rows if row not in standing]
    made = [row for row in standing if own[row.id].verb == "created"]
    for row in standing:
        if row not in made:
            for name, value in decoded_values(inspect(Enrolment), own[row.id].before or {}).items():
                setattr(row, name, value)
    session.flush()
    if made:
        _remove(session, made)
    undone.restored += len(standing)
    others = [fact for fact in facts if fact.kind in USED_AS]
    needed = {kind: _needed(session, kind, others) for kind in USED_AS}
    undone.add(take_back(session, [one for one in others if one.record_id not in needed[one.kind]], by, at))
    return undone


def _corrected(ids: list[int]) -> Select[int]:
    return select(AttendanceCorrection.enrolment_id).where(AttendanceCorrection.enrolment_id.in_(ids))


def _remove(session: Session, made: Sequence[Enrolment]) -> None:
    """Let parts go by one statement, and say so in the history."""
    project_id = made[0].project_id
    notes: list[tuple[int, int, Verb, dict[str, Any], dict[str, Any]]] = [
        (row.id, row.version + 1, "removed", {name: getattr(row, name) for name in TOLD}, {}) for row in made
    ]
    ids = [row.id for row in made]
    for row in made:
        session.expunge(row)
    session.execute(delete(Enrolment).where(Enrolment.id.in_(ids)).execution_options(synchronize_session=False))
    note_many(session, "enrolment", notes, project_id=project_id)


def _needed(session: Session, kind: str, facts: Sequence[ImportedRow]) -> set[int]:
    """Those of the records that parts of other files or people still need."""
    ids = [fact.record_id for fact in facts if fact.kind == kind]
    return {each for each in session.scalars(select(USED_AS[kind]).where(USED_AS[kind].in_(ids))) if each is not None}
