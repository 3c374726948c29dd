"""Whether a report means something now, and names nothing that is hidden from whoever asks."""

from __future__ import annotations

from implementor.foundation.fields import Kind
from implementor.foundation.measures import measurables
from implementor.foundation.parting import BETWEEN
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.metrics.compiling import figures_by
from implementor.metrics.conditions import AsOf, CannotMeasure, MissingField, measurable_of
from implementor.metrics.defining import CannotDefine, check_query
from implementor.metrics.periods import WITHIN, split_called
from implementor.reports.plans import Plan
from implementor.reports.reading import kinds_read_by

LONG = (Kind.MARKDOWN, Kind.TEXT)


def check_plan(plan: Plan, as_of: AsOf, by: Actor) -> None:
    """Raises CannotMeasure, MissingField, CannotDefine or BadDefinition with the reason."""
    if plan.kind not in kinds_read_by(by):
        known = measurables.get(plan.kind)
        what = known.entity.label_plural if known is not None else plan.kind[:60]
        raise CannotDefine(say("You do not see %(kind)s, or they are switched off.", kind=what))
    for query in plan.queries if not plan.is_of_records else (plan.base,):
        check_query(query, as_of, by)
    _refuse_hidden(plan, by)
    known = measurable_of(plan.base)
    if not plan.is_of_records:
        splits = [split_called(known, key, as_of, plan.base.window) for key in plan.by]
        for query in plan.queries:
            figures_by(query, splits, as_of)


def _refuse_hidden(plan: Plan, by: Actor) -> None:
    """Times, parts and columns; figures and filters are looked at with their queries."""
    known = measurable_of(plan.base)
    fields, shown = known.entity.fields, known.fields_for(by)
    times = {key.partition(WITHIN)[2] for key in plan.by if WITHIN in key} | {plan.base.window.by} - {""}
    for name in sorted(times & fields.keys() - shown.keys()):
        raise CannotDefine(say("%(field)s is hidden from you.", field=fields[name].label))
    parts = known.parts_for(by)
    for key in plan.by:
        if WITHIN in key or key in parts:
            continue
        found = known.part_called(key)
        if found is not None:
            raise CannotDefine(say("%(field)s is hidden from you.", field=found.label))
    if plan.is_of_records:
        _refuse_columns(plan, by)


def _refuse_columns(plan: Plan, by: Actor) -> None:
    entity = measurable_of(plan.base).entity
    for name in plan.columns:
        found = entity.fields.get(name)
        if found is None:
            reason = say("%(kind)s have no field “%(field)s” now.", kind=entity.label_plural, field=name[:60])
            raise MissingField(reason, name.rpartition(BETWEEN)[2])
        if not found.is_visible_to(by):
            raise CannotDefine(say("%(field)s is hidden from you.", field=found.label))
        if found.kind in LONG or not found.is_shown:
            raise CannotMeasure(say("%(field)s is no column of lists.", field=found.label))
