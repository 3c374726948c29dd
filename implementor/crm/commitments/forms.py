"""What people fill in about commitments: a promise beside a record, and why it was kept or broken."""

from __future__ import annotations

from sqlalchemy.orm import Session
from wtforms import StringField

from implementor.crm.commitments.catalogue import COMMITMENT
from implementor.crm.records.concerning import WITH
from implementor.foundation.fields import Scope
from implementor.foundation.words import say
from implementor.web.forms import CatalogueForm, Form, filled_form

PROMISED = ("promise", "due_on", "details", "contact", "owner")


class SettleForm(Form):
    """Why a commitment was kept or broken."""

    reason = StringField(say("How or why"))  # type: ignore[arg-type]  # put into words when the page is drawn


def promise_form(kind: str, scope: Scope, session: Session) -> CatalogueForm:
    """The form of a commitment to or about a record of a kind; whom it is to comes from the record."""
    wanted = [name for name in PROMISED if name not in WITH or kind == "account"]
    form = filled_form(COMMITMENT, wanted, None, scope, session)
    if not form.is_submitted():
        form.process(data={"owner": str(scope.actor.user_id)})
    for field in form:  # a record's page has other forms with fields of the same names
        field.id = f"promise_{field.id}"
        field.label.field_id = field.id
    return form
