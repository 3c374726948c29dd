"""The list and the page of courses, sessions, topics and steps of learning paths."""

from __future__ import annotations

from implementor.audiences.pages import Part, pages_of
from implementor.foundation.words import say
from implementor.training.kinds import COURSES, PATHS, SESSIONS, SHOWN, TOPICS
from implementor.training.views.courses import parts_of_course
from implementor.training.views.routing import blueprint, tabs_at
from implementor.training.views.sessions import parts_of_session

ADDRESSES = {COURSES.one: "courses", SESSIONS.one: "sessions", TOPICS.one: "topics", PATHS.one: "paths"}
PARTS: dict[str, Part] = {
    COURSES.one: ("training/_course.html", parts_of_course),
    SESSIONS.one: ("training/_session.html", parts_of_session),
}

for _shown in SHOWN:
    pages_of(
        blueprint, _shown, ADDRESSES[_shown.one], tabs_at, say("Training"), part=PARTS.get(_shown.one),
        listed="training/list.html",
    )  # fmt: skip
