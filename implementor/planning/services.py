"""Planning together: stories go between backlog and waves as they were seen, and who comes too late is told so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.fields import Field
from implementor.foundation.permissions import Actor
from implementor.foundation.text import whole_number
from implementor.foundation.words import Phrase, say
from implementor.history.queries import changes_since_version
from implementor.planning import queries
from implementor.stories.catalogue import STORY
from implementor.stories.models import Story
from implementor.stories.services import rank_story
from implementor.waves.models import Wave
from implementor.waves.queries import links_of_stories, stories_by_ids, wave_by_id
from implementor.waves.scope import put_in_wave, take_out

SEEN_AS = "."
MOST_TOLD = 3


class StalePlan(Refusal):
    """Somebody else changed or moved the story since the plan was drawn; nothing is moved."""


@dataclass(frozen=True)
class Pick:
    """A story as it was seen: its version, and the id of its wave (None for the backlog)."""

    story_id: int
    version: int
    wave_id: int | None

    @property
    def mark(self) -> str:
        """What pages carry of it beside the id of the story."""
        return f"{self.version}{SEEN_AS}{self.wave_id or 0}"


@dataclass(frozen=True)
class Neighbours:
    """Ids of the stories between which one is put in the hand-made order; None where there is none."""

    after_id: int | None = None
    before_id: int | None = None


def pick_of(story_id: str, mark: str) -> Pick:
    """The pick that a page sends; `mark` as `Pick.mark` made it. Raises NotFound for anything else."""
    version, _dot, wave = mark.partition(SEEN_AS)
    numbers = [whole_number(text) for text in (story_id, version, wave)]
    if any(one is None or one < 0 or one >= 2**63 for one in numbers):
        raise NotFound("story")
    return Pick(numbers[0] or 0, numbers[1] or 0, numbers[2] or None)


def replan(
    session: Session,
    *,
    project_id: int,
    picks: Sequence[Pick],
    to: Wave | None,
    between: Neighbours | None = None,
    by: Actor,
    at: datetime,
) -> list[Story]:
    """Put stories into a wave (None: into the backlog), one of them also between its neighbours. Answers who moved.

    A story that is there already stays, so the same request twice is one. Raises NotFound for stories of elsewhere,
    StalePlan naming both wishes where one was changed or moved meanwhile, and what waves refuse.
    """
    between = between or Neighbours()
    wanted = {one.story_id for one in picks} | {one for one in (between.after_id, between.before_id) if one}
    found = {one.id: one for one in session.scalars(stories_by_ids(project_id=project_id, ids=wanted))}
    if found.keys() != wanted:
        raise NotFound("story")
    links = session.scalars(links_of_stories(project_id=project_id, story_ids=[one.story_id for one in picks]))
    places = {link.story_id: link.wave_id for link in links}
    goal = to.id if to is not None else None
    moving = [one for one in picks if places.get(one.story_id) != goal]
    ranked = between != Neighbours() and len(picks) == 1
    _refuse_stale(session, picks if ranked else moving, found, places, to, by)
    stories = [found[one.story_id] for one in moving]
    if to is not None:
        put_in_wave(session, to, stories, by=by, at=at)
    else:
        take_out(session, stories, by=by, at=at)
    if ranked:
        after, before = found.get(between.after_id or 0), found.get(between.before_id or 0)
        rank_story(session, found[picks[0].story_id], after=after, before=before, by=by, at=at)
    session.flush()
    return stories


def wave_to_go_to(session: Session, *, project_id: int, text: str) -> Wave | None:
    """The wave that a form names by its id; None for "backlog". Raises NotFound."""
    if text == "backlog":
        return None
    number = whole_number(text)
    wave = None
    if number is not None and number < 2**63:
        wave = session.scalars(wave_by_id(project_id=project_id, wave_id=number)).one_or_none()
    if wave is None:
        raise NotFound("wave")
    return wave


def _refuse_stale(
    session: Session,
    picks: Sequence[Pick],
    found: Mapping[int, Story],
    places: Mapping[int, int],
    to: Wave | None,
    by: Actor,
) -> None:
    stale = [
        one for one in picks
        if places.get(one.story_id) != one.wave_id or found[one.story_id].version != one.version
    ]  # fmt: skip
    if not stale:
        return
    told = [_theirs(session, found[one.story_id], one, places.get(one.story_id), by) for one in stale[:MOST_TOLD]]
    raise StalePlan(
        say(
            "Nothing was moved. You wanted: %(mine)s. Meanwhile: %(theirs)s. Look at the plan as it is now and decide "
            "again.",
            mine=place_name(to),
            theirs="; ".join(str(one) for one in told),
        )
    )


def place_name(wave: Wave | None) -> Phrase | str:
    """The wave, or the backlog, in words."""
    return wave.name if wave is not None else say("Backlog")


def _theirs(session: Session, story: Story, pick: Pick, present: int | None, by: Actor) -> Phrase:
    """What became of a story since it was seen, and by whom."""
    if present != pick.wave_id:
        wave = session.get(Wave, present) if present is not None else None
        row = session.execute(queries.moves_since(project_id=story.project_id, story_ids=[story.id])).one_or_none()
        person = row.by_name if row is not None and row.by_name else say("Somebody")
        return say("%(person)s put %(title)s into %(place)s", person=person, title=story.title, place=place_name(wave))
    changes = session.scalars(changes_since_version(kind="story", record_id=story.id, version=pick.version)).all()
    fields = {one.attribute: one for one in STORY.visible_to(by)}
    values: dict[str, Any] = {}
    for change in changes:
        values.update({name: value for name, value in (change.after or {}).items() if name in fields})
    if not values:
        return say("%(title)s was changed", title=story.title)
    parts = ", ".join(f"{fields[name].label}: {_in_words(fields[name], value)}" for name, value in values.items())
    person = changes[-1].action.actor_name
    return say("%(person)s changed %(title)s (%(changes)s)", person=person, title=story.title, changes=parts)


def _in_words(field: Field, value: Any) -> Phrase | str:
    if value is None:
        return "–"
    return next((choice.label for choice in field.choices if choice.key == value), str(value))
