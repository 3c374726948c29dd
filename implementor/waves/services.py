"""What can happen to a wave: made, ordered, filled, started, closed and finished. Services never commit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.events import publish
from implementor.foundation.permissions import Actor
from implementor.foundation.rank import rank_between
from implementor.foundation.values import checked
from implementor.foundation.words import say
from implementor.history.services import name_action
from implementor.projects.services import take_numbers
from implementor.stages.gatekeeping import require_passage
from implementor.stages.methods import CLOSE, FINISH, START
from implementor.stages.models import WAVE_SCOPE
from implementor.stages.queries import stages_of_project
from implementor.stages.services import enter_stage, leave_stage
from implementor.stories.models import Milestone, Story
from implementor.stories.services import move_story
from implementor.stories.statuses import OVER
from implementor.waves import queries
from implementor.waves.catalogue import WAVE
from implementor.waves.events import WaveGoesLive, WaveLeavesAdoption
from implementor.waves.gate_places import place_of_wave
from implementor.waves.models import (
    ADOPTION,
    FINISHED,
    IMPLEMENTATION,
    PLANNING,
    Commitment,
    Wave,
    WaveMilestone,
)
from implementor.waves.scope import put_in_wave, take_out

BACKLOG, DROP = "backlog", "drop"
NEXT_DEED = {PLANNING: START, IMPLEMENTATION: CLOSE, ADOPTION: FINISH}
"""Where a wave stands -> the deed with which it goes on, as the stages of its method name it."""
THRESHOLDS = {"training_threshold": 80, "adoption_threshold": 60}


class CannotStart(Refusal):
    """The wave stays in planning."""


class CannotClose(Refusal):
    """The wave stays as it is."""


# --- a wave by itself -------------------------------------------------------------------------------------------------


def create_wave(
    session: Session,
    *,
    project_id: int,
    values: Mapping[str, Any],
    external: tuple[str, str] | None = None,
    by: Actor,
    at: datetime,
) -> Wave:
    """Add a wave at the end of the order; `values` by field name, `external` is (source, key) of an import."""
    rank = rank_between(session.scalar(queries.last_rank(project_id=project_id)), None)
    source, key = external or (None, None)
    wave = Wave(
        project_id=project_id,
        number=take_numbers(session, project_id=project_id, of="wave"),
        rank=rank,
        stage=PLANNING,
        wip_limits={},
        external_source=source,
        external_key=key,
        **THRESHOLDS,
    )
    _give(wave, {"name": "", **values})
    session.add(wave)
    name_action(session, say("Created the wave %(wave)s", wave=wave.name), verb="wave.create", project_id=project_id)
    session.flush()
    follow_stages(session, project_id, by, at)
    return wave


def change_wave(session: Session, wave: Wave, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Give a wave other values, by field name."""
    _give(wave, values)
    name_action(
        session, say("Changed the wave %(wave)s", wave=wave.name), verb="wave.change", project_id=wave.project_id
    )


def order_wave(
    session: Session, wave: Wave, *, after: Wave | None, before: Wave | None = None, by: Actor, at: datetime
) -> None:
    """Put a wave right behind another (`after`) or right before one; with neither it stays where it is."""
    if wave in (after, before) or (after is None and before is None):
        return
    project_id = wave.project_id
    if after is not None:
        low: str | None = after.rank
        high = session.scalar(queries.rank_beside(project_id=project_id, rank=after.rank, later=True))
    else:
        assert before is not None
        high = before.rank
        low = session.scalar(queries.rank_beside(project_id=project_id, rank=before.rank, later=False))
    if wave.rank in (low, high):
        return
    wave.rank = rank_between(low, high)
    name_action(
        session,
        say("Put %(wave)s in another place of the order", wave=wave.name),
        verb="wave.order",
        project_id=project_id,
    )


