"""Keeping the live configuration in memory: read from the database once for each stamp, shared by all threads."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from threading import Lock
from typing import Any

from sqlalchemy.orm import Session

from implementor.configuration import queries
from implementor.configuration.models import AccessProfile, PicklistValue, PipelineStage, StoredPicklist, StoredPipeline
from implementor.configuration.overlays import State, state_of
from implementor.configuration.own_fields import own_fields
from implementor.configuration.rereading import Tables
from implementor.configuration.shaping import load_shapes
from implementor.configuration.stage_ways import way_of
from implementor.configuration.ways_back import ways_back_of
from implementor.foundation import live
from implementor.foundation.access import Access, AccessRule, Reach
from implementor.foundation.choices import Choice, Picklist
from implementor.foundation.live import LiveConfiguration
from implementor.foundation.permissions import Role
from implementor.foundation.pipelines import Pipeline, Stage

MOST_KEPT = 8
_kept: OrderedDict[str, State] = OrderedDict()
_guard = Lock()


def refresh(session: Session, stamp: str | None = None, user_id: int | None = None) -> LiveConfiguration:
    """Work with what is live now for somebody; `stamp` saves the statement that asks for it, where it is known."""
    found = of_stamp(session, (session.scalar(queries.stamp()) or "") if stamp is None else stamp)
    present = found.of_person(session, user_id)
    live.put(present)
    return present


def now_live(session: Session) -> LiveConfiguration:
    """What is live now for those who try nothing, without working with it."""
    return of_stamp(session, session.scalar(queries.stamp()) or "").of_person(session, None)


def of_stamp(session: Session, stamp: str) -> State:
    """The state of that stamp, from memory where it is kept."""
    with _guard:
        known = _kept.get(stamp)
        if known is not None:
            _kept.move_to_end(stamp)
            return known
    read = state_of(session, load(session))
    with _guard:
        _kept[stamp] = read
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return read


def load(session: Session, tables: Tables | None = None) -> LiveConfiguration:
    """The state that the database holds, by eleven statements; with `tables`, by one and those of what changed."""
    read = tables or Tables(session)
    read.forget_changed()
    version = session.execute(queries.version()).one_or_none()
    values, stages = defaultdict(list), defaultdict(list)
    for value in read.rows("picklist_value", queries.picklist_values()):
        values[value.picklist_id].append(value)
    for stage in read.rows("pipeline_stage", queries.stages()):
        stages[stage.pipeline_id].append(stage)
    lists = {row.id: _picklist(row, values[row.id]) for row in read.rows("picklist", queries.picklists())}
    own = own_fields(read.rows("custom_field", queries.custom_fields()), lists)
    profiles = read.rows("access_profile", queries.access_profiles())
    return LiveConfiguration(
        stamp=version.stamp if version else "",
        number=version.number if version else 0,
        picklists={one.key: one for one in lists.values()},
        pipelines=tuple(_pipeline(row, stages[row.id]) for row in read.rows("pipeline", queries.pipelines())),
        access=Access({(row.kind, Role(row.role)): _rule(row) for row in profiles}),
        shapes=load_shapes(read, own.in_use),
        custom=own.by_key,
    )


def _picklist(row: StoredPicklist, values: list[PicklistValue]) -> Picklist:
    return Picklist(
        row.key,
        row.label,
        tuple(
            Choice(
                value.key, value.label, value.tone, not value.is_archived, value.key == row.default_key, value.moves_to,
                ways_back_of(value),
            )
            for value in values
        ),
    )  # fmt: skip


def _pipeline(row: StoredPipeline, stages: list[PipelineStage]) -> Pipeline:
    made = tuple(_stage(stage) for stage in stages)
    return Pipeline(row.key, row.label, made, row.currency, not row.is_archived, row.id)


def _stage(row: PipelineStage) -> Stage:
    kind: Any = row.kind
    return Stage(
        row.key, row.label, row.probability, row.forecast, kind, row.days_limit, tuple(row.required_fields),
        not row.is_archived, row.id, row.pipeline_id, way_of(row),
    )  # fmt: skip


def _rule(row: AccessProfile) -> AccessRule:
    hidden, read_only = frozenset(row.hidden), frozenset(row.read_only)
    return AccessRule(row.kind, Role(row.role), Reach(row.see), Reach(row.edit), hidden, read_only)
