"""People affected from files: known again by their address alone, and put into the audience that a row names."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.audiences import permissions
from implementor.audiences.catalogue import AFFECTED_PERSON
from implementor.audiences.models import AffectedPerson, Audience, AudienceMember
from implementor.audiences.services.people import list_person
from implementor.audiences.services.records import change_record, write_record
from implementor.auth.models import Area, Team
from implementor.exchange.kinds import ImportKind
from implementor.exchange.records.declaring import EXTERNAL_ID, Draft, Extra, Found, Key, Link, RecordImport, Writing
from implementor.exchange.records.importer import Planned
from implementor.foundation.text import folded
from implementor.foundation.words import say
from implementor.projects.importing import RegisterImporter, link_in_project, register_import

AUDIENCE = "audience"
HEADERS = {
    EXTERNAL_ID: "employee id|person id|staff id|id|código|número de empleado|legajo",
    "name": "name|full name|person|employee|nombre|nombre completo|persona|empleado",
    "email": "email|e-mail|mail|address|correo|correo electrónico",
    "language": "language|idioma|lengua",
    "area_id": "area|department|área|departamento",
    "team_id": "team|equipo",
    "job_role": "job role|role|position|job title|puesto|cargo|rol",
    "manager_id": "manager|boss|manager e-mail|jefe|jefa|responsable|correo del jefe",
    "hired_on": "in the company since|hired|start date|fecha de ingreso|ingreso|contratación",
    "left_on": "last day in the company|left|end date|fecha de baja|baja|salida",
}
LANGUAGE_WORDS = {"english": "en", "ingles": "en", "spanish": "es", "espanol": "es", "castellano": "es"}


class PeopleImporter(RegisterImporter):
    """Takes the rows of one file of people."""

    meanings: Mapping[str, Mapping[str, str]] = {"language": LANGUAGE_WORDS}

    def make(self, writing: Writing, draft: Draft) -> AffectedPerson:
        """Write the person down, and into the audience of the row."""
        values: dict[str, Any] = {**self.declared.usual, **draft.values}
        made: AffectedPerson = write_record(
            writing.session, AffectedPerson, project_id=self.project_id, values=values, by=writing.by, at=writing.at
        )
        _put_into_audience(writing, made, draft)
        return made

    def change(self, writing: Writing, record: Any, planned: Planned) -> None:
        """Describe the person anew."""
        if planned.after:
            change_record(writing.session, record, planned.after, by=writing.by, at=writing.at)
        _put_into_audience(writing, record, planned.draft)


def people_import(project_id: int) -> RecordImport:
    """How the people affected by a project come in."""
    return RecordImport(
        entity=AFFECTED_PERSON,
        permission=permissions.PEOPLE_EDIT,
        result_url=lambda _run: url_for("audiences.affected_people"),
        needs=("name",),
        headers=HEADERS,
        keys=(Key(_address_of, lambda of, texts: _by_address(of, texts, project_id), unique=True),),
        links=(
            Link("area_id", lambda of, _by, texts: _by_name(of, Area, texts)),
            Link("team_id", lambda of, _by, texts: _by_name(of, Team, texts)),
            Link("manager_id", lambda of, _by, texts: _managers(of, texts, project_id)),
            link_in_project(
                AUDIENCE, Audience, "name", project_id, headers="audience|group|audiencia|grupo",
                make=lambda writing, texts: _make_audiences(writing, texts, project_id),
            ),
        ),
        extra=(Extra(AUDIENCE, say("Audience"), "audience|group|audiencia|grupo", "link"),),
    )  # fmt: skip


def import_people() -> ImportKind:
    """Let people affected come in from files."""
    return register_import(people_import, PeopleImporter)


def _put_into_audience(writing: Writing, person: AffectedPerson, draft: Draft) -> None:
    audience_id = draft.linked.get(AUDIENCE)
    if audience_id is None:
        return
    known = select(AudienceMember.id).where(
        AudienceMember.audience_id == audience_id, AudienceMember.person_id == person.id
    )
    if writing.session.scalar(known) is None:
        audience = writing.session.get_one(Audience, audience_id)
        list_person(writing.session, audience, person, by=writing.by, at=writing.at)


def _make_audiences(writing: Writing, texts: Sequence[str], project_id: int) -> Mapping[str, int]:
    made: dict[str, int] = {}
    for text in texts:
        values = {"name": text, "kind": "group"}
        record = write_record(
            writing.session, Audience, project_id=project_id, values=values, by=writing.by, at=writing.at
        )
        made[text] = record.id
    return made


def _address_of(draft: Draft) -> str | None:
    return folded(str(draft.values.get("email") or "")) or None


def _by_address(session: Session, texts: Collection[str], project_id: int) -> Found:
    found: dict[str, list[int]] = {}
    rows = select(AffectedPerson.email_key, AffectedPerson.id).where(
        AffectedPerson.project_id == project_id, AffectedPerson.email_key.in_(list(texts))
    )
    for text, person_id in session.execute(rows):
        found.setdefault(text or "", []).append(person_id)
    return found


def _by_name(session: Session, model: type[Area] | type[Team], texts: Collection[str]) -> Found:
    keys = {text: folded(text) for text in texts}
    rows = select(model.name_key, model.id).where(model.name_key.in_(set(keys.values())), model.archived_at.is_(None))
    found = {row.name_key: row.id for row in session.execute(rows)}
    return {text: [found[key]] if key in found else [] for text, key in keys.items()}


def _managers(session: Session, texts: Collection[str], project_id: int) -> Found:
    """People by address, or by a name that only one of them bears: nobody is guessed."""
    keys = {text: folded(text) for text in texts}
    rows = select(AffectedPerson.id, AffectedPerson.email_key, AffectedPerson.name_key).where(
        AffectedPerson.project_id == project_id, AffectedPerson.archived_at.is_(None),
        AffectedPerson.email_key.in_(set(keys.values())) | AffectedPerson.name_key.in_(set(keys.values())),
    )  # fmt: skip
    found: dict[str, list[int]] = {}
    for person_id, email, name in session.execute(rows):
        for key in {email or name, name}:
            found.setdefault(key, []).append(person_id)
    return {text: found.get(key, []) for text, key in keys.items()}
