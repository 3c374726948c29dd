"""Writes what a later export changes, with its history: columns, places in waves, and what is added to stories."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, select, update

from implementor.comments.models import Comment
from implementor.foundation.bulk import write_many
from implementor.history.encoding import encoded_values
from implementor.history.services import note_many
from implementor.stories.listeners import tag_rows
from implementor.stories.models import Criterion, StoryFact, StoryTag, Task
from implementor.waves.models import WaveStory
from implementor.waves.story_import_changes import COLUMNS, REVIVED, Change
from implementor.waves.story_import_drafts import Draft
from implementor.waves.story_import_writes import (
    STORIES,
    Writer,
    comment_key,
    derived,
    insert_comments,
    insert_parts,
    last_moment,
)


def write_changes(writer: Writer, changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Write the changes of a batch with their history; gives the facts of the import."""
    columned = [change for change in changes if change.after]
    _update_stories(writer, columned)
    _move_between_waves(writer, [change for change in changes if change.wave is not None])
    added = [(change.story.id, change.added) for change in changes if change.added is not None]
    facts = [_fact(change) for change in changes if change.is_needed or change.marks]
    return facts + _add(writer, [(story_id, draft) for story_id, draft in added if draft is not None])


def _fact(change: Change) -> dict[str, Any]:
    before = dict(change.before)
    if change.wave is not None:
        before["wave_id"] = change.wave[0]
    return {
        "kind": "story", "record_id": change.story.id, "verb": "updated", "source_values": change.marks,
        "version": change.story.version + bool(change.after), "before": encoded_values(before),
    }  # fmt: skip


def _update_stories(writer: Writer, changes: Sequence[Change]) -> None:
    if not changes:
        return
    rows: list[dict[str, Any]] = []
    notes: list[Any] = []
    facts: list[dict[str, Any]] = []
    tagged: list[tuple[int, list[str]]] = []
    for change in changes:
        story = change.story
        values = {name: change.after.get(name, getattr(story, name)) for name in COLUMNS}
        revived = {REVIVED: change.after.get(REVIVED, story.archived_at)}
        version = story.version + 1
        rows.append(
            {
                "of_id": story.id,
                **values,
                **derived(values),
                **revived,
                "version": version,
                "updated_at": writer.at,
                "updated_by_id": writer.by.user_id,
            }
        )
        notes.append((story.id, version, "changed", change.before, change.after))
        facts += _facts_of(writer, change)
        if "tags" in change.after:
            tagged.append((story.id, change.after["tags"]))
    statement = update(STORIES).where(STORIES.c.id == bindparam("of_id"))
    write_many(writer.session, statement, rows)
    note_many(writer.session, "story", notes, project_id=writer.project_id)
    writer.insert(StoryFact, facts)
    if tagged:
        writer.session.execute(delete(StoryTag).where(StoryTag.story_id.in_([story_id for story_id, _ in tagged])))
        writer.insert(
            StoryTag, [row for story_id, tags in tagged for row in tag_rows(writer.project_id, story_id, tags)]
        )


def _facts_of(writer: Writer, change: Change) -> list[dict[str, Any]]:
    """Sourced facts of status and points; the moves of a card that are not known yet come with their own moments."""
    common = {"project_id": writer.project_id, "story_id": change.story.id, "by_id": None, "sourced": True}
    at = min(last_moment(change.draft, writer.at), writer.at)
    return [
        {**common, "kind": name, "before": _text(change.before[name]), "after": _text(change.after[name]), "at": at}
        for name in ("status", "points")
        if name in change.after
    ]


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _places_of(writer: Writer, story_ids: Sequence[int]) -> dict[int, Any]:
    found = select(WaveStory.id, WaveStory.story_id, WaveStory.version).where(WaveStory.story_id.in_(story_ids))
    return {row.story_id: row for row in writer.session.execute(found)}


def _fact_of(writer: Writer, change: Change) -> dict[str, Any]:
    before, after = change.wave or (None, None)
    return {
        "project_id": writer.project_id,
        "story_id": change.story.id,
        "kind": "wave",
        "sourced": True,
        "before": _text(before),
        "after": _text(after),
        "at": writer.at,
        "by_id": writer.by.user_id,
    }


def _move_between_waves(writer: Writer, changes: Sequence[Change]) -> None:
    if not changes:
        return
    held = _places_of(writer, [change.story.id for change in changes])
    new: list[dict[str, Any]] = []
    notes: list[Any] = []
    places: Table = WaveStory.__table__  # type: ignore[assignment]  # declared tables are tables
    for change in changes:
        before, after = change.wave or (None, None)
        place = held.get(change.story.id)
        if place is None and after is not None:
            new.append(
                {**writer.stamps(), "project_id": writer.project_id, "story_id": change.story.id, "wave_id": after}
            )
        elif place is not None and after is None:
            writer.session.execute(delete(WaveStory).where(WaveStory.id == place.id))
            notes.append(
                (
                    place.id,
                    place.version,
                    "removed",
                    {"project_id": writer.project_id, "wave_id": before, "story_id": change.story.id},
                    {},
                )
            )
        elif place is not None:
            writer.session.execute(
                update(places)
                .where(places.c.id == place.id)
                .values(wave_id=after, version=place.version + 1, updated_at=writer.at, updated_by_id=writer.by.user_id)
            )
            notes.append((place.id, place.version + 1, "changed", {"wave_id": before}, {"wave_id": after}))
    writer.insert(WaveStory, new)
    note_many(writer.session, "wave_story", notes, project_id=writer.project_id)
    writer.session.execute(insert(StoryFact), [_fact_of(writer, change) for change in changes])


def _add(writer: Writer, added: Sequence[tuple[int, Draft]]) -> list[dict[str, Any]]:
    """Add criteria, tasks and comments to stories; gives their facts, found by being the newest of their story."""
    insert_parts(writer, added)
    insert_comments(writer, added)
    facts: list[dict[str, Any]] = []
    ids = [story_id for story_id, _ in added]
    for model, column in ((Criterion, Criterion.story_id), (Task, Task.story_id)):
        made = select(model.id).where(column.in_(ids), model.created_at == writer.at)
        facts += _made(model.__tablename__, writer.session.scalars(made))
    keys = [comment_key(draft, comment.mark) for _, draft in added for comment in draft.comments]
    known = select(Comment.id).where(Comment.project_id == writer.project_id, Comment.external_key.in_(keys))
    return facts + _made("comment", writer.session.scalars(known))


def _made(kind: str, ids: Any) -> list[dict[str, Any]]:
    return [{"kind": kind, "record_id": one, "verb": "created", "version": 1} for one in ids]
