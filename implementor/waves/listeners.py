"""Keeping fact rows of waves and watching the limits of their columns, with every recorded change."""

from __future__ import annotations

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from implementor.foundation.errors import Refusal
from implementor.foundation.events import listens_to
from implementor.foundation.words import say
from implementor.history.events import RecordChanged
from implementor.metrics.events import MetricMeasured
from implementor.stories.events import StorySplit
from implementor.stories.models import StoryFact
from implementor.waves.events import WaveLeavesAdoption
from implementor.waves.gate_places import place_of_wave
from implementor.waves.judging import judge_measured
from implementor.waves.models import Wave, WaveStory
from implementor.waves.moves import limits_around, watch_limits
from implementor.waves.scope import put_in_wave
from implementor.waves.value_checks import require_value


class WaveHoldsStories(Refusal):
    """A wave with stories is not put away: they would be nowhere."""


@listens_to(WaveLeavesAdoption)
def keep_below_target(session: Session, event: WaveLeavesAdoption) -> None:
    """A wave below target stays in Adoption, whatever lines its method has."""
    require_value(session, place_of_wave(session, event.wave), at=event.at)


@listens_to(StorySplit)
def plan_rest(session: Session, event: StorySplit) -> None:
    """What was split off is planned in the wave of its story, where it is to stay beside it."""
    place = select(WaveStory.wave_id).where(WaveStory.story_id == event.story.id).scalar_subquery()
    wave = session.scalars(select(Wave).where(Wave.id == place)).one_or_none() if event.stays_together else None
    if wave is not None:
        put_in_wave(session, wave, [event.rest], by=event.by, at=event.at)


@listens_to(RecordChanged)
def keep_wave_facts(session: Session, event: RecordChanged) -> None:
    """A fact row for a story that came into a wave, went to another or left."""
    if event.kind != "wave_story" or not ("wave_id" in event.before or "wave_id" in event.after):
        return
    before, after = event.before.get("wave_id"), event.after.get("wave_id")
    link: WaveStory = event.record
    session.connection().execute(
        insert(StoryFact).values(
            project_id=link.project_id,
            story_id=link.story_id,
            kind="wave",
            at=event.at,
            by_id=event.actor.user_id,
            before=None if before is None else str(before),
            after=None if after is None else str(after),
            sourced=False,
        )
    )


@listens_to(RecordChanged)
def keep_limits(session: Session, event: RecordChanged) -> None:
    """Limits are watched whichever way a story got its status: board, list, import or undo."""
    connection = session.connection()
    changed = event.before.keys() | event.after.keys()
    if event.kind == "wave" and "wip_limits" in changed and event.verb == "changed":
        wave: Wave = event.record
        watch_limits(
            connection,
            project_id=wave.project_id,
            wave_id=wave.id,
            limits=wave.wip_limits,
            by_id=event.actor.user_id,
            at=event.at,
        )
        return
    if event.kind == "wave_story":
        _watch(session, event, [event.before.get("wave_id"), event.after.get("wave_id")])
    elif event.kind == "story" and event.verb == "changed" and not changed.isdisjoint({"status", "archived_at"}):
        around = limits_around(connection, event.record.id)
        if around is not None and around.wip_limits:
            watch_limits(
                connection,
                project_id=around.project_id,
                wave_id=around.id,
                limits=around.wip_limits,
                by_id=event.actor.user_id,
                at=event.at,
            )


@listens_to(MetricMeasured)
def judge_value(session: Session, event: MetricMeasured) -> None:
    """What a metric says now decides about the stories in Adoption that promised it."""
    judge_measured(session, metric_id=event.metric_id, by=event.by, at=event.at)


def _watch(session: Session, event: RecordChanged, wave_ids: list[int | None]) -> None:
    ids = [wave_id for wave_id in wave_ids if wave_id is not None]
    connection = session.connection()
    found = connection.execute(select(Wave.project_id, Wave.id, Wave.wip_limits).where(Wave.id.in_(ids))).all()
    for wave in found:
        if wave.wip_limits:
            watch_limits(
                connection,
                project_id=wave.project_id,
                wave_id=wave.id,
                limits=wave.wip_limits,
                by_id=event.actor.user_id,
                at=event.at,
            )


@listens_to(RecordChanged)
def keep_stories_somewhere(session: Session, event: RecordChanged) -> None:
    """Refuse to put away a wave that still holds stories."""
    if event.kind != "wave" or event.after.get("archived_at") is None:
        return
    held = select(func.count()).where(WaveStory.wave_id == event.record.id)
    if session.connection().scalar(held):
        raise WaveHoldsStories(
            say("%(wave)s still holds stories. Take them out of it, then put it away.", wave=event.record.name)
        )
