"""Stories that came into a wave and left it, as entries of the wave's and of the story's history."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import String, and_, cast, exists, or_, select
from sqlalchemy.orm import Session, aliased

from implementor.auth.models import User
from implementor.foundation.model import Rows
from implementor.foundation.words import Phrase, say, say_n
from implementor.history.models import Change
from implementor.history.timeline import Asked, Entry
from implementor.stories.models import Story, StoryFact
from implementor.waves.models import Wave

MOST = 400
"""Facts read for one page; those of one moment become one entry."""


def scope_entries(session: Session, asked: Asked) -> list[Entry]:
    """The source of entries for waves and stories; one statement, none for other records."""
    if asked.record.kind == "wave":
        return _of_wave(session.execute(_facts_of_wave(asked)).all(), str(asked.record.id))[: asked.limit]
    if asked.record.kind == "story":
        return [_of_story(row) for row in session.execute(_facts_of_story(asked))]
    return []


def _facts_of_wave(asked: Asked) -> Rows:
    mark = str(asked.record.id)
    statement = _facts(asked).where(
        StoryFact.project_id == asked.scope.project_id, or_(StoryFact.after == mark, StoryFact.before == mark)
    )
    return statement.limit(MOST)


def _facts_of_story(asked: Asked) -> Rows:
    # where the story itself changed too, that entry says it already
    told = exists().where(Change.record_kind == "story", Change.record_id == asked.record.id, Change.at == StoryFact.at)
    return _facts(asked).where(StoryFact.story_id == asked.record.id, ~told).limit(asked.limit)


def _facts(asked: Asked) -> Rows:
    came, left = aliased(Wave), aliased(Wave)
    statement = (
        select(
            StoryFact.id,
            StoryFact.at,
            StoryFact.by_id,
            StoryFact.before,
            StoryFact.after,
            Story.title,
            User.name.label("who"),
            came.name.label("came_into"),
            left.name.label("left_wave"),
        )
        .join(Story, Story.id == StoryFact.story_id)
        .outerjoin(User, User.id == StoryFact.by_id)
        .outerjoin(came, and_(came.project_id == StoryFact.project_id, cast(came.id, String) == StoryFact.after))
        .outerjoin(left, and_(left.project_id == StoryFact.project_id, cast(left.id, String) == StoryFact.before))
        .where(StoryFact.kind == "wave")
        .order_by(StoryFact.at.desc(), StoryFact.id.desc())
    )
    return statement if asked.before is None else statement.where(StoryFact.at < asked.before)


def _of_wave(rows: Sequence[Any], mark: str) -> list[Entry]:
    entries = []
    for (at, who, came), group in groupby(rows, key=lambda row: (row.at, row.who, row.after == mark)):
        found = list(group)
        text = _came_in(found) if came else _left(found)
        entries.append(Entry(at, f"scope-{found[0].id}", who, text, icon="plus" if came else "arrow-left"))
    return entries


def _came_in(rows: Sequence[Any]) -> Phrase:
    if len(rows) == 1:
        return say("put %(title)s into the wave.", title=rows[0].title)
    return say_n("put %(count)s story into the wave.", "put %(count)s stories into the wave.", len(rows))


def _left(rows: Sequence[Any]) -> Phrase:
    if len(rows) == 1:
        return say("took %(title)s out of the wave.", title=rows[0].title)
    return say_n("took %(count)s story out of the wave.", "took %(count)s stories out of the wave.", len(rows))


def _of_story(row: Any) -> Entry:
    if row.came_into is not None:
        return Entry(row.at, f"scope-{row.id}", row.who, say("put it into %(wave)s.", wave=row.came_into), icon="board")
    return Entry(
        row.at, f"scope-{row.id}", row.who, say("took it out of %(wave)s.", wave=row.left_wave or ""), icon="board"
    )
