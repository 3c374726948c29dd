"""What a wave carries: putting stories in and taking them out, as plans or as recorded changes of its scope."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.text import whole_number
from implementor.foundation.words import Phrase, say, say_n
from implementor.history.services import name_action
from implementor.stories.models import Story
from implementor.stories.statuses import RELEASED
from implementor.waves import queries
from implementor.waves.models import Wave, WaveStory


class WaveIsOver(Refusal):
    """Stories of a closed wave stay where they are: they tell what it delivered."""


class NotPlannable(Refusal):
    """A story that is live or put away is not planned again."""


def put_in_wave(session: Session, wave: Wave, stories: Sequence[Story], *, by: Actor, at: datetime) -> int:
    """Plan stories for a wave, out of whatever wave they are in; ready ones become planned. Answers how many moved.

    Once the wave has started this changes its scope, which its page and its facts show.
    """
    refuse_over(wave)
    links = _links(session, wave.project_id, stories)
    moving = [story for story in stories if story.id not in links or links[story.id].wave_id != wave.id]
    _refuse_unplannable(session, moving, [links[story.id] for story in moving if story.id in links])
    if not moving:
        return 0
    name_action(
        session,
        _planned(wave, moving),
        verb="wave.scope" if wave.is_started else "wave.plan",
        project_id=wave.project_id,
    )
    for story in moving:
        if story.id in links:
            links[story.id].wave_id = wave.id
        else:
            session.add(WaveStory(project_id=wave.project_id, wave_id=wave.id, story_id=story.id))
        if story.status == "ready":
            story.status = "planned"
    session.flush()
    return len(moving)


def take_out(session: Session, stories: Sequence[Story], *, by: Actor, at: datetime) -> int:
    """Put stories back into the backlog; planned ones become ready. Answers how many moved."""
    if not stories:
        return 0
    project_id = stories[0].project_id
    links = _links(session, project_id, stories)
    moving = [story for story in stories if story.id in links]
    _refuse_unplannable(session, moving, list(links.values()))
    if not moving:
        return 0
    summary = (
        say("Took %(title)s out of its wave", title=moving[0].title)
        if len(moving) == 1
        else say_n("Took %(count)s story out of its wave", "Took %(count)s stories out of their wave", len(moving))
    )
    name_action(session, summary, verb="wave.scope", project_id=project_id)
    for story in moving:
        session.delete(links[story.id])
        if story.status == "planned":
            story.status = "ready"
    session.flush()
    return len(moving)


def set_wave_of_story(session: Session, story: Story, value: Any, by: Actor, at: datetime) -> None:
    """Save the story's field `wave`: an id of a wave of its project, or nothing."""
    wave_id = checked_wave_id(value)
    if wave_id is None:
        take_out(session, [story], by=by, at=at)
        return
    wave = session.get(Wave, wave_id)
    if wave is None or wave.project_id != story.project_id or wave.is_archived:
        raise InvalidInput({"wave": say("Choose a wave of this project.")})
    put_in_wave(session, wave, [story], by=by, at=at)


def checked_wave_id(value: Any) -> int | None:
    """The id that a form or an import gives for a wave; None for no wave."""
    if value in ("", None):
        return None
    wave_id = whole_number(str(value))
    if wave_id is None:
        raise InvalidInput({"wave": say("Choose a wave of this project.")})
    return wave_id


def refuse_over(wave: Wave) -> None:
    if wave.is_closed or wave.is_archived:
        raise WaveIsOver(
            say("%(wave)s is closed; what it delivered stays as it was. Choose another wave.", wave=wave.name)
        )


def _refuse_unplannable(session: Session, stories: Sequence[Story], links: Sequence[WaveStory]) -> None:
    for story in stories:
        if story.is_archived or story.status in RELEASED:
            raise NotPlannable(say("%(title)s is live or put away and stays where it is.", title=story.title))
    for wave_id in {link.wave_id for link in links}:
        present = session.get(Wave, wave_id)
        assert present is not None  # the foreign key says so
        if present.is_closed:
            refuse_over(present)


def _links(session: Session, project_id: int, stories: Sequence[Story]) -> dict[int, WaveStory]:
    ids = [story.id for story in stories]
    found = session.scalars(queries.links_of_stories(project_id=project_id, story_ids=ids))
    return {link.story_id: link for link in found}


def _planned(wave: Wave, stories: Sequence[Story]) -> Phrase:
    if len(stories) == 1:
        return say("Put %(title)s into %(wave)s", title=stories[0].title, wave=wave.name)
    return say_n(
        "Put %(count)s story into %(wave)s", "Put %(count)s stories into %(wave)s", len(stories), wave=wave.name
    )
