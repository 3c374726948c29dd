"""Retrospectives in three phases, an action and two lessons in each project."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask import Flask
from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor
from implementor.retrospectives.services import actions, lessons, notes
from implementor.retrospectives.services import retrospectives as services

if TYPE_CHECKING:
    from tests.security.world import Place


def add_retrospectives(session: Session, _app: Flask, place: Place, text: str, by: Actor) -> None:
    """One that is put together with an action, one that is voted on, and one that is closed."""
    here: dict[str, Any] = {"by": by, "at": datetime.now(UTC)}
    for name, phase in (("retrospective", "group"), ("voting", "vote"), ("ended", "closed")):
        values = {"title": f"Looking back {name} {text}", "facilitator_id": None}
        made = services.create_retrospective(session, project_id=place.project_id, values=values, **here)
        note = notes.write_note(session, made, place=0, text=f"Said {text}"[:500], hand="0" * 64, by=by)
        services.go_to(session, made, "group", **here)
        place.ids |= {name: made.id, f"{name}_note": note.id}
        if name == "retrospective":
            given = {"title": f"Do {text}"[:200], "owner_id": made.facilitator_id}
            place.ids["retro_action"] = actions.agree_on(session, made, given, **here).id
        if phase == "vote":
            services.go_to(session, made, phase, **here)
        if phase == "closed":
            services.close_retrospective(session, made, **here)
    for name in ("lesson", "kept_lesson"):
        written: dict[str, Any] = {"title": f"Lesson {name} {text}"[:160], "tags": ["Data"]}
        written["recommendation"] = f"Then {text}"
        lesson = lessons.write_lesson(session, project_id=place.project_id, values=written, **here)
        place.ids[name] = lesson.id
    lessons.keep_lesson(session, lesson, **here)
