"""What lists show and ask of opportunities beyond their own columns: stage, forecast, lateness, stages passed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, not_, or_, select
from sqlalchemy.orm import aliased

from implementor.configuration.labels import label_of
from implementor.configuration.models import PipelineStage, StoredPipeline
from implementor.crm.opportunities.models import OPEN, WON, Opportunity
from implementor.crm.opportunities.stage_facts import stage_facts
from implementor.crm.opportunities.stages import late_before
from implementor.crm.opportunities.standing import Ways, on_ways, read_field, standing
from implementor.foundation import live
from implementor.foundation.errors import BadValue
from implementor.foundation.fields import Field, Scope
from implementor.foundation.filters import NONE
from implementor.foundation.model import Column, Rows
from implementor.foundation.pipelines import Stage
from implementor.foundation.text import folded, whole_number
from implementor.foundation.words import say, speech

_Stage = aliased(PipelineStage, name="stage_here")
_Pipeline = aliased(StoredPipeline, name="pipeline_here")


def _of_stage(column: Column, ways: Ways = ()) -> Column:
    here = _Stage.id == on_ways(ways).stage_id
    return select(column).where(here).correlate(Opportunity).scalar_subquery()


STAGE_LABEL = _of_stage(label_of(_Stage))
FORECAST = _of_stage(_Stage.forecast)
PIPELINE_LABEL = (
    select(label_of(_Pipeline)).where(_Pipeline.id == Opportunity.pipeline_id).correlate(Opportunity).scalar_subquery()
)


def read_on_way(field: Field, ways: Ways) -> Field:
    """A field of sales as it reads while some are on their way from stage to stage."""
    if field.column is FORECAST:
        return replace(field, column=_of_stage(_Stage.forecast, ways))
    shown = _of_stage(label_of(_Stage), ways) if field.shown is STAGE_LABEL else field.shown
    return replace(read_field(field, ways), shown=shown)


def stages_on_offer(_scope: Scope) -> Rows:
    """(id, name) of the stages in use in order, after the name of their pipeline where there are several."""
    name: Any = label_of(PipelineStage)
    if len(live.present().offered_pipelines) > 1:
        name = label_of(StoredPipeline) + ": " + name
    return (
        select(PipelineStage.id, name.label("name"))
        .join(StoredPipeline, StoredPipeline.id == PipelineStage.pipeline_id)
        .where(PipelineStage.archived_at.is_(None), StoredPipeline.archived_at.is_(None))
        .order_by(StoredPipeline.rank, StoredPipeline.id, PipelineStage.rank, PipelineStage.id)
    )


def pipelines_on_offer(_scope: Scope) -> Rows:
    """(id, name) of the pipelines, retired ones too: old records went through them."""
    return select(StoredPipeline.id, label_of(StoredPipeline).label("name")).order_by(
        StoredPipeline.rank, StoredPipeline.id
    )


def every_stage() -> list[Stage]:
    """All stages that are known, retired ones too."""
    return [stage for pipeline in live.present().pipelines for stage in pipeline.stages]


def is_late_at(now: datetime) -> ColumnElement[bool]:
    """Open opportunities that stand in their stage for longer than its limit, by ranges that an index serves."""
    edges = [(stage.id, late_before(stage, now)) for stage in every_stage()]
    here = standing()
    ways = [and_(here.stage_id == stage_id, here.stage_since < edge) for stage_id, edge in edges if edge]
    return and_(Opportunity.status == OPEN, or_(false(), *ways))


def late_here(values: list[str], _scope: Scope) -> ColumnElement[bool]:
    """The filter for what is late in its stage at this moment."""
    late = is_late_at(datetime.now(UTC))
    wanted = {_yes(text) for text in values}
    return or_(*(late if want else not_(late) for want in sorted(wanted)))


def _yes(text: str) -> bool:
    word = folded(text)
    if word in ("y", "yes", "si", "true", "1"):
        return True
    if word in ("n", "no", "false", "0", NONE):
        return False
    raise BadValue(say("Late in its stage is yes or no."))


def in_forecast(values: list[str], _scope: Scope) -> ColumnElement[bool]:
    """The filter for forecast categories, which stages have."""
    ids = [stage.id for stage in every_stage() if stage.forecast in values]
    found: ColumnElement[bool] = standing().stage_id.in_(ids)
    return found


def open_or_won(values: list[str], _scope: Scope) -> ColumnElement[bool]:
    """The filter for what a forecast counts: open ones, and those won on days in a range, "2026-03-01..2026-04-30"."""
    return or_(Opportunity.status == OPEN, *(_won(text) for text in values))


def _won(text: str) -> ColumnElement[bool]:
    first, _dots, last = text.partition("..")
    try:
        days = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError as fault:
        raise BadValue(say("Write days like 2026-01-01..2026-03-31.")) from fault
    return and_(Opportunity.status == WON, Opportunity.close_on.between(*days))


def reached(values: list[str], _scope: Scope) -> ColumnElement[bool]:
    """The filter for opportunities that ever came into one of these stages."""
    ids, facts = [_id_of(text) for text in values], stage_facts()
    return exists().where(facts.opportunity_id == Opportunity.id, facts.to_stage_id.in_(ids))


def entered(values: list[str], _scope: Scope) -> ColumnElement[bool]:
    """The filter for opportunities that came into a stage on days in a range: "STAGE:2026-01-01..2026-03-31"."""
    return or_(*(_entered(text) for text in values))


def _entered(text: str) -> ColumnElement[bool]:
    stage, _colon, days = text.partition(":")
    first, _dots, last = days.partition("..")
    start, end = moments_of(first, last)
    facts = stage_facts()
    return exists().where(
        facts.opportunity_id == Opportunity.id,
        facts.to_stage_id == _id_of(stage),
        facts.at >= start,
        facts.at < end,
    )


def moments_of(first: str, last: str) -> tuple[datetime, datetime]:
    """The moment at which a range of days begins in the reader's zone, and the one at which it is over."""
    try:
        begin = datetime.combine(datetime.fromisoformat(first).date(), time(), speech().zone)
        end = datetime.combine(datetime.fromisoformat(last).date() + timedelta(days=1), time(), speech().zone)
        return begin.astimezone(UTC), end.astimezone(UTC)
    except (ValueError, OverflowError) as fault:
        raise BadValue(say("Write a stage and its days like 3:2026-01-01..2026-03-31.")) from fault


def _id_of(text: str) -> int:
    number = whole_number(text)
    if number is None:
        raise BadValue(say("Choose a stage from the list."))
    return number


def begins_with(words: str) -> ColumnElement[bool]:
    """Opportunities whose name begins with these words."""
    return Opportunity.name_key.startswith(folded(words), autoescape=True)


def ids_of(stages: Sequence[Stage]) -> list[int]:
    """The stored ids of stages."""
    return [stage.id for stage in stages if stage.id is not None]
