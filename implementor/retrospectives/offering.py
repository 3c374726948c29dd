"""Which lessons of other projects fit one: by the words they share with it, the best first."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor
from implementor.projects.queries import areas_of_project
from implementor.retrospectives.models import Lesson
from implementor.retrospectives.queries.lessons import offered_to, words_of_project

_WORD = re.compile(r"\w{4,}")
SHOWN = 30


@dataclass(frozen=True)
class Offer:
    """A lesson with what it has in common with the project."""

    lesson: Lesson
    project_name: str
    common: tuple[str, ...]


def fit(lesson: Lesson, words: Collection[str]) -> tuple[str, ...]:
    """What a lesson's tags and title have in common with folded `words`: tags first, as they are written."""
    tags = [str(tag) for tag in lesson.tags]
    by_tag = [tag for tag in tags if words_in([tag]) & set(words) or tag.casefold() in words]
    said = sorted((words_in([lesson.title]) & set(words)) - words_in(by_tag))
    return (*by_tag, *said)


def words_in(texts: Iterable[str | None]) -> set[str]:
    """The folded words of four letters and more."""
    return {word.casefold() for text in texts if text for word in _WORD.findall(text)}


def offers_for(session: Session, project: Any, *, by: Actor) -> list[Offer]:
    """Lessons that the project said nothing to yet: those that fit by areas, stories' tags and waves first."""
    rows = session.execute(offered_to(by, project_id=project.id)).all()
    if not rows:
        return []
    asked = session.execute(words_of_project(project_id=project.id)).all()
    areas = [row.name for row in session.execute(areas_of_project(project_id=project.id))]
    said = [project.name, *areas, *(row.said for row in asked)]
    words = words_in(said) | {one.casefold() for one in areas}
    found = [Offer(row.Lesson, row.project_name, fit(row.Lesson, words)) for row in rows]
    return sorted(found, key=lambda one: -len(one.common))[:SHOWN]