def set_limits(session: Session, wave: Wave, limits: Mapping[str, int | None], *, by: Actor, at: datetime) -> None:
    """Say how many stories each column should hold at most; None takes a limit away."""
    kept = {status: limit for status, limit in {**wave.wip_limits, **limits}.items() if limit}
    if kept == wave.wip_limits:
        return
    wave.wip_limits = kept
    name_action(
        session, say("Changed the limits of %(wave)s", wave=wave.name), verb="wave.limit", project_id=wave.project_id
    )


def wait_for_milestone(session: Session, wave: Wave, milestone: Milestone, *, by: Actor, at: datetime) -> None:
    """Let a wave wait for a milestone of its project."""
    known = session.scalars(queries.milestone_link(wave_id=wave.id, milestone_id=milestone.id)).one_or_none()
    if known is not None:
        return
    session.add(WaveMilestone(project_id=wave.project_id, wave_id=wave.id, milestone_id=milestone.id))
    name_action(
        session,
        say("%(wave)s waits for %(milestone)s", wave=wave.name, milestone=milestone.title),
        verb="wave.wait",
        project_id=wave.project_id,
    )


def stop_waiting(session: Session, wave: Wave, milestone: Milestone, *, by: Actor, at: datetime) -> None:
    """Let a wave no longer wait for a milestone."""
    known = session.scalars(queries.milestone_link(wave_id=wave.id, milestone_id=milestone.id)).one_or_none()
    if known is not None:
        session.delete(known)
        name_action(
            session,
            say("%(wave)s no longer waits for %(milestone)s", wave=wave.name, milestone=milestone.title),
            verb="wave.wait",
            project_id=wave.project_id,
        )


# --- start, close, finish ---------------------------------------------------------------------------------------------


def start_wave(session: Session, wave: Wave, *, by: Actor, at: datetime) -> int:
    """Begin to build: what the wave holds now is its commitment for good. Answers how many stories are promised.

    Raises CannotStart, or GateShut unless the gates before it are open.
    """
    if wave.is_started:
        raise CannotStart(say("%(wave)s has started already.", wave=wave.name))
    stories = list(session.scalars(queries.stories_in_wave(wave_id=wave.id)))
    promised = [story for story in stories if story.status != "dropped"]
    if not promised:
        raise CannotStart(
            say("%(wave)s holds no stories. Put in what it is to deliver, then start it.", wave=wave.name)
        )
    require_passage(session, place_of_wave(session, wave), START, at=at)
    name_action(
        session, say("Started the wave %(wave)s", wave=wave.name), verb="wave.start", project_id=wave.project_id
    )
    freeze_commitment(session, wave, promised, at=at)
    wave.started_at, wave.started_by_id, wave.stage = at, by.user_id, IMPLEMENTATION
    session.flush()
    follow_stages(session, wave.project_id, by, at)
    return len(promised)


def freeze_commitment(session: Session, wave: Wave, stories: Collection[Story], *, at: datetime) -> None:
    """Keep which stories a wave promises, with their points of this moment."""
    session.add_all(
        Commitment(project_id=wave.project_id, wave_id=wave.id, story_id=story.id, points=story.points, at=at)
        for story in stories
    )


def close_wave(
    session: Session, wave: Wave, decisions: Mapping[int, str | int], *, by: Actor, at: datetime
) -> dict[str, int]:
    """End the building: every unfinished story is decided, validated ones go live. Answers counts by outcome.

    `decisions`: story id -> "backlog", "drop" or the id of another open wave. Raises CannotClose, GateShut unless the
    gates before it are open, or InvalidInput naming each undecided story as `story_ID`.
    """
    if not wave.is_started or wave.is_closed:
        raise CannotClose(say("Only a wave that is being built can be closed."))
    require_passage(session, place_of_wave(session, wave), CLOSE, at=at)
    stories = list(session.scalars(queries.stories_in_wave(wave_id=wave.id)))
    unfinished = [story for story in stories if story.status not in OVER]
    _refuse_undecided(unfinished, decisions)
    name_action(session, say("Closed the wave %(wave)s", wave=wave.name), verb="wave.close", project_id=wave.project_id)
    outcome = _carry_out(session, wave, unfinished, decisions, by, at)
    going_live = [story for story in stories if story.status == "validated"]
    publish(session, WaveGoesLive(wave, going_live, by, at))
    for story in going_live:
        story.status = "live"
    wave.closed_at, wave.closed_by_id, wave.stage = at, by.user_id, ADOPTION
    session.flush()
    follow_stages(session, wave.project_id, by, at)
    return {**outcome, "live": len(going_live)}


