"""Open sales that a job moves from stage to stage: where their way begins and ends."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import null, select, update
from sqlalchemy.orm import Session

from implementor.configuration.models import PipelineStage
from implementor.configuration.rereading import note_changed
from implementor.configuration.services.versions import restamp
from implementor.configuration.stage_ways import way_of
from implementor.foundation.pipelines import StageWay


def ways_of(session: Session) -> list[StageWay]:
    """All ways that are not through, as they are stored."""
    stages = session.scalars(select(PipelineStage).where(PipelineStage.way.is_not(null())))
    return [way for stage in stages if (way := way_of(stage)) is not None]


def leave_stage(session: Session, stage: PipelineStage, to: PipelineStage, *, at: datetime) -> StageWay:
    """Let the open sales of a stage read as standing in another one from now on.

    Each way has a moment of its own, a microsecond or more after `at`, by which its sales are known in the other stage.
    """
    return _kept(session, stage, StageWay(stage.id, to.id, _moment_after(session, at), to.probability))


def come_back(session: Session, stage: PipelineStage, way: StageWay, *, at: datetime) -> StageWay:
    """Let the sales that came with a way read as standing in the stage that they left, from now on."""
    moment = _moment_after(session, max(at, way.at))
    return _kept(session, stage, StageWay(way.to_id, stage.id, moment, stage.probability, way.at))


def _moment_after(session: Session, at: datetime) -> datetime:
    """A moment that no other way has."""
    taken = {way.at for way in ways_of(session)} | {at}
    while at in taken:
        at += timedelta(microseconds=1)
    return at


def way_with_uid(session: Session, stage_uid: str) -> StageWay | None:
    """The way of the stage of that identity, None once it is through."""
    found = select(PipelineStage).where(PipelineStage.uid == stage_uid).execution_options(populate_existing=True)
    stage = session.scalars(found).one_or_none()
    return None if stage is None else way_of(stage)


def end_way(session: Session, stage_uid: str) -> None:
    """No sale is on the way of a stage any more, so that nothing has to be read otherwise than it is kept."""
    stage = session.scalars(select(PipelineStage).where(PipelineStage.uid == stage_uid)).one()
    through = update(PipelineStage).where(PipelineStage.id == stage.id).values(way=null())
    session.execute(through, execution_options={"synchronize_session": False})
    session.expire(stage, ["way"])
    _told(session)


def _kept(session: Session, stage: PipelineStage, way: StageWay) -> StageWay:
    stage.way = {
        "from": way.from_id, "to": way.to_id, "at": way.at.isoformat(), "probability": way.probability,
        "came_at": way.came_at.isoformat() if way.came_at else None,
    }  # fmt: skip
    _told(session)
    return way


def _told(session: Session) -> None:
    """Let everybody read the configuration anew: a way is no history, so nothing else says that it changed."""
    session.flush()
    note_changed(session, PipelineStage.__record_kind__)
    restamp(session)
