"""What people fill in about leads: why one goes back or is lost, what it is to become, and what came out of a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, SelectField, TextAreaField

from implementor.crm.leads.catalogue import LEAD
from implementor.crm.leads.words import REASONS
from implementor.crm.opportunities.catalogue import OPPORTUNITY
from implementor.foundation import live, words
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Scope, entities
from implementor.foundation.text import clean, whole_number
from implementor.foundation.words import Phrase
from implementor.web.forms import EMPTY_CHOICE, CatalogueForm, Form, filled_form, offered, say
from implementor.web.lookup_field import LookupField

NEW, NONE = "new", "none"
CHOSEN = ("account", "contact", "opportunity")
DEAL = ("name", "amount", "close_on", "stage")
REENTRY = ("first_name", "last_name", "company", "need", "urgency", "source", "potential", "owner", "description")


class StepForm(Form):
    """Why a lead goes back to marketing, is lost, or begins anew."""

    version = HiddenField()
    stage = HiddenField()
    reason = SelectField(say("Reason"), validate_choice=False)
    note = TextAreaField(
        say("Note"), filters=[lambda text: clean(text) if isinstance(text, str) else text],
        render_kw={"maxlength": 2000, "rows": 3},
    )  # fmt: skip

    def __init__(self, stage: str, **more: Any) -> None:
        super().__init__(**more)
        if stage in REASONS:
            reasons = live.present().picklist(REASONS[stage].key).offered
            self.reason.choices = offered([EMPTY_CHOICE, *((word.key, word.label) for word in reasons)])
        else:
            del self.reason


def choice_form(scope: Scope, session: Session, choices: Mapping[str, Iterable[tuple[str, Any]]], sent: Any) -> Any:
    """The form that asks what a lead becomes, by GET: of each kind one of the choices, or a record found by name."""
    fields: dict[str, Any] = {}
    for kind in CHOSEN:
        label = entities[kind].label
        fields[kind] = SelectField(label, choices=offered(choices[kind]), validate_choice=False)  # type: ignore[arg-type]
        fields[f"other_{kind}"] = LookupField(
            words.say("%(kind)s: another one", kind=label), target=kind, actor=scope.actor, session=session,
            description=say("Found by its name; it goes before the choice above."),
        )  # fmt: skip
    made: Any = type("ChoiceForm", (Form,), fields)
    form = made(MultiDict(sent), meta={"csrf": False})
    form.validate()
    return form


def deal_form(scope: Scope, session: Session) -> CatalogueForm:
    """What is asked of a new opportunity."""
    form = filled_form(OPPORTUNITY, DEAL, None, scope, session)
    for field in form:
        field.id = f"deal_{field.id}"
        field.label.field_id = field.id
    return form


def reentry_form(scope: Scope, session: Session) -> CatalogueForm:
    """A lead that comes out of a record; whom it is from comes from there where nobody says."""
    form = filled_form(LEAD, REENTRY, None, scope, session)
    if not form.is_submitted():
        form.process(data={"owner": str(scope.actor.user_id)})
    return form


def parsed_choice(kind: str, text: str | None) -> Any:
    """What was chosen of a kind: a new record, none, or a known one. Raises InvalidInput where nothing was."""
    if text == NEW:
        return NEW
    if text == NONE:
        return None
    number = whole_number(text or "")
    if number is None:
        raise InvalidInput({kind: not_chosen(kind)})
    return number


def not_chosen(kind: str) -> Phrase:
    """What people are told who chose nothing."""
    return words.say("%(kind)s: choose who it is, a new one, or none.", kind=entities[kind].label)
