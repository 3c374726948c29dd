"""Addresses of retrospectives and lessons with the ids they need, for the walk over every page; see `addresses`."""

from __future__ import annotations

EXAMPLES: dict[str, dict[str, str]] = {
    "lesson_library.index": {},
    "lesson_library.show": {"lesson_id": "lesson"},
    "retrospectives.index": {},
    "retrospectives.lesson": {"lesson_id": "lesson"},
    "retrospectives.lessons": {},
    "retrospectives.note": {"retrospective_id": "open_retrospective", "note_id": "retro_note"},
    "retrospectives.offered": {},
    "retrospectives.show": {"retrospective_id": "retrospective"},
}
NO_PAGES = {
    "retrospectives.export": "a file",
    "retrospectives.new": "leads on to the form of lists.new",
    "retrospectives.new_lesson": "the same",
    "retrospectives.poll": "a piece of retrospectives.show",
}
FOUND = {
    "lesson": "SELECT min(id) FROM lesson WHERE project_id = :project",
    "retrospective": "SELECT min(id) FROM retrospective WHERE project_id = :project",
    "open_retrospective": "SELECT max(id) FROM retrospective WHERE project_id = :project",
    "retro_note": "SELECT min(n.id) FROM retro_note n WHERE n.retrospective_id ="
    " (SELECT max(id) FROM retrospective WHERE project_id = :project)",
}
