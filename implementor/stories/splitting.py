"""Splitting a story: what is done stays with its number and history, the rest becomes a story of its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.events import publish
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.history.services import name_action
from implementor.stories.events import StorySplit
from implementor.stories.models import (
    Criterion,
    OpenMatter,
    Story,
    StoryDependency,
    StoryMilestone,
    StoryObstacle,
    Task,
    UserTest,
)
from implementor.stories.services import change_story, create_story, missing_for, rank_story
from implementor.stories.statuses import OVER

SPLIT = "split"
"""The kind of link from a story to what was split off it."""
MOVABLE: Mapping[str, tuple[type[Any], ColumnElement[bool]]] = {
    "criterion": (Criterion, Criterion.met_at.is_(None)),
    "task": (Task, Task.done_at.is_(None)),
    "user_test": (UserTest, UserTest.signed_at.is_(None)),
    "open_matter": (OpenMatter, OpenMatter.answered_at.is_(None)),
}
"""Parts that may go along while nobody settled them: what was met, done, signed or answered stays where it was."""
KEPT = ("as_a", "i_want", "so_that", "description", "type", "area", "module", "owner", "moscow", "urgency",
        "risk_reduction", "tags")  # fmt: skip
"""Fields that both have alike."""


@dataclass(frozen=True)
class Division:
    """How a story is divided. `moving` are ids of parts by kind; points and value of each, None where nobody says."""

    title: str
    points_left: Decimal | None
    points_rest: Decimal | None
    value_left: int | None
    value_rest: int | None
    moving: Mapping[str, Collection[int]]
    stays_together: bool


class NothingToSplit(Refusal):
    """What is finished, live or dropped is not divided any more."""


def split_story(session: Session, scope: Scope, story: Story, how: Division, *, by: Actor, at: datetime) -> Story:
    """Divide a story and return the new one, which stands right behind it.

    It has the same description, waits for and holds up the same, and is linked to where it came from. Raises
    NothingToSplit, or InvalidInput for a part that is not the story's or was settled, and for what fields refuse.
    """
    if story.status in OVER or story.is_archived:
        raise NothingToSplit(say("%(title)s is over and can no longer be split.", title=story.title))
    _refuse_same_title(story, how)
    name_action(session, say("Split the story %(title)s", title=story.title), verb="story.split",
                project_id=story.project_id)  # fmt: skip
    values = {name: getattr(story, f"{name}_id" if name in ("area", "owner") else name) for name in KEPT}
    own = {"title": how.title, "points": how.points_rest, "value": how.value_rest}
    rest = create_story(session, scope, {**values, **own}, by=by, at=at)
    change_story(session, story, {"points": how.points_left, "value": how.value_left}, by=by, at=at)
    session.flush()
    rank_story(session, rest, after=story, by=by, at=at)
    _move_parts(session, story, rest, how.moving)
    _copy_links(session, story, rest)
    session.flush()
    if story.status != "idea" and not missing_for(session, rest, "ready"):
        rest.status = "ready"
    publish(session, StorySplit(story, rest, how.stays_together, by, at))
    session.flush()
    return rest


def movable_parts(session: Session, story: Story) -> dict[str, list[Any]]:
    """The parts of a story that may go along, by kind; a statement for each kind."""
    return {
        kind: list(
            session.scalars(
                select(model)
                .where(model.story_id == story.id, model.archived_at.is_(None), unsettled)
                .order_by(model.id)
            )
        )
        for kind, (model, unsettled) in MOVABLE.items()
    }


def _refuse_same_title(story: Story, how: Division) -> None:
    if how.title.strip().casefold() == story.title.casefold():
        raise InvalidInput({"title": say("Say what the rest is about; both cannot have the same title.")})


def _move_parts(session: Session, story: Story, rest: Story, moving: Mapping[str, Collection[int]]) -> None:
    for kind, parts in movable_parts(session, story).items():
        wanted = set(moving.get(kind, ()))
        if wanted - {part.id for part in parts}:
            raise InvalidInput({"parts": say("Somebody settled a part meanwhile. Choose again.")})
        for part in parts:
            if part.id in wanted:
                part.story_id = rest.id


def _copy_links(session: Session, story: Story, rest: Story) -> None:
    """Waiting is for the whole: whatever held the story up, or was held up by it, stands so with the rest as well."""
    made: list[Any] = []
    links = (StoryDependency.blocker_id == story.id) | (StoryDependency.blocked_id == story.id)
    for link in session.scalars(select(StoryDependency).where(links, StoryDependency.kind == "blocks")):
        ends = [rest.id if end == story.id else end for end in (link.blocker_id, link.blocked_id)]
        made.append(StoryDependency(project_id=rest.project_id, blocker_id=ends[0], blocked_id=ends[1], kind="blocks"))
    for held in session.scalars(select(StoryObstacle).where(StoryObstacle.story_id == story.id)):
        made.append(StoryObstacle(project_id=rest.project_id, story_id=rest.id, obstacle_id=held.obstacle_id))
    for waits in session.scalars(select(StoryMilestone).where(StoryMilestone.story_id == story.id)):
        made.append(StoryMilestone(project_id=rest.project_id, story_id=rest.id, milestone_id=waits.milestone_id))
    made.append(StoryDependency(project_id=rest.project_id, blocker_id=story.id, blocked_id=rest.id, kind=SPLIT))
    session.add_all(made)
