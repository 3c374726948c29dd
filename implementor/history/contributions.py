"""Watching every session, and a note for every request that writes."""

from __future__ import annotations

from flask import Flask, g, request

from implementor.history import recorder
from implementor.history.note import Note, put_note
from implementor.web.guard import actor
from implementor.web.unit_of_work import SAFE_METHODS, now, session


def contribute(app: Flask) -> None:
    """Record what requests change. Runs after the guard, which knows the person and the project."""
    recorder.install()
    app.before_request(note_request)


def note_request() -> None:
    """Say who works in this request, before its view begins."""
    if request.method in SAFE_METHODS or request.endpoint in (None, "static"):
        return
    project = g.get("project")
    note = Note(
        actor(), now(), source="web", request_id=g.get("request_id", ""), project_id=project.id if project else None,
        on_action=remember_action,
    )
    put_note(session(), note)


def remember_action(action_id: int | None) -> None:
    """Keep the action where `present_action` of the web floor looks for it."""
    g.history_action_id = action_id
