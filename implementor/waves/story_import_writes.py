"""Writes imported stories in bulk, with their facts, tags, places in waves, criteria, tasks and comments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from implementor.comments.models import Comment
from implementor.foundation.bulk import write_many
from implementor.foundation.permissions import Actor
from implementor.foundation.text import folded
from implementor.projects.services import take_numbers
from implementor.stories.listeners import tag_rows
from implementor.stories.models import PRIORITIES, Criterion, Story, StoryFact, StoryTag, Task
from implementor.stories.scoring import weighted_score
from implementor.stories.statuses import order_of
from implementor.waves.models import WaveStory
from implementor.waves.story_import_drafts import Draft
from implementor.waves.story_import_people import People
from implementor.waves.story_import_targets import OTHERS

STORIES: Table = Story.__table__  # type: ignore[assignment]  # declared tables are tables
PLAIN = (
    "title", "as_a", "i_want", "so_that", "description", "type", "area_id", "module", "status", "owner_id",
    "owner_text", "moscow", "value", "urgency", "risk_reduction", "points", *(one.attribute for one in OTHERS),
)  # fmt: skip
"""Columns of a story that a file can fill directly."""
BEGINNINGS: dict[str, Any] = {**dict.fromkeys(PLAIN), "type": "function", "status": "idea"}
"""What stands in them where a file says nothing."""
_PLACES = 36**5


@dataclass
class Writer:
    """Where and for whom is written; `rank_base` is where the file's stories begin in the backlog."""

    session: Session
    project_id: int
    by: Actor
    at: datetime
    people: People
    rank_base: str

    def stamps(self) -> dict[str, Any]:
        """The columns of every record that is new."""
        return {
            "created_at": self.at, "updated_at": self.at, "created_by_id": self.by.user_id,
            "updated_by_id": self.by.user_id, "version": 1,
        }  # fmt: skip

    def insert(self, model: Any, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows by one statement."""
        write_many(self.session, insert(model.__table__), rows)


def insert_stories(writer: Writer, stories: Sequence[tuple[int, Draft]], parents: Mapping[int, int]) -> None:
    """Insert new stories under the ids reserved for them; `parents` are among them or here already."""
    if not stories:
        return
    first = take_numbers(writer.session, project_id=writer.project_id, of="story", count=len(stories))
    common = {**writer.stamps(), "project_id": writer.project_id, "source": "import"}
    rows = [
        {**common, "id": story_id, "parent_id": parents.get(story_id), **_columns(writer, draft, first + place)}
        for place, (story_id, draft) in enumerate(stories)
    ]
    below = depths(parents)
    writer.insert(Story, sorted(rows, key=lambda row: below.get(row["id"], 0)) if below else rows)


def depths(parents: Mapping[int, int]) -> dict[int, int]:
    """How many of these children stand above each of them, so that parents can be written before their children."""
    found: dict[int, int] = {}
    for child in parents:
        way = [child]
        while way[-1] not in found and (above := parents[way[-1]]) in parents:
            way.append(above)
        deep = found.get(way[-1], 0)
        for place, one in enumerate(reversed(way)):
            found[one] = deep + place
    return {child: deep + 1 for child, deep in found.items()}


def _columns(writer: Writer, draft: Draft, number: int) -> dict[str, Any]:
    values = BEGINNINGS | draft.values
    return {
        **values,
        **derived(values),
        "number": number,
        "rank": rank_at(writer.rank_base, draft.row.record),
        "tags": draft.tags,
        "external_source": draft.source,
        "external_key": draft.key,
    }


def derived(values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that follow from others, as the story itself keeps them."""
    return {
        "title_key": folded(values["title"]),
        "status_order": order_of(values["status"]),
        "moscow_order": PRIORITIES.index(values["moscow"]) if values["moscow"] in PRIORITIES else None,
        "score": weighted_score(values["value"], values["urgency"], values["risk_reduction"], values["points"]),
    }


def rank_at(base: str, record: int) -> str:
    """The rank of a file's row after `base`: five digits of base 36, and one more so that it does not end in zero."""
    digits, number = "", record % _PLACES
    for _ in range(5):
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return f"{base}{digits}i"


# --- what belongs to stories ------------------------------------------------------------------------------------------


def insert_belongings(writer: Writer, stories: Sequence[tuple[int, Draft]], wave_ids: Mapping[str, int]) -> None:
    """Insert the facts, tags and wave places of new stories; `wave_ids` by folded name, those of open waves."""
    facts: list[dict[str, Any]] = []
    tags: list[dict[str, Any]] = []
    places: list[dict[str, Any]] = []
    stamps = writer.stamps()
    for story_id, draft in stories:
        facts += first_facts(writer, story_id, draft, wave_ids)
        tags += tag_rows(writer.project_id, story_id, draft.tags)
        wave_id = wave_ids.get(folded(draft.waves[-1])) if draft.waves else None
        if wave_id is not None:
            places.append({**stamps, "project_id": writer.project_id, "story_id": story_id, "wave_id": wave_id})
    writer.insert(StoryFact, facts)
    writer.insert(StoryTag, tags)
    writer.insert(WaveStory, places)


def first_facts(writer: Writer, story_id: int, draft: Draft, wave_ids: Mapping[str, int]) -> list[dict[str, Any]]:
    """What the other system tells of a story's past, at its own moments as far as it knows them."""
    begun = draft.moments.get("created_at") or writer.at
    status = draft.values.get("status", "idea")
    ended = last_moment(draft, writer.at)
    steps = [(at, step) for at, step in draft.moves if step] or [(begun, "idea")]
    if steps[-1][1] != status:
        steps.append((max(ended, steps[-1][0]), status))
    changes = [("status", before, after, at) for before, (at, after) in _pairs(steps)]
    points = draft.values.get("points")
    if points is not None:
        changes.append(("points", None, str(points), begun))
    ids = [str(wave_ids[folded(name)]) for name in draft.waves if folded(name) in wave_ids]
    changes += [("wave", before, after, at) for before, (at, after) in _pairs(_spread(ids, begun, ended))]
    common = {"project_id": writer.project_id, "story_id": story_id, "by_id": None, "sourced": True}
    return [{**common, "kind": kind, "before": before, "after": after, "at": at} for kind, before, after, at in changes]


def last_moment(draft: Draft, at: datetime) -> datetime:
    """When the story became what it is now, as far as the other system says."""
    over = draft.values.get("status") in ("validated", "dropped")
    known = draft.moments.get("resolved_at") if over else None
    return known or draft.moments.get("updated_at") or draft.moments.get("created_at") or at


def _spread(ids: Sequence[str], begun: datetime, ended: datetime) -> list[tuple[datetime, str]]:
    """Sprints in their order. An export tells the order but no moments, so they stand evenly over what is known."""
    step = max(ended - begun, timedelta(0)) / max(1, len(ids))
    return [(begun + step * place, wave_id) for place, wave_id in enumerate(ids)]


def _pairs(steps: Sequence[tuple[datetime, str]]) -> Iterable[tuple[str | None, tuple[datetime, str]]]:
    before: str | None = None
    for at, after in steps:
        if after != before:
            yield before, (at, after)
        before = after


def insert_parts(writer: Writer, parts: Sequence[tuple[int, Draft]]) -> None:
    """Insert criteria and tasks of stories."""
    common = {**writer.stamps(), "project_id": writer.project_id}
    criteria = [
        {**common, "story_id": story_id, "text": text, "phase": "release"}
        for story_id, draft in parts
        for text in draft.criteria
    ]
    tasks = [
        {**common, "story_id": story_id, "title": title, "done_at": last_moment(draft, writer.at) if done else None}
        for story_id, draft in parts
        for title, done in draft.tasks
    ]
    writer.insert(Criterion, criteria)
    writer.insert(Task, tasks)


def insert_comments(writer: Writer, stories: Sequence[tuple[int, Draft]]) -> None:
    """Insert comments with their own authors and moments."""
    rows = []
    for story_id, draft in stories:
        for comment in draft.comments:
            author_id, author_text = writer.people.found(comment.who)
            at = comment.at or draft.moments.get("created_at") or writer.at
            rows.append({
                **writer.stamps(), "project_id": writer.project_id, "about_kind": "story", "about_id": story_id,
                "body": comment.text, "created_at": at, "updated_at": at, "created_by_id": author_id,
                "author_text": author_text, "external_source": draft.source,
                "external_key": comment_key(draft, comment.mark),
            })  # fmt: skip
    writer.insert(Comment, rows)


def comment_key(draft: Draft, mark: str) -> str:
    """The key of a comment among those of its source."""
    return f"{draft.key}#{mark}"
