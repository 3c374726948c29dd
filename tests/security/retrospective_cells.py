"""Addresses of retrospectives and lessons in the walks; see `cells`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Sent = Callable[..., dict[str, Any]]
TITLES = {"retrospective": "title", "lesson": "title"}
REQUIRED: dict[str, dict[str, Any]] = {
    "retrospective": {"title": "Written", "format": "start_stop", "names": "named", "votes_each": "3"},
    "lesson": {"title": "Written"},
}
KINDS = {"retrospectives.lesson_from": "risk"}
ARGUMENTS: dict[str, Sent] = {
    "retrospective_id": lambda r, w: {"retrospective_id": r.retrospective},
    "retro_action_id": lambda r, w: {"retro_action_id": r.retro_action},
    "note_id": lambda r, w: {"note_id": r.retrospective_note},
    "lesson_id": lambda r, w: {"lesson_id": r.lesson},
}
EXCEPTIONS: dict[str, Sent] = {
    "retrospectives.vote": lambda r, w: {"retrospective_id": r.voting, "note_id": r.voting_note},
    "retrospectives.lesson_from": lambda r, w: {"record_id": r.risk},
    "retrospectives.answer_offer": lambda r, w: {"lesson_id": w.places["COL"].kept_lesson},
    "retrospectives.share_lesson": lambda r, w: {"lesson_id": r.kept_lesson},
}
BODIES: dict[str, Sent] = {
    "retrospectives.write": lambda p, r, w: {"place": "0", "text": "Written"},
    "retrospectives.change_note": lambda p, r, w: {"text": ""},
    "retrospectives.move_note": lambda p, r, w: {"to": "column-1"},
    "retrospectives.vote": lambda p, r, w: {"way": "give"},
    "retrospectives.phase": lambda p, r, w: {"phase": "vote"},
    "retrospectives.timer": lambda p, r, w: {"minutes": "5"},
    "retrospectives.lock": lambda p, r, w: {"locked": "y"},
    "retrospectives.agree": lambda p, r, w: {"title": "Written", "owner_id": str(w.people["member"].id)},
    "retrospectives.become": lambda p, r, w: {"kind": "action_item"},
    "retrospectives.share_lesson": lambda p, r, w: {"shared": "y"},
    "retrospectives.answer_offer": lambda p, r, w: {"answer": "kept"},
    "retrospectives.sign_lessons": lambda p, r, w: {"role": "project_lead"},
}
