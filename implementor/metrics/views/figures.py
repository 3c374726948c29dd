"""What stands behind a figure: the very records that were counted, and how it parts by area, person or word."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import Response, request, url_for
from sqlalchemy import Select

from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.measures import Tally
from implementor.foundation.model import Rows
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.lists.record_page import present_scope
from implementor.metrics import permissions, queries
from implementor.metrics.behind import list_address, records_behind, sheet_behind
from implementor.metrics.compiling import ids_in_part, records_of
from implementor.metrics.conditions import AsOf, measurable_of
from implementor.metrics.definition_json import definition_from
from implementor.metrics.definition_words import in_words
from implementor.metrics.definitions import SHARE, Definition, Named, Query, Ratio, queries_of
from implementor.metrics.measuring import Ruler, named
from implementor.metrics.models import Measurement, Metric
from implementor.metrics.names import names_in, names_of_parts
from implementor.metrics.patience import soon
from implementor.metrics.views.routing import blueprint, measurement_or_404, measuring_zone, metric_or_404
from implementor.metrics.wording import shown_value
from implementor.web.guard import allow
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

MOST_PARTS = 30
NOBODY = "none"


@dataclass(frozen=True)
class Place:
    """A definition as it was on the day of a measurement, or as it is today."""

    definition: Definition
    as_of: AsOf
    measurement: Measurement | None = None


@blueprint.get("/<int:metric_id>/records")
@allow(permissions.VIEW)
def records(project_key: str, metric_id: int) -> Response:
    """The records that a measurement counted, by the definition and on the day it was taken."""
    metric = metric_or_404(metric_id)
    place, scope = _place(metric), present_scope()
    upper = request.args.get("part", "") == "1"
    kind, ids, query = _ids(place, upper)
    sheet, behind, refusal = sheet_behind(kind, scope), None, None
    if sheet is not None:
        after, before = request.args.get("after"), request.args.get("before")
        try:
            behind = soon(session(), lambda: records_behind(session(), sheet, ids, scope, after=after, before=before))
        except Refusal as why:
            refusal = why.reason
    return draw(
        "metrics/records.html", metric=metric, place=place, behind=behind, refusal=refusal, upper=upper,
        sentence=in_words(place.definition, names_in(session(), place.definition, scope)),
        divides=isinstance(place.definition, (Ratio, Named)) or (query is not None and query.aggregate == SHARE),
        list_url=list_address(query, place.as_of, sheet, part=upper) if query is not None and sheet else None,
        here=lambda **more: url_for("metrics.records", metric_id=metric_id, **{**_kept(), **more}),
        value_text=lambda value: shown_value(metric, value),
    )  # fmt: skip


@blueprint.get("/<int:metric_id>/breakdown")
@allow(permissions.VIEW)
def breakdown(project_key: str, metric_id: int) -> Response:
    """The figure of today for each area, person, word or whatever records are grouped by."""
    metric = metric_or_404(metric_id)
    place, scope = _place(metric), present_scope()
    query = _parted(place.definition)
    known = measurable_of(query)
    open_to = known.fields_for(scope.actor)
    offered = [(one.name, one.label) for one in open_to.values() if one.groupable]
    offered += [(one.key, one.label) for one in known.splits.values()]
    wanted = request.args.get("by", "") or query.group_by or (offered[0][0] if offered else "")
    if wanted not in dict(offered):
        raise NotFound("grouping")
    parts, names, refusal = _parts(metric, replace(query, group_by=wanted), place.as_of, scope)
    shown = list(parts.items())[:MOST_PARTS]
    return draw(
        "metrics/breakdown.html", metric=metric, offered=offered, by=wanted, label=dict(offered)[wanted],
        sentence=in_words(query, names_in(session(), query, scope)), refusal=refusal, names=names, parts=shown,
        left_out=len(parts) - len(shown),
        largest=max((abs(one.value) for _key, one in shown if one.value is not None), default=0),
        records_url=lambda key: url_for(
            "metrics.records", metric_id=metric_id, by=wanted, of=NOBODY if key is None else key
        ),
        value_text=lambda value: shown_value(metric, value),
    )  # fmt: skip


def _parts(metric: Metric, query: Query, as_of: AsOf, scope: Any) -> tuple[dict[Any, Tally], dict[Any, str], Any]:
    ruler = Ruler(session(), as_of)
    try:
        parts = soon(session(), lambda: ruler.parts(query, metric.unit, metric.currency))
    except Refusal as why:
        return {}, {}, why.reason
    return parts, names_of_parts(session(), measurable_of(query), query.group_by, list(parts)[:MOST_PARTS], scope), None


def _parted(definition: Definition) -> Query:
    """The query that can be parted. Raises Refusal for what cannot."""
    if not isinstance(definition, Query):
        raise Refusal(say("Only figures over records are parted."))
    return definition


def _place(metric: Metric) -> Place:
    """What the address asks for: a measurement of the metric, else what would be measured today."""
    number, zone = whole_number(request.args.get("measurement")), measuring_zone()
    if number is None:
        today: date = now().astimezone(zone).date()
        return Place(_counted(definition_from(metric.definition)), AsOf(today, zone, metric.project_id))
    taken = measurement_or_404(metric, number)
    found: Select[Any] = queries.definition_of(metric_id=metric.id, number=taken.definition_number)
    version = session().scalars(found).one_or_none()
    if version is None:
        raise NotFound("definition")
    as_of = AsOf(taken.measured_on, zone, metric.project_id)
    return Place(_counted(definition_from(version.definition)), as_of, taken)


def _counted(definition: Definition) -> Definition:
    if not isinstance(definition, (Query, Ratio, Named)):
        raise NotFound("records")
    return definition


def _ids(place: Place, upper: bool) -> tuple[str, Rows, Query | None]:
    """The kind and the ids of what was counted: above the line of a fraction (`upper`), else below it."""
    definition = place.definition
    if isinstance(definition, Named):
        measure = named(definition.measure)
        return measure.kind, measure.counted(Ruler(session(), place.as_of).question(definition), upper), None
    query = queries_of(definition)[0 if upper or isinstance(definition, Query) else 1]
    model = measurable_of(query).entity.model
    by = request.args.get("by", "")
    if by:
        asked = replace(query, group_by=by)
        return query.entity, ids_in_part(asked, place.as_of, _value(asked), part=upper), None
    return query.entity, records_of(query, place.as_of, part=upper).with_only_columns(model.id), query


def _value(query: Query) -> Any:
    """The value of the grouping that the address names, in the type of its column."""
    known, text = measurable_of(query), request.args.get("of", "")
    split = known.splits.get(query.group_by)
    field = known.entity.fields.get(query.group_by)
    if split is None and (field is None or not field.groupable):
        raise NotFound("grouping")
    column: Any = split.column if split is not None else field.column if field is not None else None
    if text == NOBODY:
        return None
    if column.type.python_type is bool:
        return text == "True"
    return whole_number(text) if column.type.python_type is int else text


def _kept() -> dict[str, str]:
    return {name: request.args[name] for name in ("measurement", "part", "by", "of") if name in request.args}
