"""What people fill in on a story's page beside the catalogue's own forms."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from wtforms import RadioField, SelectField, StringField, TextAreaField

from implementor.foundation.fields import Entity, Scope
from implementor.stories import definitions
from implementor.web.forms import CatalogueForm, CheckboxesField, Form, form_class, offered, say

READY: list[Any] = offered(definitions.READY.items())
PLACES: list[Any] = offered(
    (
        ("first", say("To the top")),
        ("last", say("To the bottom")),
        ("after", say("Behind another story")),
        ("before", say("Before another story")),
    )
)
TOGETHER: list[Any] = offered(
    (("wave", say("Beside this story, in the same wave if it is in one")), ("backlog", say("In the backlog")))
)
DONE: list[Any] = offered(definitions.DONE.items())


class QuickAddForm(Form):
    """Several stories at once, one a line."""

    titles = TextAreaField(say("Stories to add"), description=say("One title per line."))


class PlaceForm(Form):
    """Another place in the hand-made order."""

    place = RadioField(say("Place"), choices=PLACES, default="first")
    other = StringField(say("Other story"), description=say("Its number, such as 12, for behind and before."))


class RulesForm(Form):
    """The definitions of ready and done of a project."""

    ready = CheckboxesField(say("A story is ready when"), choices=READY)
    done = CheckboxesField(say("A story may be validated when"), choices=DONE)


class SplitForm(Form):
    """How a story is divided; parts are named `kind-id`."""

    title = StringField(
        say("Title of the rest"), description=say("What was done stays here; say what the rest is about.")
    )
    points_left = StringField(say("Points that stay here"))
    points_rest = StringField(say("Points of the rest"))
    value_left = StringField(say("Value that stays here"))
    value_rest = StringField(say("Value of the rest"))
    parts = CheckboxesField(say("What goes along"))
    place = RadioField(say("Where the rest is planned"), choices=TOGETHER, default="wave")


class MoveForm(Form):
    """Another status for a story."""

    status = SelectField(say("Status"))


def part_form(entity: Entity, scope: Scope, session: Session) -> CatalogueForm:
    """The form that adds one part; its fields' names carry the kind, so that ids are unique on the page."""
    made: Any = form_class(entity.fields.values(), scope, session)
    form: CatalogueForm = made(prefix=f"{entity.kind}-")
    return form
