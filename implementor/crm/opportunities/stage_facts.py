"""The facts of coming into stages as people read them: with those of sales that a job has still to move."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Select, Text, case, cast, literal, null, select, union_all
from sqlalchemy.orm import aliased

from implementor.crm.opportunities.models import OPEN, Opportunity, StageEvent
from implementor.crm.opportunities.standing import Ways, is_on_way
from implementor.foundation import live
from implementor.foundation.elapsed import SecondsBetween
from implementor.foundation.pipelines import StageWay

WRITTEN = ("opportunity_id", "from_stage_id", "to_stage_id", "status", "at", "by_id", "seconds")
"""The columns of `facts_of`, in its order."""


def stage_facts() -> Any:
    """What statements ask for facts; the table itself while no sale is on its way."""
    ways = live.present().ways
    return _with_those_on(ways) if ways else StageEvent


@lru_cache(maxsize=16)
def _with_those_on(ways: Ways) -> Any:
    kept = select(StageEvent.id, *(getattr(StageEvent, name) for name in WRITTEN), StageEvent.reason)
    coming = [facts_of(way, None, aliased(Opportunity, name="sale_on_way")) for way in ways]
    nothing = cast(null(), BigInteger), cast(null(), Text)
    parts = [one.with_only_columns(nothing[0], *one.selected_columns, nothing[1]) for one in coming]
    return aliased(StageEvent, union_all(kept, *parts).subquery("stage_facts"), adapt_on_names=True)


def facts_of(way: StageWay, by_id: int | None, sale: Any = Opportunity) -> Select[Any]:
    """The facts that the open sales of a way came into its stage at its moment; whole seconds are never negative."""
    moment = literal(way.at, Opportunity.stage_since.type)
    seconds: Any = SecondsBetween(sale.stage_since, moment)
    return select(
        sale.id, cast(literal(way.from_id), BigInteger), cast(literal(way.to_id), BigInteger),
        cast(literal(OPEN), Text), moment, cast(literal(by_id), BigInteger), case((seconds < 0, 0), else_=seconds),
    ).where(is_on_way(sale, way))  # fmt: skip
