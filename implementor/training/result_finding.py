"""What the rows of a file of results mean here: people by address or key, courses and sessions by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.audiences.models import AffectedPerson
from implementor.exchange.models import ExternalId
from implementor.exchange.records.declaring import Draft
from implementor.exchange.records.known import SEVERAL as SEVERAL
from implementor.foundation.text import folded
from implementor.training.models import WAITING, Course, Enrolment, TrainingSession


@dataclass
class Found:
    """What is here already. People are ids or, where nobody is known, the key of the new one; `several` is -1."""

    people: Mapping[str, int] = field(default_factory=dict)
    erased: frozenset[int] = frozenset()
    courses: Mapping[str, int] = field(default_factory=dict)
    rules: Mapping[int, Any] = field(default_factory=dict)
    sessions: Mapping[tuple[Any, str], Any] = field(default_factory=dict)
    parts: Mapping[tuple[Any, Any], Any] = field(default_factory=dict)
    invited: Mapping[tuple[Any, Any], Any] = field(default_factory=dict)

    def person(self, draft: Draft) -> int | str:
        """The id of the person of a row, or the key of a new one."""
        key = person_key(draft.text("person"))
        return self.people.get(key, key)


@dataclass(frozen=True)
class Doubtful:
    """Stands for a session where several have the name."""

    id: int = SEVERAL


def person_key(text: str) -> str:
    """By what a person is known again: a folded address, or the key in the other system as it is written."""
    return folded(text) if "@" in text else text.strip()


def find(session: Session, project_id: int, system: str, drafts: Sequence[Draft]) -> Found:
    """What these rows lead to, in a handful of statements."""
    if not drafts:
        return Found()
    people, erased = people_by_key(session, project_id, system, {person_key(draft.text("person")) for draft in drafts})
    rows = session.execute(
        select(Course.id, Course.name_key, Course.pass_mark, Course.valid_months).where(Course.project_id == project_id)
    ).all()
    courses = _alone((row.name_key, row.id) for row in rows)
    found = Found(people, erased, courses, {row.id: row for row in rows}, _sessions(session, project_id))
    found.parts, found.invited = _parts(session, project_id, people.values())
    return found


def people_by_key(
    session: Session, project_id: int, system: str, keys: set[str]
) -> tuple[dict[str, int], frozenset[int]]:
    by_key = select(ExternalId.value, ExternalId.record_id).where(
        ExternalId.record_kind == "affected_person", ExternalId.system == system, ExternalId.value.in_(keys)
    )
    found: dict[str, int] = {row.value: row.record_id for row in session.execute(by_key)}
    by_address = select(AffectedPerson.email_key, AffectedPerson.id).where(
        AffectedPerson.project_id == project_id, AffectedPerson.email_key.in_({key for key in keys if "@" in key})
    )
    found |= {key: record_id for key, record_id in session.execute(by_address) if key}
    erased = session.scalars(
        select(AffectedPerson.id).where(
            AffectedPerson.id.in_(list(found.values())), AffectedPerson.erased_at.is_not(None)
        )
    )
    return found, frozenset(erased)


def _alone(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, record_id in pairs:
        found[name] = SEVERAL if name in found else record_id
    return found


def _sessions(session: Session, project_id: int) -> dict[tuple[Any, str], Any]:
    rows = select(
        TrainingSession.id, TrainingSession.course_id, TrainingSession.name_key, TrainingSession.starts_at,
        TrainingSession.zone,
    ).where(TrainingSession.project_id == project_id)  # fmt: skip
    found: dict[tuple[Any, str], Any] = {}
    for row in session.execute(rows):
        key = (row.course_id, row.name_key)
        found[key] = Doubtful() if key in found else row
    return found


def _parts(session: Session, project_id: int, people: Iterable[int]) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """Parts by (session, person), and those that wait without a session by (course, person)."""
    table = Enrolment.__table__
    rows = session.execute(
        select(table).where(table.c.project_id == project_id, table.c.person_id.in_(list(set(people))))
    ).all()
    held = {(row.session_id, row.person_id): row for row in rows if row.session_id is not None}
    invited = {(row.course_id, row.person_id): row for row in rows if row.session_id is None and row.state in WAITING}
    return held, invited