def finish_wave(session: Session, wave: Wave, *, by: Actor, at: datetime) -> None:
    """Leave Adoption. Raises CannotClose, GateShut unless the gates before it are open, or BelowTarget."""
    if wave.stage != ADOPTION:
        raise CannotClose(say("Only a wave that is in Adoption can be finished."))
    require_passage(session, place_of_wave(session, wave), FINISH, at=at)
    publish(session, WaveLeavesAdoption(wave, by, at))
    wave.finished_at, wave.finished_by_id, wave.stage = at, by.user_id, FINISHED
    name_action(
        session, say("Finished the wave %(wave)s", wave=wave.name), verb="wave.finish", project_id=wave.project_id
    )
    session.flush()
    follow_stages(session, wave.project_id, by, at)


def _carry_out(
    session: Session,
    wave: Wave,
    unfinished: Sequence[Story],
    decisions: Mapping[int, str | int],
    by: Actor,
    at: datetime,
) -> dict[str, int]:
    by_target: dict[str | int, list[Story]] = {}
    for story in unfinished:
        by_target.setdefault(decisions[story.id], []).append(story)
    others = {one.id: one for one in session.scalars(queries.waves_of_project(project_id=wave.project_id))}
    outcome = {"moved": 0, "backlog": 0, "dropped": 0}
    for target, stories in by_target.items():
        if target == BACKLOG:
            take_out(session, stories, by=by, at=at)
            for story in stories:
                story.status = "ready" if story.status in ("doing", "review") else story.status
            outcome["backlog"] += len(stories)
        elif target == DROP:
            for story in stories:
                move_story(session, story, status="dropped", by=by, at=at)
            outcome["dropped"] += len(stories)
        elif isinstance(target, int) and target in others and target != wave.id:
            outcome["moved"] += put_in_wave(session, others[target], stories, by=by, at=at)
        else:
            raise InvalidInput({f"story_{story.id}": say("Choose a wave of this project.") for story in stories})
    return outcome


def _give(wave: Wave, values: Mapping[str, Any]) -> None:
    for name, value in checked(WAVE, values).items():
        setattr(wave, WAVE.fields[name].attribute, THRESHOLDS.get(name) if value is None else value)
    _refuse_order_of_days(wave.starts_on, wave.ends_on)


def _refuse_order_of_days(starts_on: date | None, ends_on: date | None) -> None:
    if starts_on and ends_on and ends_on < starts_on:
        raise InvalidInput({"ends_on": say("The end must not come before the start.")})


def _refuse_undecided(unfinished: Sequence[Story], decisions: Mapping[int, str | int]) -> None:
    undecided = [story for story in unfinished if story.id not in decisions]
    if undecided:
        raise InvalidInput(
            {f"story_{story.id}": say("Decide what becomes of %(title)s.", title=story.title) for story in undecided}
        )


def follow_stages(session: Session, project_id: int, by: Actor, at: datetime) -> None:
    """A stage that waves pass is current for the project while any wave stands in it."""
    waves = session.scalars(queries.waves_of_project(project_id=project_id))
    stood_in = {NEXT_DEED[wave.stage] for wave in waves if wave.stage in NEXT_DEED}
    for stage in session.scalars(stages_of_project(project_id=project_id)):
        if stage.scope != WAVE_SCOPE:
            continue
        if stage.passes in stood_in:
            enter_stage(session, stage, by=by, at=at)
        else:
            leave_stage(session, stage, by=by, at=at)
