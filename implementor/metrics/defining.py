"""Stating how a metric is measured: every change is a version of its own, so that old figures keep their meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from implementor.foundation.errors import Refusal
from implementor.foundation.measures import named_measures
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action
from implementor.metrics import queries
from implementor.metrics.compiling import MONEY, PERCENT, SECONDS, figures_of, number_of, records_of, split_of
from implementor.metrics.conditions import AsOf, CannotMeasure, depends_on_reader, measurable_of
from implementor.metrics.definition_json import as_json, checked_definition, definition_from
from implementor.metrics.definitions import (
    COUNT,
    DISTINCT,
    MANUAL,
    NAMED,
    QUERY,
    SHARE,
    Definition,
    Formula,
    Named,
    Query,
    Ratio,
    queries_of,
    way_of,
)
from implementor.metrics.expressions import cycle_of, read_expression
from implementor.metrics.models import Metric, MetricDefinition
from implementor.metrics.services import PutAway

ANY_UNIT = ("number", "count", "percent", "days", "hours", "money")


class CannotDefine(Refusal):
    """The metric cannot be measured so; the reason says why."""


@dataclass(frozen=True)
class Stated:
    """When and by whom a definition is stated; `zone` is the one whose days count."""

    by: Actor
    at: datetime
    zone: ZoneInfo


def define(session: Session, metric: Metric, definition: Definition, stated: Stated) -> MetricDefinition | None:
    """Measure a metric so from now on; None where it is measured so already.

    Filters are in the form that addresses hold. Raises CannotDefine, CannotMeasure, BadDefinition, BadExpression and
    PutAway.
    """
    if metric.is_archived:
        raise PutAway(say("%(name)s is archived. Restore it first.", name=metric.name))
    wanted = checked_definition(definition)
    if wanted == definition_from(metric.definition):
        return None
    check(session, metric, wanted, stated)
    suit_unit(metric, wanted)
    made = write_version(session, metric, wanted, by=stated.by, at=stated.at)
    name_action(
        session, say("Changed how %(name)s is measured", name=metric.name), verb="metric.define",
        project_id=metric.project_id,
    )  # fmt: skip
    session.flush()
    return made


def write_version(
    session: Session, metric: Metric, definition: Definition, *, by: Actor, at: datetime
) -> MetricDefinition:
    """Keep another version of the definition and let the metric be of it; what was measured before stands no more."""
    last = session.scalar(queries.last_definition_number(metric_id=metric.id)) or 0
    kept, way = as_json(definition), way_of(definition)
    made = MetricDefinition(
        project_id=metric.project_id, metric_id=metric.id, number=last + 1, definition=kept, unit=metric.unit,
        currency=metric.currency, created_at=at, created_by_id=by.user_id,
    )  # fmt: skip
    session.add(made)
    metric.measured_by = QUERY if way == NAMED else way
    metric.definition = None if way == MANUAL else kept
    metric.definition_number = None if way == MANUAL else last + 1
    metric.tried_on = None
    session.flush()
    latest = session.scalars(queries.standing_measurements(metric_id=metric.id).limit(1)).one_or_none()
    metric.latest = latest.value if latest is not None else None
    metric.latest_on = latest.measured_on if latest is not None else None
    return made


def check(session: Session, metric: Metric, definition: Definition, stated: Stated) -> None:
    """Whether it can be measured now and by who asks. Raises as `define` does."""
    as_of = AsOf(stated.at.astimezone(stated.zone).date(), stated.zone, metric.project_id)
    for query in queries_of(definition):
        check_query(query, as_of, stated.by)
    match definition:
        case Formula(expression):
            _check_formula(session, metric, expression)
        case Named(measure):
            if measure not in named_measures:
                raise CannotMeasure(say("There is no measure “%(measure)s” here.", measure=measure[:60]))


def check_query(query: Query, as_of: AsOf, by: Actor) -> None:
    """Whether a query means something now, and counts only by what its author may measure by."""
    known = measurable_of(query)
    if depends_on_reader(query.filters) or depends_on_reader(query.part):
        raise CannotDefine(say("“Me” is somebody else for every reader. Name the person instead."))
    open_to = known.fields_for(by)
    names = {*query.filters, *query.part, query.field} - {""}
    for name in sorted(names & known.entity.fields.keys() - open_to.keys()):
        raise CannotDefine(say("%(field)s is hidden from you.", field=known.entity.fields[name].label))
    if query.group_by and query.group_by not in known.parts_for(by):
        raise CannotDefine(say("%(field)s is hidden from you.", field=split_of(known, query.group_by).label))
    figures_of(query, as_of)
    records_of(query, as_of, part=True)


def units_for(definition: Definition) -> tuple[str, ...]:
    """The units that its figures can be in, the most natural one first."""
    match definition:
        case Query():
            return _units_of_query(definition)
        case Ratio(part, whole):
            money = [_units_of_query(one) == ("money",) for one in (part, whole)]
            return ("money",) if money == [True, False] else ("percent", "number", "days", "hours", "count")
        case Named(measure):
            found = named_measures.get(measure)
            return ANY_UNIT if found is None else (found.unit,)
    return ANY_UNIT


def _units_of_query(query: Query) -> tuple[str, ...]:
    if query.aggregate in (COUNT, DISTINCT):
        return ("count", "number")
    if query.aggregate == SHARE:
        return ("percent",)
    number = number_of(measurable_of(query), query)
    natures: Mapping[str, tuple[str, ...]] = {MONEY: ("money",), PERCENT: ("percent",), SECONDS: ("days", "hours")}
    nature = "" if number is None else number.nature
    return natures.get(nature, ("number", "count", "days", "hours", "percent"))


def suit_unit(metric: Metric, definition: Definition) -> None:
    """Let the metric's unit be one that its figures are in. Raises CannotDefine where its values are stated already."""
    units = units_for(definition)
    if metric.unit in units:
        return
    if any(value is not None for value in (metric.baseline, metric.target, metric.latest)):
        raise CannotDefine(
            say("Its baseline and target are stated in another unit than this is counted in. Change its unit first.")
        )
    if units[0] == "money":
        raise CannotDefine(say("This is an amount of money: give the metric that unit, and its currency, first."))
    metric.unit, metric.currency = units[0], None


def _check_formula(session: Session, metric: Metric, text: str) -> None:
    known = {one.key: one for one in session.scalars(queries.metrics_with_keys(project_id=metric.project_id))}
    expression = read_expression(text)
    for key in expression.keys:
        if key not in known:
            raise CannotDefine(say("There is no metric with the key %(key)s in this project.", key=key[:60]))
    needs = {key: keys_of(one.definition) for key, one in known.items()} | {metric.key: expression.keys}
    ring = cycle_of(needs)
    if ring:
        raise CannotDefine(_in_a_ring(ring))


def keys_of(kept: Mapping[str, Any] | None) -> tuple[str, ...]:
    """The keys of the metrics that a kept definition needs."""
    definition = definition_from(kept)
    return read_expression(definition.expression).keys if isinstance(definition, Formula) else ()


def _in_a_ring(ring: tuple[str, ...]) -> Phrase:
    return say("Formulas cannot need each other in a ring: %(ring)s.", ring=" → ".join(ring))
