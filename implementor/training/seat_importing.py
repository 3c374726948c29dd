"""Seats on sessions from files of addresses: nobody is guessed by a name, nobody sits twice, none is one too many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.exchange.kinds import ImportKind, Outcome, Reason, import_kind
from implementor.exchange.models import ImportedRow, ImportRun
from implementor.exchange.records.declaring import EXTERNAL_ID, Draft, Extra, RecordImport, Writing
from implementor.exchange.records.reading import print_of
from implementor.foundation.contacting import read_email
from implementor.foundation.text import folded, whole_number
from implementor.foundation.words import Phrase, say, speech
from implementor.projects.importing import ProjectImporter, register_import
from implementor.training import permissions
from implementor.training.booking import why_closed, why_full
from implementor.training.completing import day_of
from implementor.training.models import Course, Enrolment, TrainingSession
from implementor.training.result_catalogue import TRAINING_SEAT
from implementor.training.result_finding import person_key
from implementor.training.seat_finding import Person, Standing, find_seats, label_of
from implementor.training.seat_writing import take_back_seats, write_seats
from implementor.web.unit_of_work import session as working_session

EXTRAS = (
    Extra("person", say("Address or key"), "e-mail|email|mail|e-mail address|address|employee id|attendee|participant|"
          "correo|correo electrónico|dirección|asistente|participante|código"),
    Extra("name", say("Name"), "name|full name|person|nombre|nombre completo|persona"),
    Extra("course", say("Training course"), "course|module|curso|módulo"),
    Extra("session", say("Session"), "session|sesión|edición"),
)  # fmt: skip
LABELS = {one.name: one.label for one in EXTRAS}


@dataclass
class Seat:
    """A seat that a row takes; `row` is the part that waited for one, None where there was none."""

    draft: Draft
    person: Person
    held: Any
    row: Any = None


class SeatImporter(ProjectImporter):
    """Takes the rows of one file."""

    def __init__(self, declared: RecordImport, session: Session, setup: Any) -> None:
        super().__init__(declared, session, setup)
        self._given: list[tuple[Any, Person]] = []  # by earlier batches of a dry run, which writes none of them

    @property
    def people_system(self) -> str:
        """Keys of people are those of all files of training."""
        return f"project {self.project_id}: {self.setup.options.system or 'training'}"

    def plan(self, session: Session, drafts: Sequence[Draft], *, locking: bool) -> list[Outcome]:
        """What becomes of each row."""
        keys = {person_key(draft.text("person")) for draft in drafts if not draft.reasons}
        found = find_seats(session, self.project_id, self.people_system, keys, locking=locking)
        for held, person in self._given:
            found.give(held, person)
        outcomes = [self._decided(draft, found) for draft in drafts]
        for draft, outcome in zip(drafts, outcomes, strict=True):
            self._tell(draft, outcome)
            if outcome.data is not None and not locking:
                self._given.append((outcome.data.held, outcome.data.person))
        return outcomes

    def _decided(self, draft: Draft, found: Standing) -> Outcome:
        if draft.reasons:
            return Outcome(draft.row, "refused", draft.reasons)
        key = person_key(draft.text("person"))
        person, held = found.known.get(key, key), self._session(draft, found)
        if draft.is_repeated or (held is not None and (held.id, person) in found.seats):
            return Outcome(draft.row, "unchanged")
        if held is not None:
            draft.reasons += self._unfit(draft, person, held, found)
        if draft.reasons or held is None:
            return Outcome(draft.row, "refused", draft.reasons)
        seat = Seat(draft, person, held, found.waiting.get((held.course_id, person)))
        if self.setup.options.mode == ("update" if seat.row is None else "create"):
            return Outcome(draft.row, "unchanged")
        found.give(held, person)
        return Outcome(draft.row, "created" if seat.row is None else "updated", data=seat)

    def _session(self, draft: Draft, found: Standing) -> Any:
        """The session of a row, or None with the reason in its draft."""
        usual = self.setup.options.defaults
        name = draft.text("session") or usual.get("session", "")
        course = draft.text("course") or ("" if draft.text("session") else usual.get("course", ""))
        meant = found.named(name, course) if name else []
        if len(meant) == 1:
            return meant[0]
        why = say("%(field)s is needed.", field=say("Session"))
        if len(meant) > 1:
            why = say("Several sessions are called so. Write the name with its moment, such as %(example)s.",
                      example=label_of(meant[0]))  # fmt: skip
        elif name:
            why = say("No session here is called so.")
        draft.reasons.append(Reason(why, str(LABELS["session"]), name))
        return None

    def _unfit(self, draft: Draft, person: Person, held: Any, found: Standing) -> Iterable[Reason]:
        """Why this person gets no seat on this session: the first reason, about the person before the session."""
        text = draft.text("person")
        why = self._unfit_to_add(text) if isinstance(person, str) else _gone(found.people[person], held, found)
        if why is not None:
            yield Reason(why, str(LABELS["person"]), text)
            return
        waiting = found.waiting.get((held.course_id, person))
        other = found.promised.get((held.course_id, person)) or (waiting.session_id if waiting is not None else None)
        why = why_closed(held, self.setup.at)
        if other is not None:
            called = found.people[person].name if isinstance(person, int) else person
            why = say("%(name)s has a seat in another session of this course.", name=called)
        elif why is None and found.taken.get(held.id, 0) >= held.seats:
            why = why_full(held.seats, found.next_with_seats(held, self.setup.at))
        if why is not None:
            yield Reason(why, str(LABELS["session"]), label_of(held))

    def _unfit_to_add(self, text: str) -> Phrase | None:
        """Somebody new is written down by an address alone, and only where that is wanted."""
        if _address(text) is None:
            return say("Nobody here has this key, and it is not an address. Nobody is found by a name.")
        return None if self.setup.options.links == "create" else say("Nobody here has this address.")

    def write(self, session: Session, outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
        """Write a batch; gives the facts of the import."""
        writing = Writing(session, self.setup, self.setup.by, self.setup.at, self.people_system)
        write_seats(writing, self.project_id, [one.data for one in outcomes if one.data is not None])
        return writing.facts


def _gone(person: Any, held: Any, found: Standing) -> Phrase | None:
    """Why somebody who is written down here cannot come."""
    if person.erased_at is not None:
        return say("The name was erased on request. Nothing is written into this row again.")
    if person.archived_at is not None and person.id not in found.revivable:
        return say("%(name)s was put away. Bring them back first.", name=person.name)
    if person.left_on is not None and person.left_on < day_of(held.starts_at, held.zone):
        return say("%(name)s leaves the company before the session, on %(day)s.", name=person.name, day=person.left_on)
    return None


def _address(text: str) -> str | None:
    """The address that a text is, as it is kept, or None."""
    try:
        return read_email(text)
    except ValueError:
        return None


def name_seat(draft: Draft) -> Iterable[Reason]:
    """A person and a session name a row; the session may be that of the page from which the import began."""
    draft.extra["person"] = [_address(text) or text for text in draft.extra.get("person", ())]
    if not draft.text("person"):
        yield Reason(say("%(field)s is needed.", field=LABELS["person"]), str(LABELS["person"]))
    names = (person_key(draft.text("person")), folded(draft.text("course")), folded(draft.text("session")))
    draft.name, draft.is_print = "\x1f".join(names), False
    draft.marks = {"seat": print_of(draft.name)}  # the same seat however it is written, and whatever name stands beside


def seat_import(project_id: int) -> RecordImport:
    """How seats on sessions come in."""
    return RecordImport(
        entity=TRAINING_SEAT, permission=permissions.ENROL, result_url=_result_url, needs=("person",), extra=EXTRAS,
        derive=name_seat,
    )  # fmt: skip


def import_seats() -> ImportKind:
    """Let seats come in from files; person and session name them, so no column of keys is asked for."""
    kind = register_import(seat_import, SeatImporter, undo=take_back_seats)
    targets = tuple(one for one in kind.targets if one.name != EXTERNAL_ID)
    return import_kind(replace(kind, targets=targets, defaults_of=defaults_of_session, asks_links=True))


def defaults_of_session(session: Session, project_id: int | None, about: str) -> Mapping[str, str]:
    """The session from whose page the import begins, for rows that name none; nothing where there is none."""
    columns = (TrainingSession.name, TrainingSession.starts_at, TrainingSession.zone, Course)
    found = session.execute(
        select(*columns).join(Course, Course.id == TrainingSession.course_id).where(
            TrainingSession.id == (whole_number(about) or 0), TrainingSession.project_id == project_id
        )
    ).one_or_none()  # fmt: skip
    if found is None:
        return {}
    return {"session": label_of(found), "course": found.Course.title_in(speech().language)}


def _result_url(run: ImportRun) -> str:
    """The session on which the seats are, or all sessions where there are several."""
    seated = select(Enrolment.session_id).join(ImportedRow, ImportedRow.record_id == Enrolment.id)
    here = seated.where(ImportedRow.run_id == run.id, ImportedRow.kind == "enrolment").distinct().limit(2)
    found = working_session().scalars(here).all()
    if len(found) == 1 and found[0] is not None:
        return url_for("training.session", record_id=found[0])
    return url_for("training.sessions")
