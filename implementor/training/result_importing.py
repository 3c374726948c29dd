"""Results of training from files: whose they are is told by an address or a key, never guessed from a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from implementor.exchange.kinds import ImportKind, Outcome, Reason, import_kind
from implementor.exchange.records.declaring import EXTERNAL_ID, Draft, Extra, RecordImport, Writing
from implementor.foundation.text import folded
from implementor.foundation.words import say
from implementor.projects.importing import ProjectImporter, register_import
from implementor.training import result_permissions as permissions
from implementor.training.completing import day_of, state_when_told
from implementor.training.models import BOOKED, PASS_MARK, WAITING
from implementor.training.presentations import day_in
from implementor.training.result_catalogue import TRAINING_RESULT
from implementor.training.result_finding import SEVERAL, Found, find, person_key
from implementor.training.result_undoing import take_back_results
from implementor.training.result_writing import write_results
from implementor.training.validity import valid_until

HEADERS = {
    "result": "final result|final_result|result|outcome|grade|resultado|resultado final|calificación final",
    "score_before": "score before|pre score|pre-test|pretest|before|nota previa|puntaje previo|antes",
    "score_after": "score after|post score|post-test|posttest|score|after|nota|puntaje|nota final|después",
    "trained_on": "trained on|completed on|date|día|fecha|fecha de finalización|completado el",
}  # fmt: skip
EXTRAS = (
    Extra("person", say("Person"), "person|e-mail|email|student|id_student|id student|employee id|attendee|persona|"
          "correo|estudiante|participante|código"),
    Extra("course", say("Training course"), "course|module|code_module|code module|curso|módulo"),
    Extra("session", say("Session"), "session|presentation|code_presentation|code presentation|sesión|edición"),
)  # fmt: skip
LABELS = {one.name: one.label for one in EXTRAS}
MEANINGS = {
    "pass": "passed", "fail": "failed", "aprobado": "passed", "reprobado": "failed", "suspenso": "failed",
    "sobresaliente": "distinction",
}  # fmt: skip
TOLD = ("result", "score_before", "score_after", "trained_on")


@dataclass
class Part:
    """What a row does to somebody's part in a course; `row` is the part it changes, None where it is new."""

    draft: Draft
    person: int | str
    course: int | str
    session_key: str
    session_id: int | None
    held_on: date | None
    row: Any = None
    after: dict[str, Any] = field(default_factory=dict)


