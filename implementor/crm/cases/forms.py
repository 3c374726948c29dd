"""What people fill in about the way of a case: a move with its note, and a hand-over."""

from __future__ import annotations

from sqlalchemy.orm import Session
from wtforms import HiddenField, SelectField, TextAreaField

from implementor.crm.cases.catalogue import CASE
from implementor.crm.cases.models import Case
from implementor.crm.cases.services import LONGEST_NOTE
from implementor.crm.records.fields import people_of_crm
from implementor.foundation.fields import Scope
from implementor.web.forms import CatalogueForm, Form, filled_form, say

MOVED = ("status", "priority", "resolution", "duplicate_of", "satisfaction", "satisfaction_comment")


class HandOverForm(Form):
    """To which area, to whom there, and what they must know."""

    version = HiddenField()
    area = SelectField(say("To which area"), validate_choice=False)
    owner = SelectField(
        say("To whom there"), validate_choice=False, description=say("Left empty: whoever takes it there.")
    )
    note = TextAreaField(
        say("What they must know"),
        description=say("What was asked, answered and promised, so that nobody asks the customer again."),
        render_kw={"required": True, "maxlength": LONGEST_NOTE, "rows": 5},
    )


class NoteForm(Form):
    """What is said on moving a case."""

    note = TextAreaField(
        say("Note"),
        description=say("Needed where a case is opened again."),
        render_kw={"maxlength": LONGEST_NOTE, "rows": 3},
    )


def hand_over_form(case: Case, scope: Scope, session: Session) -> HandOverForm:
    """The form with the areas that the case could go to, and the people of the CRM."""
    form = HandOverForm()
    areas = CASE.fields["area"].options
    assert areas is not None
    form.area.choices = [("", say("Choose an area"))] + [
        (str(row[0]), row[1]) for row in session.execute(areas(scope)) if row[0] != case.area_id
    ]
    form.owner.choices = [("", say("Nobody yet"))] + [
        (str(row[0]), row[1]) for row in session.execute(people_of_crm(scope))
    ]
    if not form.is_submitted():
        form.version.data = str(case.version)
    return form


def move_form(case: Case, scope: Scope, session: Session) -> CatalogueForm:
    """The form of what a move may change."""
    return filled_form(CASE, MOVED, case, scope, session)
