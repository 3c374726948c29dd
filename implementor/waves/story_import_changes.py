"""Decides what a later export changes in a story that is here, and writes it: only what changed at its source."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.comments.models import Comment
from implementor.exchange.kinds import Options
from implementor.exchange.queries import last_source_values
from implementor.foundation.text import folded
from implementor.stories.models import Criterion, Task
from implementor.stories.statuses import RELEASED
from implementor.waves.models import WaveStory
from implementor.waves.story_import_drafts import Draft
from implementor.waves.story_import_writes import (
    PLAIN,
    STORIES,
    comment_key,
)

TARGET_OF = {"owner_id": "owner", "owner_text": "owner", "area_id": "area"}
"""Which field's mark decides about a column; the others decide about the column of their name."""
COLUMNS = (*PLAIN, "tags")
REVIVED = "archived_at"


@dataclass
class Change:
    """What a row does to a story that exists: columns before and after, its wave, and what is added to it."""

    story: Any
    draft: Draft
    marks: dict[str, Any]
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    wave: tuple[int | None, int | None] | None = None
    added: Draft | None = None
    counts: bool = True

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.after or self.wave or self.added or not self.counts)


@dataclass
class Known:
    """The stories of a batch that exist, by source and key, with their places and what their source said last."""

    stories: dict[str, Any]
    places: dict[int, int]
    marks: dict[int, Mapping[str, Any]]


def known_stories(session: Session, project_id: int, drafts: Sequence[Draft], *, locking: bool) -> Known:
    """Look up a batch: four statements, however many rows it has."""
    sources = {draft.source for draft in drafts}
    statement = select(STORIES).where(
        STORIES.c.project_id == project_id,
        STORIES.c.external_source.in_(sources),
        STORIES.c.external_key.in_([draft.key for draft in drafts]),
    )
    rows = session.execute(statement.with_for_update() if locking else statement).all()
    ids = [row.id for row in rows]
    if not ids:
        return Known({}, {}, {})
    places = session.execute(select(WaveStory.story_id, WaveStory.wave_id).where(WaveStory.story_id.in_(ids)))
    marks = session.execute(last_source_values(kind="story", record_ids=ids))
    return Known(
        {f"{row.external_source}\x1f{row.external_key}": row for row in rows},
        {row.story_id: row.wave_id for row in places},
        {row.record_id: row.source_values for row in marks},
    )


def change_of(story: Any, draft: Draft, known: Known, options: Options, wave_id: int | None) -> Change:
    """What a row changes. A field counts as changed where its source said something else than at the last import."""
    last = known.marks.get(story.id)
    marks = {name: mark for name, mark in draft.marks.items() if name != "parent"}
    change = Change(story, draft, {**(last or {}), **marks})
    if last is not None and all(last.get(name) == mark for name, mark in marks.items()):
        # the parent is settled when all rows are in; what differs there is told here
        change.after = {}
        return change
    fresh = {name for name, mark in marks.items() if last is None or last.get(name) != mark}
    for column in PLAIN:
        if column in draft.values and column != "description" and TARGET_OF.get(column, column) in fresh:
            _set(change, column, draft.values[column], options)
    _set_description(change, fresh, last or {}, options)
    _keep_released(change)
    if fresh & {"tags", "other_tags"}:
        _set_tags(change, last or {} if "tags" in fresh else {}, options)
    present = known.places.get(story.id)
    if "wave" in fresh and wave_id != present and (wave_id is not None or options.clears):
        change.wave = (present, wave_id)
    if fresh & {"criteria", "tasks", "comments"}:
        change.added = draft
    return change


def _set(change: Change, column: str, value: Any, options: Options) -> None:
    present = getattr(change.story, column)
    is_empty = value is None or value == ""
    if is_empty and column in change.draft.empty and not (options.clears and options.filling == "overwrite"):
        return
    if options.filling == "fill" and present not in (None, ""):
        return
    if present != value and not (is_empty and present in (None, "")):
        change.before[column], change.after[column] = present, value


def _set_description(change: Change, fresh: Collection[str], last: Mapping[str, Any], options: Options) -> None:
    """The text where its source changed; where only what we tell below it changed, only that."""
    if "description" in fresh:
        _set(change, "description", change.draft.values.get("description"), options)
        return
    old, new = str(last.get("details") or ""), change.draft.details.strip()
    present = change.story.description or ""
    if "details" in fresh and old and present.endswith(old):
        _set(change, "description", (present[: -len(old)] + new).strip() or None, options)
    elif "details" in fresh and not old and new:
        _set(change, "description", f"{present}\n\n{new}".strip(), options)


def _keep_released(change: Change) -> None:
    """What went live here does not become merely done because another system knows no more than that."""
    if change.story.status in RELEASED and change.after.get("status") == "validated":
        change.before.pop("status")
        change.after.pop("status")


def _set_tags(change: Change, last: Mapping[str, Any], options: Options) -> None:
    """Tags that came and went at the source; those that people added here stay."""
    if options.filling == "fill" and change.story.tags:
        return
    wanted = {folded(tag) for tag in change.draft.tags}
    gone = {folded(tag) for tag in last.get("tags") or ()} - wanted
    present = list(change.story.tags or ())
    tags = [tag for tag in present if folded(tag) not in gone]
    held = {folded(tag) for tag in tags}
    tags += [tag for tag in change.draft.tags if folded(tag) not in held]
    if tags != present:
        change.before["tags"], change.after["tags"] = present, tags


# --- what is added to stories that exist ------------------------------------------------------------------------------


def leave_out_known(session: Session, changes: Sequence[Change]) -> None:
    """Take out of what a row adds everything that the story has already; texts are compared without case."""
    adding = [change for change in changes if change.added is not None]
    ids = [change.story.id for change in adding]
    if not ids:
        return
    held = {
        (row[0], folded(row[1] or ""))
        for row in session.execute(select(Criterion.story_id, Criterion.text).where(Criterion.story_id.in_(ids)))
    }
    titles = {
        (row[0], folded(row[1]))
        for row in session.execute(select(Task.story_id, Task.title).where(Task.story_id.in_(ids)))
    }
    marks = set(
        session.scalars(
            select(Comment.external_key).where(
                Comment.about_kind == "story", Comment.about_id.in_(ids), Comment.external_key.is_not(None)
            )
        )
    )
    for change in adding:
        story_id, draft = change.story.id, change.draft
        added = Draft(draft.row, source=draft.source, key=draft.key, moments=draft.moments)
        added.criteria = [text for text in draft.criteria if (story_id, folded(text)) not in held]
        added.tasks = [one for one in draft.tasks if (story_id, folded(one[0])) not in titles]
        added.comments = [one for one in draft.comments if comment_key(draft, one.mark) not in marks]
        change.added = added if added.criteria or added.tasks or added.comments else None
