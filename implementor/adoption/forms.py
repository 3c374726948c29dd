"""What people fill in to finish an intervention, and for an appointment with who is helped."""

from __future__ import annotations

from sqlalchemy.orm import Session
from wtforms import TextAreaField

from implementor.adoption.catalogue import MEETING
from implementor.adoption.intervention_models import Intervention
from implementor.adoption.meeting import USUAL_MINUTES
from implementor.foundation.fields import Scope
from implementor.web.forms import CatalogueForm, Form, form_class, say, shown_value


class ResultForm(Form):
    """What came of it."""

    result = TextAreaField(say("What came of it?"))


def meeting_form(scope: Scope, session: Session, made: Intervention | None = None) -> CatalogueForm:
    """The form of an appointment; it shows the one to come that `made` has."""
    form = form_class(MEETING, scope, session)()
    if not form.is_submitted():
        held = {one.name: getattr(made, one.name) for one in MEETING} if made is not None else {}
        shown = {one.name: shown_value(one, held[one.name]) for one in MEETING if held.get(one.name) is not None}
        form.process(data={"meets_minutes": USUAL_MINUTES, **shown})
    for field in form:  # the page of an intervention has another form with fields of the same names
        field.id = f"meeting_{field.id}"
        field.label.field_id = field.id
    return form
