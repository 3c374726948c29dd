"""Appointments from files, such as a calendar taken along: an hour long unless their end is given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from flask import url_for

from implementor.crm.contacts.concern_importing import ConcernImporter, by_word, concern_links, fill_accounts
from implementor.crm.interactions.appointment_catalogue import APPOINTMENT, STATES
from implementor.crm.interactions.models import CANCELLED, DONE, PLANNED, Appointment
from implementor.crm.records.queries import change_condition
from implementor.exchange.kinds import ImportKind, Reason, import_kind, kind_named
from implementor.exchange.permissions import IMPORT_RECORDS
from implementor.exchange.records.declaring import EXTERNAL_ID, Draft, Extra, RecordImport, Writing
from implementor.exchange.records.kind import record_import
from implementor.exchange.records.targets import in_both
from implementor.foundation.text import folded
from implementor.foundation.words import say

STATE = "held"
USUAL_LENGTH, LONGEST = timedelta(hours=1), timedelta(days=31)
HEADERS = {
    EXTERNAL_ID: "event id|appointment id|meeting id|uid|id de evento|id de cita|id de reunión",
    "title": "title|subject|event|meeting|meeting name|summary|appointment|título|titulo|asunto|evento|reunión|cita|"
    "resumen",
    "kind": "kind|type|event type|meeting type|clase|tipo|tipo de evento|tipo de reunión",
    "starts_at": "begins|start|starts|start time|start date|start date time|begin|date|from|dtstart|empieza|comienza|"
    "inicio|comienzo|fecha de inicio|hora de inicio|fecha",
    "ends_at": "ends|end|end time|end date|end date time|until|dtend|termina|fin|final|fecha de fin|hora de fin",
    "place": "place|location|where|address|lugar|ubicación|ubicacion|sitio|dirección",
    "notes": "notes|description|comments|agenda|notas|descripción|descripcion|comentarios",
    "owner": "owner|organizer|host|assigned to|created by|propietario|organizador|responsable|asignado a",
}
STATE_NAMES = "state|status|outcome|meeting outcome|show time as|estado|situación|resultado"
MEANINGS = {
    "kind": by_word({
        "meeting": "meetings|demo|presentation|event|reuniones|demostración|presentación|evento|reunión",
        "visit": "on site|on-site|in person|visita|presencial",
        "call": "phone call|video call|web meeting|llamada|videollamada|telefónica|online",
    }),
}  # fmt: skip
STATE_WORDS = by_word({
    DONE: "held|done|completed|attended|happened|complete|celebrada|realizada|hecha|completada|asistió",
    CANCELLED: "cancelled|canceled|called off|no show|no-show|rescheduled|cancelada|anulada|no asistió|aplazada",
    PLANNED: "planned|scheduled|confirmed|tentative|busy|planeada|planificada|programada|confirmada|pendiente",
})  # fmt: skip


class AppointmentImporter(ConcernImporter):
    """Takes the rows of one file."""

    meanings = MEANINGS


def take_times(draft: Draft) -> Iterable[Reason]:
    """The end comes after the beginning; how it ended is told of new ones only, for people settle the others."""
    draft.marks.pop(STATE, None)
    start, end = draft.values.get("starts_at"), draft.values.get("ends_at")
    if start is not None and end is not None and not timedelta(0) < end - start <= LONGEST:
        yield Reason(say("An appointment ends after it begins, within a month."))


def complete(row: dict[str, Any]) -> None:
    """An hour long where no end is given."""
    if not row.get("ends_at") or row["ends_at"] <= row["starts_at"]:
        row["ends_at"] = row["starts_at"] + USUAL_LENGTH


def begin(writing: Writing, drafts: Sequence[Draft]) -> None:
    """New appointments: their account, their zone, and whether they were held."""
    fill_accounts(writing, drafts)
    words = {folded(said): one.key for one in STATES for said in (one.key, *in_both(one.label))}
    for draft in drafts:
        draft.values["zone"] = writing.options.time_zone
        word = folded(draft.text(STATE))
        state = words.get(word) or STATE_WORDS.get(word)
        if state in (DONE, CANCELLED):
            ended = "done" if state == DONE else "cancelled"
            at = min(draft.values["starts_at"], writing.at)
            draft.values |= {f"{ended}_at": at, f"{ended}_by_id": writing.by.user_id}


APPOINTMENT_IMPORT = RecordImport(
    entity=APPOINTMENT,
    permission=IMPORT_RECORDS,
    result_url=lambda _run: url_for("appointments.index", sort="-starts_at"),
    needs=("title",),
    headers=HEADERS,
    links=concern_links(),
    extra=(Extra(STATE, say("Planned, held or called off"), STATE_NAMES, fills=("state",)),),
    derive=take_times,
    complete=complete,
    before_new=begin,
    may_change=lambda actor: change_condition(Appointment, actor),
    usual={"kind": "meeting"},
)


def import_appointments() -> ImportKind:
    """Let appointments come in from files."""
    record_import(APPOINTMENT_IMPORT)
    return import_kind(replace(kind_named("appointment"), prepare=partial(AppointmentImporter, APPOINTMENT_IMPORT)))
