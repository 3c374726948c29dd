"""Choosing finished stories that a project compares others of their size with."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.history.services import name_action
from implementor.stories.models import ReferenceStory, Story
from implementor.stories.statuses import FINISHED


class NoReference(Refusal):
    """Only what was estimated and finished tells how large its size is."""


def choose_reference(session: Session, story: Story, *, by: Actor, at: datetime) -> None:
    """Compare others with this story; doing it twice changes nothing. Raises NoReference."""
    if story.points is None or story.status not in FINISHED:
        raise NoReference(say("Only a story that was estimated and finished can be compared with."))
    if _chosen(session, story) is None:
        session.add(ReferenceStory(project_id=story.project_id, story_id=story.id))
        name_action(session, say("Chose %(title)s to compare with", title=story.title), verb="story.reference",
                    project_id=story.project_id)  # fmt: skip
        session.flush()


def drop_reference(session: Session, story: Story, *, by: Actor, at: datetime) -> None:
    """Compare others with it no longer."""
    found = _chosen(session, story)
    if found is not None:
        session.delete(found)
        name_action(session, say("No longer compares with %(title)s", title=story.title), verb="story.reference",
                    project_id=story.project_id)  # fmt: skip
        session.flush()


def _chosen(session: Session, story: Story) -> ReferenceStory | None:
    return session.scalars(select(ReferenceStory).where(ReferenceStory.story_id == story.id)).one_or_none()