class ResultImporter(ProjectImporter):
    """Takes the rows of one file."""

    meanings: Mapping[str, Mapping[str, str]] = {"result": MEANINGS}

    def plan(self, session: Session, drafts: Sequence[Draft], *, locking: bool) -> list[Outcome]:
        """What becomes of each row."""
        good = [draft for draft in drafts if not draft.reasons and not draft.is_repeated]
        found = find(session, self.project_id, self.people_system, good)
        outcomes = [self._decided(draft, found) for draft in drafts]
        for draft, outcome in zip(drafts, outcomes, strict=True):
            self._tell(draft, outcome)
        return outcomes

    @property
    def people_system(self) -> str:
        """Under what keys of people are kept: one space for all files of training, unless the person names it."""
        return f"project {self.project_id}: {self.setup.options.system or 'training'}"

    def _decided(self, draft: Draft, found: Found) -> Outcome:
        part = None if draft.reasons or draft.is_repeated else self._part(draft, found)
        if part is None:
            return Outcome(draft.row, "refused" if draft.reasons else "unchanged", draft.reasons)
        if part.row is None:
            return Outcome(draft.row, "unchanged" if self.setup.options.mode == "update" else "created", data=part)
        is_same = not part.after or self.setup.options.mode == "create"
        return Outcome(draft.row, "unchanged" if is_same else "updated", data=None if is_same else part)

    def _part(self, draft: Draft, found: Found) -> Part | None:
        """The part that a row means, or None with the reasons in its draft."""
        person = found.person(draft)
        course = found.courses.get(folded(draft.text("course")), folded(draft.text("course")))
        held = found.sessions.get((course, folded(draft.text("session"))))
        day = draft.values.get("trained_on") or day_in(draft.text("session"))
        draft.reasons += self._unfit(draft, person, course, held, found)
        if held is None and day is None:
            why = say("Nothing here is called so. Say in the column of days when it was held.")
            draft.reasons.append(Reason(why, str(LABELS["session"]), draft.text("session")))
        if draft.reasons:
            return None
        on = day_of(held.starts_at, held.zone) if held is not None else day
        session_id = held.id if held is not None else None
        part = Part(draft, person, course, folded(draft.text("session")), session_id, on)
        part.row = found.parts.get((session_id, person)) or found.invited.get((course, person))
        part.after = self._after(part, found)
        return part

    def _unfit(self, draft: Draft, person: int | str, course: int | str, held: Any, found: Found) -> Iterable[Reason]:
        if person in found.erased:
            yield Reason(say("The name was erased on request. Nothing is written into this row again."),
                         str(LABELS["person"]))  # fmt: skip
        if course == SEVERAL or (held is not None and held.id == SEVERAL):
            yield Reason(say("Several courses or sessions are called so."), str(LABELS["course"]), draft.text("course"))
        is_new = isinstance(person, str) or isinstance(course, str) or held is None
        if is_new and self.setup.options.links != "create":
            yield Reason(
                say("The person, the course or the session is not known here."),
                str(LABELS["person"]),
                draft.text("person"),
            )

    def _after(self, part: Part, found: Found) -> dict[str, Any]:
        """The columns that the part gets, and that differ."""
        row, told = part.row, {name: part.draft.values[name] for name in TOLD if name in part.draft.values}
        course = found.rules.get(part.course) if isinstance(part.course, int) else None
        mark, months = (course.pass_mark, course.valid_months) if course is not None else (PASS_MARK, None)
        whole = {name: told.get(name, getattr(row, name, None)) for name in TOLD}
        state = state_when_told(row.state if row is not None else BOOKED, mark, whole["score_after"], whole["result"])
        if state not in WAITING:
            whole["trained_on"] = whole["trained_on"] or part.held_on
        on = whole["trained_on"]
        until = valid_until(on, months) if state == "completed" and on is not None else None
        whole |= {"state": state, "valid_until": until}
        if row is None:
            return whole
        if row.session_id is None and part.session_id is not None:
            whole["session_id"] = part.session_id
        if self.setup.options.filling == "fill":
            whole = {name: value for name, value in whole.items() if name in ("state",) or not getattr(row, name)}
        return {name: value for name, value in whole.items() if getattr(row, name) != value}

    def write(self, session: Session, outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
        """Write a batch; gives the facts of the import."""
        writing = Writing(session, self.setup, self.setup.by, self.setup.at, self.people_system)
        parts = [one.data for one in outcomes if one.data is not None and one.verb in ("created", "updated")]
        write_results(writing, self.project_id, parts)
        return writing.facts


def name_part(draft: Draft) -> Iterable[Reason]:
    """A person, a course and a session name a row; it says how it ended, or what was known before."""
    for one in EXTRAS:
        if not draft.text(one.name):
            yield Reason(say("%(field)s is needed.", field=one.label), str(one.label))
    if not any(draft.values.get(name) is not None for name in TOLD[:3]):
        yield Reason(say("The row has neither a result nor a score."))
    names = (person_key(draft.text("person")), folded(draft.text("course")), folded(draft.text("session")))
    draft.name, draft.is_print = "\x1f".join(names), False


def result_import(project_id: int) -> RecordImport:
    """How results of training come in."""
    return RecordImport(
        entity=TRAINING_RESULT, permission=permissions.EDIT, result_url=lambda _run: url_for("training_results.index"),
        needs=TOLD[:3], headers=HEADERS, extra=EXTRAS, derive=name_part,
    )  # fmt: skip


def import_results() -> ImportKind:
    """Let results come in from files; person, course and session name them, so no column of keys is asked for."""
    kind = register_import(result_import, ResultImporter, undo=take_back_results)
    return import_kind(replace(kind, targets=tuple(one for one in kind.targets if one.name != EXTERNAL_ID)))
