"""Finding the row of an address, reading which way it moves, and what was changed of it."""

from __future__ import annotations

from typing import Any, TypeVar

from flask import request
from sqlalchemy import Select

from implementor.configuration.condition_form import Conditions
from implementor.configuration.services.checking import Step
from implementor.foundation.errors import InvalidInput, NotFound, Refusal
from implementor.foundation.fields import Entity, Scope
from implementor.history.latest import latest_changes
from implementor.history.timeline import Timeline
from implementor.web.guard import actor
from implementor.web.unit_of_work import now, session

Row = TypeVar("Row")


def one_or_404(statement: Select[Row]) -> Row:
    """The one row of a statement. Raises NotFound."""
    found: Row | None = session().scalars(statement).one_or_none()
    if found is None:
        raise NotFound
    return found


def step() -> Step:
    """Which way something moves; anything but `up` is down."""
    return "up" if request.form.get("step") == "up" else "down"


def plainly(invalid: InvalidInput) -> Refusal:
    """Wrong input of a button, which has no field to stand beside."""
    return Refusal(invalid.reason)


def changes_of(**records: Any) -> Timeline:
    """The latest changes of records: kind -> ids."""
    return latest_changes(session(), records, by=actor(), at=now())


def asking(entity: Entity) -> Conditions:
    """The conditions of rules over a kind, for whoever looks."""
    return Conditions(entity, Scope(None, actor()), session())
