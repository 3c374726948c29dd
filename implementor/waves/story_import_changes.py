"""Decides what a later export changes in a story that is here already, and writes it: only what changed at its source."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from implementor.comments.models import Comment
from implementor.exchange.kinds import Options
from implementor.exchange.queries import last_source_values
from implementor.foundation.bulk import write_many
from implementor.foundation.text import folded
from implementor.history.encoding import encoded_values
from implementor.history.services import note_many
from implementor.stories.listeners import tag_rows
from implementor.stories.models import Criterion, StoryFact, StoryTag, Task
from implementor.stories.statuses import RELEASED
from implementor.waves.models import WaveStory
from implementor.waves.story_import_rows import Draft
from implementor.waves.story_import_writes import (
    PLAIN,
    STORIES,
    Writer,
    comment_key,
    derived,
    insert_comments,
    insert_parts,
    last_moment,
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
    held = {(row[0], folded(row[1] or "")) for row in session.execute(
        select(Criterion.story_id, Criterion.text).where(Criterion.story_id.in_(ids)))}
    titles = {(row[0], folded(row[1])) for row in session.execute(
        select(Task.story_id, Task.title).where(Task.story_id.in_(ids)))}
    marks = set(session.scalars(select(Comment.external_key).where(
        Comment.about_kind == "story", Comment.about_id.in_(ids), Comment.external_key.is_not(None))))
    for change in adding:
        story_id, draft = change.story.id, change.draft
        added = Draft(draft.row, source=draft.source, key=draft.key, moments=draft.moments)
        added.criteria = [text for text in draft.criteria if (story_id, folded(text)) not in held]
        added.tasks = [one for one in draft.tasks if (story_id, folded(one[0])) not in titles]
        added.comments = [one for one in draft.comments if comment_key(draft, one.mark) not in marks]
        change.added = added if added.criteria or added.tasks or added.comments else None


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
        rows.append({"of_id": story.id, **values, **derived(values), **revived, "version": version,
                     "updated_at": writer.at, "updated_by_id": writer.by.user_id})
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
        writer.insert(StoryTag, [row for story_id, tags in tagged for row in tag_rows(writer.project_id, story_id, tags)])


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


def _move_between_waves(writer: Writer, changes: Sequence[Change]) -> None:
    if not changes:
        return
    ids = [change.story.id for change in changes]
    held = {row.story_id: row for row in writer.session.execute(
        select(WaveStory.id, WaveStory.story_id, WaveStory.version).where(WaveStory.story_id.in_(ids)))}
    facts: list[dict[str, Any]] = []
    new: list[dict[str, Any]] = []
    notes: list[Any] = []
    places = WaveStory.__table__
    for change in changes:
        before, after = change.wave or (None, None)
        place = held.get(change.story.id)
        if place is None and after is not None:
            new.append({**writer.stamps(), "project_id": writer.project_id, "story_id": change.story.id,
                        "wave_id": after})
        elif place is not None and after is None:
            writer.session.execute(delete(WaveStory).where(WaveStory.id == place.id))
            notes.append((place.id, place.version, "removed",
                          {"project_id": writer.project_id, "wave_id": before, "story_id": change.story.id}, {}))
        elif place is not None:
            writer.session.execute(update(places).where(places.c.id == place.id).values(  # type: ignore[arg-type]
                wave_id=after, version=place.version + 1, updated_at=writer.at, updated_by_id=writer.by.user_id))
            notes.append((place.id, place.version + 1, "changed", {"wave_id": before}, {"wave_id": after}))
        facts.append({"project_id": writer.project_id, "story_id": change.story.id, "kind": "wave", "sourced": True,
                      "before": _text(before), "after": _text(after), "at": writer.at, "by_id": writer.by.user_id})
    writer.insert(WaveStory, new)
    note_many(writer.session, "wave_story", notes, project_id=writer.project_id)
    writer.session.execute(insert(StoryFact), facts)


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
