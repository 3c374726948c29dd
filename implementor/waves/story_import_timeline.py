"""What another system tells of a story's past, as entries of its history: when it had which status there."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.foundation.words import say
from implementor.history.timeline import Asked, Entry
from implementor.stories.models import StoryFact
from implementor.stories.statuses import ORDER, status_choice


def sourced_entries(session: Session, asked: Asked) -> list[Entry]:
    """One entry for each sourced status; none for other records."""
    if asked.record.kind != "story":
        return []
    statement = (
        select(StoryFact)
        .where(StoryFact.story_id == asked.record.id, StoryFact.kind == "status", StoryFact.sourced)
        .order_by(StoryFact.at.desc(), StoryFact.id.desc())
        .limit(asked.limit)
    )
    if asked.before is not None:
        statement = statement.where(StoryFact.at < asked.before)
    return [
        Entry(
            fact.at, f"sourced-{fact.id}", None,
            say("Became %(status)s in the system it comes from.", status=status_choice(fact.after or "").label),
            icon="flag",
        )
        for fact in session.scalars(statement)
        if fact.after in ORDER
    ]  # fmt: skip
