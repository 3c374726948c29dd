"""Where a sale stands while a job moves those of its stage: every statement and every loaded sale says it already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, and_, case, event, inspect, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.sql import operators

from implementor.crm.opportunities.models import OPEN, STAGE, Opportunity
from implementor.foundation import live
from implementor.foundation.fields import Field
from implementor.foundation.moving import Translated
from implementor.foundation.pipelines import StageWay

Ways = tuple[StageWay, ...]
FOLLOWS = ("stage_id", "stage_since", "probability_ratio", "probability_source")
"""The attributes that a move to another stage of the pipeline sets, while the sale stays open."""


class Standing(Translated):
    """A column of sales as it will read once they have moved. What equals a stage is narrowed by the column itself, so
    that its index serves.
    """

    inherit_cache = True

    def __init__(self, name: str, model: Any, ways: Ways) -> None:
        self.name, self.ways = name, ways
        self.raw = getattr(model, name).expression
        self.key, self.type = name, self.raw.type
        reads = [(is_on_way(model, way), _reads(name, way, self.type)) for way in ways]
        self.read = case(*reads, else_=self.raw)

    def operate(self, op: Any, *other: Any, **options: Any) -> Any:
        """A comparison of what it reads as."""
        asked = _ids_of(op, other) if self.name == "stage_id" else None
        told = self.read.operate(op, *other, **options)
        if not asked:
            return told
        coming = [way.from_id for way in self.ways if way.to_id in asked]
        return and_(self.raw.in_(sorted({*asked, *coming})), told)

    def through(self, model: Any) -> Any:
        """The same of another mention of the table."""
        return Standing(self.name, model, self.ways)


@compiles(Standing)
def _compiled(element: Standing, compiler: Any, **options: Any) -> str:
    """The expression; what a statement selects of it is read as what the column holds."""
    told = options.pop("add_to_result_map", None)
    if told is not None:
        told(element.name, element.name, (element, element.name), element.type)
    return str(compiler.process(element.read, **{**options, "within_columns_clause": False}))


def _ids_of(op: Any, other: tuple[Any, ...]) -> list[int] | None:
    if op is operators.eq and isinstance(other[0], int):
        return [other[0]]
    if op is operators.in_op and isinstance(other[0], list | tuple) and all(isinstance(one, int) for one in other[0]):
        return list(other[0])
    return None


def is_on_way(model: Any, way: StageWay) -> ColumnElement[bool]:
    """The sales that a way leads elsewhere: open ones in use that stand where it begins."""
    came = () if way.came_at is None else (model.stage_since == way.came_at,)
    status = literal(OPEN, String(), literal_execute=True)
    return and_(model.stage_id == _number(way.from_id), model.status == status, model.archived_at.is_(None), *came)


def _number(value: int) -> Any:
    return literal(value, Integer(), literal_execute=True)


def _reads(name: str, way: StageWay, kind: Any) -> Any:
    value = standing_on(way)[name]
    return _number(value) if name == "stage_id" else literal(value, kind)


def standing_on(way: StageWay) -> dict[str, Any]:
    """What a way makes of a sale, by attribute."""
    ratio = Decimal(way.probability).scaleb(-2)
    return dict(zip(FOLLOWS, (way.to_id, way.at, ratio, STAGE), strict=True))


# --- statements -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Columns:
    """The columns of a sale as people read them now."""

    stage_id: Any
    stage_since: Any
    probability_ratio: Any


PLAIN = Columns(Opportunity.stage_id, Opportunity.stage_since, Opportunity.probability_ratio)


def standing() -> Columns:
    """Where sales stand, since when and how certain they are; the plain columns while none is on its way."""
    return on_ways(live.present().ways)


def on_ways(ways: Ways) -> Columns:
    """The same for certain ways."""
    return _made(ways) if ways else PLAIN


@lru_cache(maxsize=16)
def _made(ways: Ways) -> Columns:
    """One expression for each, so that what is grouped by is what is selected."""
    stage_id, since, ratio, _source = (Standing(name, Opportunity, ways) for name in FOLLOWS)
    return Columns(stage_id, since, ratio)


def read_field(field: Field, ways: Ways) -> Field:
    """A field of sales whose column reads like this."""
    column: Any = getattr(on_ways(ways), str(getattr(field.column, "key", "")), None)
    if field.matches is not None or column is None or getattr(field.column, "class_", None) is not Opportunity:
        return field
    return replace(field, column=column)


# --- loaded sales -----------------------------------------------------------------------------------------------------


def way_from(ways: Sequence[StageWay], held: Any) -> StageWay | None:
    """The way that a sale is on, by the attributes that are kept of it."""
    if held.get("status") != OPEN or held.get("archived_at") is not None:
        return None
    return next((way for way in ways if _leads_on(way, held["stage_id"], held["stage_since"])), None)


def _leads_on(way: StageWay, stage_id: int, since: datetime) -> bool:
    return stage_id == way.from_id and way.came_at in (None, since)


def _loaded(record: Opportunity, _context: Any, _names: Any = None) -> None:
    ways = live.present().ways
    held = inspect(record).dict if ways else {}
    if not held.keys() >= {"stage_id", "stage_since", "status", "archived_at"}:
        return
    way = way_from(ways, held)
    for name, value in standing_on(way).items() if way is not None else ():
        set_committed_value(record, name, value)


def install() -> None:
    """Let every field and every loaded sale of the process read like this, once."""
    if not event.contains(Opportunity, "load", _loaded):
        event.listen(Opportunity, "load", _loaded)
        event.listen(Opportunity, "refresh", _loaded)
