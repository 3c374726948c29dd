"""What people fill in about consents: what a contact said, and the next version of the words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.orm import Session
from wtforms import SelectField, TextAreaField

from implementor.crm.consents.models import Consent
from implementor.crm.consents.services import NewConsent
from implementor.crm.consents.standing import EXPIRED
from implementor.crm.consents.vocabulary import (
    BASIS_CHOICES,
    CAPTURE_CHOICES,
    CHANNEL_CHOICES,
    PURPOSES,
    STATUS_CHOICES,
    label_of,
)
from implementor.foundation import live, words
from implementor.foundation.choices import Choice
from implementor.foundation.fields import Field, Kind, Scope
from implementor.foundation.text import whole_number
from implementor.web.forms import EMPTY_CHOICE, CatalogueForm, Form, form_class, offered

say: Any = words.say
LANGUAGES = (("en", "English"), ("es", "Español"))


def _without(choices: Sequence[Choice], *left_out: str) -> tuple[Choice, ...]:
    return tuple(choice for choice in choices if choice.key not in left_out)


SAID = (
    Field("purpose", Kind.CHOICE, say("Purpose"), Consent.purpose, required=True, picklist=PURPOSES),
    Field(
        "channel", Kind.CHOICE, say("Channel"), Consent.channel, choices=CHANNEL_CHOICES,
        hint=say("Left empty: every channel."),
    ),
    Field(
        "status", Kind.CHOICE, say("What they said"), Consent.status, required=True,
        choices=_without(STATUS_CHOICES, EXPIRED),
    ),
    Field("basis", Kind.CHOICE, say("Lawful basis"), Consent.basis, choices=BASIS_CHOICES),
    Field(
        "capture", Kind.CHOICE, say("How it came to us"), Consent.capture, required=True,
        choices=_without(CAPTURE_CHOICES, "import", "conversion"),
    ),
    Field(
        "captured_at", Kind.MOMENT, say("When they said it"), Consent.captured_at, hint=say("Left empty: now."),
    ),
    Field("expires_on", Kind.DATE, say("Holds until"), Consent.expires_on, hint=say("For what was given.")),
    Field("source", Kind.LINE, say("Where it comes from"), Consent.source, longest=500, width="wide"),
    Field(
        "proof", Kind.LINE, say("Where the proof is"), Consent.proof, longest=500, width="wide",
        hint=say("An address, or the name of the paper."),
    ),
)  # fmt: skip


def consent_form(scope: Scope, session: Session, wordings: Iterable[Any]) -> CatalogueForm:
    """The form that takes down what a contact said; `wordings` are the versions they may have been shown."""
    made: Any = form_class(SAID, scope, session)
    pairs = [(row.id, wording_label(row)) for row in wordings]
    made.wording = SelectField(say("Words they were shown"), choices=offered([EMPTY_CHOICE, *pairs]))
    form: CatalogueForm = made()
    for field in form:  # the page of a contact has other forms with fields of the same names
        field.id = f"consent_{field.id}"
        field.label.field_id = field.id
    return form


def new_consent(form: Any, contact_id: int, at: Any) -> NewConsent:
    """What the form says, as it is taken down."""
    values = form.values()
    values["captured_at"] = values["captured_at"] or at
    return NewConsent(contact_id=contact_id, wording_id=whole_number(form.wording.data), **values)


def wording_label(row: Any) -> str:
    """How a version of the words is called: its purpose, language and number."""
    return f"{label_of('purpose', row.purpose)} · {row.language} · {row.number}"


class WordingForm(Form):
    """The next version of the words for a purpose in a language."""

    purpose = SelectField(say("Purpose"), validate_choice=False)
    language = SelectField(say("Language"), choices=offered(LANGUAGES))
    text = TextAreaField(say("The words"))

    def __init__(self) -> None:
        super().__init__()
        choices = live.present().picklist(PURPOSES).offered
        self.purpose.choices = offered((choice.key, choice.label) for choice in choices)
