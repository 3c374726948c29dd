"""Finding the record of an address, and seeing whether a form was drawn before somebody else's change."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import Select

from implementor.foundation.errors import NotFound
from implementor.foundation.words import say
from implementor.web.forms import Form
from implementor.web.unit_of_work import session

Row = TypeVar("Row")


def one_or_404(statement: Select[Row]) -> Row:
    """The one row of a statement. Raises NotFound."""
    found: Row | None = session().scalars(statement).one_or_none()
    if found is None:
        raise NotFound
    return found


def pairs(statement: Select[Any, Any]) -> list[tuple[Any, Any]]:
    """Key and label of each row, for the choices of a form."""
    return [(row[0], row[1]) for row in session().execute(statement)]


def is_newer(record: Any, form: Form) -> bool:
    """Whether the record changed since the form was drawn; the form then says so and can be sent again."""
    sent = form["version"].data
    if sent in (None, "", str(record.version)):
        return False
    form.form_errors.append(
        say("Somebody else changed %(name)s meanwhile. Look below and save again to keep your text.", name=record.name)
    )
    form["version"].data = str(record.version)
    return True
