"""What people fill in beside a record: what just happened with it, and an appointment about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session
from wtforms import HiddenField, StringField, TextAreaField

from implementor.crm.interactions.appointment_catalogue import APPOINTMENT
from implementor.crm.interactions.catalogue import INTERACTION
from implementor.crm.records.concerning import WITH
from implementor.foundation.fields import Entity, Scope
from implementor.foundation.words import say
from implementor.web.forms import CatalogueForm, Form, filled_form

LOGGED = (
    "channel", "direction", "subject", "body", "outcome", "at", "duration_minutes", "contact", "follow_up",
    "follow_up_on", "follow_up_owner",
)  # fmt: skip
AGREED = ("title", "kind", "starts_at", "ends_at", "place", "contact", "notes")
USUAL: Mapping[str, Any] = {"channel": "phone", "direction": "out", "kind": "meeting"}


class EndForm(Form):
    """What came of an appointment."""

    note = StringField(say("What came of it"))  # type: ignore[arg-type]  # put into words when the page is drawn


class LetterForm(Form):
    """A mail about a record, and the template that it was begun with."""

    template = HiddenField()
    subject = StringField(say("Subject"), render_kw={"maxlength": 200, "required": True})  # type: ignore[arg-type]
    body = TextAreaField(say("Text"), render_kw={"rows": 12, "required": True})  # type: ignore[arg-type]


def log_form(kind: str, scope: Scope, session: Session, asked: Mapping[str, str]) -> CatalogueForm:
    """The form that logs what happened with a record of a kind; `asked` fills fields of these names."""
    return _beside(INTERACTION, LOGGED, kind, scope, session, asked)


def appointment_form(kind: str, scope: Scope, session: Session, asked: Mapping[str, str]) -> CatalogueForm:
    """The form of an appointment with or about a record of a kind."""
    return _beside(APPOINTMENT, AGREED, kind, scope, session, asked)


def _beside(
    entity: Entity, names: tuple[str, ...], kind: str, scope: Scope, session: Session, asked: Mapping[str, str]
) -> CatalogueForm:
    """Whom it is with comes from the record; only an account leaves open which of its people it was."""
    wanted = [name for name in names if name not in WITH or kind == "account"]
    form = filled_form(entity, wanted, None, scope, session)
    if not form.is_submitted():
        form.process(data={name: value for name, value in {**USUAL, **asked}.items() if name in form.catalogue})
    for field in form:  # a record's page has other forms with fields of the same names
        field.id = f"dealings_{field.id}"
        field.label.field_id = field.id
    return form
