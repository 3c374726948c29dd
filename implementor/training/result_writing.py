"""Writes a batch of imported results by few statements, with the people, courses and sessions that they need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from implementor.audiences.models import AffectedPerson
from implementor.auth.models import User
from implementor.exchange.models import ExternalId
from implementor.exchange.records.declaring import Draft, Writing
from implementor.exchange.records.writing import insert_rows, made
from implementor.exchange.standing import was_taken_back
from implementor.foundation.bulk import write_many
from implementor.foundation.text import folded
from implementor.history.encoding import encoded_values
from implementor.history.models import Verb
from implementor.history.services import note_many
from implementor.projects.models import Project
from implementor.training.models import COMPLETED, MOST_SEATS, Course, Enrolment, TrainingSession

if TYPE_CHECKING:
    from implementor.training.result_importing import Part

KIND = "enrolment"


def write_results(writing: Writing, project_id: int, parts: Sequence[Part]) -> None:
    """Write everything that a batch plans; its facts are added to the writing."""
    if not parts:
        return
    people = write_people(writing, project_id, {str(one.person): one.draft for one in parts if is_new(one.person)})
    courses = _courses(writing, project_id, [one for one in parts if isinstance(one.course, str)])
    for one in parts:
        one.person = people.get(str(one.person), one.person)
        one.course = courses.get(str(one.course), one.course)
    revive(writing, AffectedPerson, {int(one.person) for one in parts})
    revive(writing, Course, {int(one.course) for one in parts})
    sessions = _sessions(writing, project_id, parts)
    revive(writing, TrainingSession, set(sessions.values()))
    for one in parts:
        if one.row is not None and one.row.session_id is None:  # who was only invited has sat in this one
            one.after["session_id"] = sessions[int(one.course), one.session_key]
    _number(writing.session, project_id, parts)
    _insert(writing, project_id, [one for one in parts if one.row is None], sessions)
    _update(writing, project_id, [one for one in parts if one.row is not None])
    _give_seats(writing.session, set(sessions.values()))


# --- what the results need --------------------------------------------------------------------------------------------


def is_new(person: int | str) -> bool:
    """Whether a person is given by the key of somebody who is not here yet."""
    return isinstance(person, str)


def write_people(writing: Writing, project_id: int, fresh: Mapping[str, Draft]) -> dict[str, int]:
    """Write down those whom nobody knows, by what the file calls them; a login is linked by its address."""
    if not fresh:
        return {}
    addresses = select(User.email_key, User.id).where(User.email_key.in_(list(fresh)), User.disabled_at.is_(None))
    logins = {row.email_key: row.id for row in writing.session.execute(addresses)}
    rows = [_person_row(writing, project_id, key, draft, logins.get(key)) for key, draft in fresh.items()]
    ids = insert_rows(writing, AffectedPerson, rows)
    found = dict(zip(fresh, ids, strict=True))
    named = [
        {"record_kind": "affected_person", "record_id": each, "system": writing.system, "value": key}
        for key, each in found.items()
    ]
    write_many(writing.session, insert(ExternalId.__table__), named)  # type: ignore[arg-type]
    writing.facts += [made("affected_person", each) for each in ids]
    return found


def _person_row(writing: Writing, project_id: int, key: str, draft: Draft, login: int | None) -> dict[str, Any]:
    called = draft.text("person")
    name, email = draft.text("name") or called, called if "@" in called else None
    return {
        **writing.stamps(), "project_id": project_id, "name": name, "name_key": folded(name), "email": email,
        "email_key": key if email else None, "user_id": login,
    }  # fmt: skip


def _courses(writing: Writing, project_id: int, parts: Sequence[Part]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in parts:
        key = str(one.course)
        if key not in found:
            course = Course(project_id=project_id, name=one.draft.text("course"))
            found[key] = _added(writing, course, "course")
    return found


def _sessions(writing: Writing, project_id: int, parts: Sequence[Part]) -> dict[tuple[int, str], int]:
    """The session of every part by its course and its name or number; those that are not here are held already."""
    found: dict[tuple[int, str], int] = {}
    for one in parts:
        key = (int(one.course), one.session_key)
        if key in found:
            continue
        if isinstance(one.session_id, int):
            found[key] = one.session_id
            continue
        held = TrainingSession(
            project_id=project_id, course_id=one.course, name=one.draft.text("session"), state="closed",
            starts_at=_morning(one.held_on or date.min), closed_at=writing.at, seats=1,
        )  # fmt: skip
        found[key] = _added(writing, held, "training_session")
    return found


def _morning(day: date) -> datetime:
    """A file knows the day alone: nine in the morning, so that it is the same day in Europe and in America."""
    return datetime.combine(day, time(15), tzinfo=UTC)


def _added(writing: Writing, record: Any, kind: str) -> int:
    writing.session.add(record)
    writing.session.flush()
    writing.facts.append(made(kind, record.id))
    return int(record.id)


def revive(writing: Writing, model: Any, ids: set[int]) -> None:
    """Bring back what taking an import back put away; what people put away stays so."""
    kind = model.__record_kind__
    away = select(model.id).where(model.id.in_(ids), model.archived_at.is_not(None))
    for record_id in was_taken_back(writing.session, kind, [row.id for row in writing.session.execute(away)]):
        record = writing.session.get_one(model, record_id)
        record.archived_at = record.archived_by_id = None
        writing.session.flush()
        writing.facts.append({**made(kind, record_id), "version": record.version})


def _give_seats(session: Session, ids: set[int]) -> None:
    """Nobody says how many seats a session of a file had: at least as many as sat on them."""
    taken = select(func.count(Enrolment.id)).where(Enrolment.session_id == TrainingSession.id).scalar_subquery()
    table = TrainingSession.__table__
    wants = update(TrainingSession).where(TrainingSession.id.in_(ids), taken > table.c.seats, taken <= MOST_SEATS)
    session.execute(wants.values(seats=taken).execution_options(synchronize_session=False))


# --- the results ------------------------------------------------------------------------------------------------------


def next_certificate(session: Session, project_id: int) -> int:
    """The number of the next certificate of a project; who asks holds the project until the end of the work."""
    session.execute(select(Project.id).where(Project.id == project_id).with_for_update())
    last = session.scalar(select(func.max(Enrolment.certificate)).where(Enrolment.project_id == project_id))
    return (last or 0) + 1


def _number(session: Session, project_id: int, parts: Sequence[Part]) -> None:
    """Give a number to everybody who completed a course and has none."""
    session.flush()
    number = next_certificate(session, project_id)
    for one in parts:
        if one.after.get("state") == COMPLETED and getattr(one.row, "certificate", None) is None:
            one.after["certificate"] = number
            number += 1


def _insert(writing: Writing, project_id: int, parts: Sequence[Part], sessions: dict[tuple[int, str], int]) -> None:
    blank = {"certificate": None, "way": "import", "has_evaluated": False}
    rows = [
        {
            **writing.stamps(), **blank, **one.after, "project_id": project_id, "course_id": one.course,
            "session_id": sessions[int(one.course), one.session_key], "person_id": one.person,
        }
        for one in parts
    ]  # fmt: skip
    ids = insert_rows(writing, Enrolment, rows)
    writing.facts += [made(KIND, each, source_values=one.draft.marks) for each, one in zip(ids, parts, strict=True)]


def _update(writing: Writing, project_id: int, parts: Sequence[Part]) -> None:
    notes: list[tuple[int, int, Verb, dict[str, Any], dict[str, Any]]] = []
    table: Table = Enrolment.__table__  # type: ignore[assignment]
    for one in parts:
        row, before = one.row, {name: getattr(one.row, name) for name in one.after}
        stamps = {"version": row.version + 1, "updated_at": writing.at, "updated_by_id": writing.by.user_id}
        statement = update(table).where(table.c.id == bindparam("of_id"))
        write_many(writing.session, statement, [{"of_id": row.id, **one.after, **stamps}])
        notes.append((row.id, row.version + 1, "changed", before, one.after))
        writing.facts.append({
            "kind": KIND, "record_id": row.id, "verb": "updated", "version": row.version + 1,
            "before": encoded_values(before), "source_values": one.draft.marks,
        })  # fmt: skip
    note_many(writing.session, KIND, notes, project_id=project_id)
