"""Open sales of stages that a release retires, or brings back: where their way begins, and the next of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.configuration.models import PipelineStage
from implementor.configuration.services.stage_ways import come_back, way_with_uid, ways_of
from implementor.configuration.snapshots import load
from implementor.configuration.stage_users import stage_users
from implementor.foundation.live import living
from implementor.foundation.pipelines import StageWay
from implementor.releases.item_kinds import RowMove

STAGE, FIELD, ATTRIBUTE = "pipeline_stage", "stage", "stage_id"


def sales_to_move(session: Session, stage: PipelineStage, to: PipelineStage) -> Sequence[RowMove]:
    """The open records of a stage, of each kind."""
    counted = [(kind, session.execute(user.counts([stage.id])).all()) for kind, user in stage_users.items()]
    return [RowMove(kind, FIELD, stage.uid, to.uid, rows[0][1]) for kind, rows in counted if rows]


def return_later(session: Session, stage_uid: str, to_uid: str, since: datetime, *, at: datetime) -> None:
    """Let those that came with the way of that moment read as standing in their former stage at once.

    Those that the job had not moved never left it.
    """
    stage, to = _stage(session, stage_uid), _stage(session, to_uid)
    come_back(session, stage, StageWay(stage.id, to.id, since, to.probability), at=at)


def next_sales(session: Session, kind: str, stage_uid: str, after: int, limit: int) -> list[int]:
    """Let the next records of a kind stand where they read as standing; their ids, none once all do."""
    way = way_with_uid(session, stage_uid)
    return [] if way is None else stage_users[kind].arrive(session, way, after, limit)


def moves_still(session: Session, stage_uid: str) -> bool:
    """Whether sales are on their way from a stage or into it."""
    ends = {end for way in ways_of(session) for end in (way.from_id, way.to_id)}
    found = select(PipelineStage.id).where(PipelineStage.uid == stage_uid, PipelineStage.id.in_(ends))
    return session.scalars(found).first() is not None


@contextmanager
def as_they_stand(session: Session) -> Iterator[None]:
    """Ask for open sales as they stand by what this transaction wrote of their ways."""
    with living(load(session)):
        yield


def _stage(session: Session, uid: str) -> PipelineStage:
    return session.scalars(select(PipelineStage).where(PipelineStage.uid == uid)).one()
