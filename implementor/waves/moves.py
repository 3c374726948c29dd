"""Moving cards on the board of a wave: another column, another place, and the limits that a move passes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, and_, exists, func, insert, select, update
from sqlalchemy.orm import Session

from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.stories.models import Story
from implementor.stories.services import move_story, rank_story
from implementor.waves.models import LimitBreach, Wave, WaveStory
from implementor.waves.queries import stories_by_ids
from implementor.waves.scope import refuse_over


class StaleCard(Refusal):
    """Somebody else changed the story since the board was drawn."""


@dataclass(frozen=True)
class CardMove:
    """Where a card is to go: a status, and beside which other cards (ids); `version` is the one on the board."""

    story_id: int
    status: str
    after_id: int | None = None
    before_id: int | None = None
    version: int | None = None


def move_card(session: Session, wave: Wave, move: CardMove, *, by: Actor, at: datetime) -> Story:
    """Carry out a move. Raises NotFound for cards that are not of this project, StaleCard, and what stories refuse."""
    wanted = {number for number in (move.story_id, move.after_id, move.before_id) if number is not None}
    cards = session.execute(_cards(wave, wanted)).all()
    found = {row[0].id: row[0] for row in cards}
    if found.keys() != wanted or not any(row.is_here for row in cards if row[0].id == move.story_id):
        raise NotFound("card")
    refuse_over(wave)
    story: Story = found[move.story_id]
    if move.version is not None and move.version != story.version:
        raise StaleCard(
            say(
                "%(title)s was changed meanwhile, so it was not moved. The board shows it as it is now.",
                title=story.title,
            )
        )
    move_story(session, story, status=move.status, by=by, at=at)
    if move.after_id is not None or move.before_id is not None:
        after, before = found.get(move.after_id or 0), found.get(move.before_id or 0)
        with session.no_autoflush:  # status and place are written at once
            rank_story(session, story, after=after, before=before, by=by, at=at)
    session.flush()
    return story


def _cards(wave: Wave, ids: Collection[int]) -> Rows:
    """Rows (story, is_here): stories of the project, and whether each stands on the board of the wave."""
    here = exists().where(WaveStory.wave_id == wave.id, WaveStory.story_id == Story.id)
    return stories_by_ids(project_id=wave.project_id, ids=ids).add_columns(here.label("is_here"))


# --- limits, watched whoever changed what -----------------------------------------------------------------------------


def limits_around(connection: Connection, story_id: int) -> Row[int, int, dict[str, int]] | None:
    """The wave of a story with its limits: (project_id, id, wip_limits)."""
    return connection.execute(
        select(Wave.project_id, Wave.id, Wave.wip_limits)
        .join(WaveStory, WaveStory.wave_id == Wave.id)
        .where(WaveStory.story_id == story_id)
    ).one_or_none()


def watch_limits(
    connection: Connection,
    *,
    project_id: int,
    wave_id: int,
    limits: Mapping[str, int],
    by_id: int | None,
    at: datetime,
) -> None:
    """Note each limit that is passed now and was not before, and the end of each that no longer is."""
    held = _held(connection, wave_id)
    over = {status: limit for status, limit in limits.items() if held.get(status, 0) > limit}
    noted = set(
        connection.scalars(
            select(LimitBreach.status).where(LimitBreach.wave_id == wave_id, LimitBreach.ended_at.is_(None))
        )
    )
    for status in sorted(over.keys() - noted):
        connection.execute(
            insert(LimitBreach).values(
                project_id=project_id,
                wave_id=wave_id,
                status=status,
                count=held[status],
                limit=over[status],
                at=at,
                by_id=by_id,
            )
        )
    ended = noted - over.keys()
    if ended:
        connection.execute(
            update(LimitBreach)
            .where(LimitBreach.wave_id == wave_id, LimitBreach.status.in_(ended), LimitBreach.ended_at.is_(None))
            .values(ended_at=at)
        )


def _held(connection: Connection, wave_id: int) -> dict[str, int]:
    rows = connection.execute(
        select(Story.status, func.count())
        .join(WaveStory, and_(WaveStory.story_id == Story.id, WaveStory.wave_id == wave_id))
        .where(Story.archived_at.is_(None))
        .group_by(Story.status)
    )
    return {row[0]: row[1] for row in rows}
