"""Watching every session, a note for every request that writes, and history's place among the pages."""

from __future__ import annotations

from flask import Flask, g, request
from wtforms import SelectField

from implementor.auth.models import Area, Team
from implementor.auth.services import areas
from implementor.foundation.lookup import lookups
from implementor.foundation.words import say
from implementor.history import recorder
from implementor.history.conflict import FieldConflict
from implementor.history.crossing import Crossing, crossing
from implementor.history.note import Note, put_note
from implementor.history.permissions import SEE_HISTORY
from implementor.history.restoring import Restorer, undoable
from implementor.history.services import StaleEdit
from implementor.web.forms import CatalogueForm
from implementor.web.guard import actor
from implementor.web.lookup_field import LookupField
from implementor.web.navigation import NavItem, directory
from implementor.web.unit_of_work import SAFE_METHODS, now, session


def contribute(app: Flask) -> None:
    """Record what requests change. Runs after the guard, which knows the person and the project."""
    recorder.install()
    app.before_request(note_request)
    app.jinja_env.globals["crossing"] = crossing_of_form
    undoable.update(area=Restorer(Area, areas.put_back), team=Restorer(Team))
    place = NavItem("manage", say("History"), "history.of_project", SEE_HISTORY, in_project=True, order=80)
    directory(app).items.append(place)


def note_request() -> None:
    """Say who works in this request, before its view begins."""
    if request.method in SAFE_METHODS or request.endpoint in (None, "static"):
        return
    project = g.get("project")
    note = Note(
        actor(),
        now(),
        source="web",
        request_id=g.get("request_id", ""),
        project_id=project.id if project else None,
        on_action=remember_action,
    )
    put_note(session(), note)


def remember_action(action_id: int | None) -> None:
    """Keep the action where `present_action` of the web floor looks for it."""
    g.history_action_id = action_id


def crossing_of_form(stale: StaleEdit, form: CatalogueForm) -> Crossing:
    """A stale edit as the conflict page draws it, with the labels that the form's own choices have."""
    labels = {
        name: {str(choice.value): choice.label for choice in form[name].iter_choices()}
        for name in form.catalogue
        if isinstance(form[name], SelectField)
    }
    for name in form.catalogue:
        if isinstance(form[name], LookupField):
            labels[name] = _titles(form[name].target, [one for one in stale.conflicts if one.field == name])
    return crossing(stale, form.catalogue, labels, form.currencies)


def _titles(kind: str, conflicts: list[FieldConflict]) -> dict[str, str]:
    """What the records of a conflict are called, as far as this person may see them."""
    values = {value for one in conflicts for value in (one.mine, one.theirs, one.original)}
    ids = [value for value in values if isinstance(value, int)]
    if not ids:
        return {}
    return {str(row[0]): row[1] for row in session().execute(lookups[kind].titles(ids, actor()))}
