"""Keeping fact rows and tag rows with every recorded change of a story, whoever made it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import Table, delete, insert
from sqlalchemy.orm import Session

from implementor.foundation.events import listens_to
from implementor.foundation.text import folded
from implementor.history.events import RecordChanged
from implementor.stories.models import Story, StoryFact, StoryTag

FACTS = ("status", "points", "rank")
FACT_ROWS: Table = StoryFact.__table__  # type: ignore[assignment]  # declared tables are tables


@listens_to(RecordChanged)
def keep_facts(session: Session, event: RecordChanged) -> None:
    """A fact row for each of status, points and rank that became another."""
    if event.kind != "story" or event.verb == "removed":
        return
    rows = [_fact(event, name) for name in FACTS if name in event.before or name in event.after]
    if rows:
        session.connection().execute(insert(FACT_ROWS), rows)


@listens_to(RecordChanged)
def keep_tags(session: Session, event: RecordChanged) -> None:
    """One row a tag, so that filtering by tag has an index."""
    if event.kind != "story" or not ("tags" in event.after or "tags" in event.before):
        return
    story: Story = event.record
    if event.verb != "created":
        session.execute(delete(StoryTag).where(StoryTag.story_id == story.id))
    rows = tag_rows(story.project_id, story.id, story.tags)
    if rows:
        session.execute(insert(StoryTag), rows)


def tag_rows(project_id: int, story_id: int, tags: list[str]) -> list[dict[str, Any]]:
    """The rows that say these tags; tags that differ only in case or accents are one."""
    by_key = {folded(tag): tag for tag in reversed(tags)}
    return [{"project_id": project_id, "story_id": story_id, "tag_key": key, "tag": tag} for key, tag in by_key.items()]


def _fact(event: RecordChanged, name: str) -> dict[str, Any]:
    return {
        "project_id": event.record.project_id,
        "story_id": event.record.id,
        "kind": name,
        "before": _text(event.before.get(name)),
        "after": _text(event.after.get(name)),
        "at": event.at,
        "by_id": event.actor.user_id,
        "sourced": False,
    }


def _text(value: Any) -> str | None:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")  # 5 and 5.00 are the same points
    return None if value is None else str(value)
