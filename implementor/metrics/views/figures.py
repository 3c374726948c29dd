"""What stands behind a figure: the very records that were counted, all of them or those of one of its parts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import Response, request, url_for
from sqlalchemy import Select

from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.local_days import day_named
from implementor.foundation.measures import Measurable, measurables
from implementor.foundation.model import Rows
from implementor.foundation.parting import value_called
from implementor.foundation.text import whole_number
from implementor.lists.record_page import present_scope
from implementor.metrics import permissions, queries
from implementor.metrics.behind import list_address, records_behind, sheet_behind
from implementor.metrics.compiling import ids_among, ids_in_part, records_of, split_of
from implementor.metrics.conditions import AsOf, measurable_of
from implementor.metrics.definition_json import definition_from
from implementor.metrics.definition_words import in_words
from implementor.metrics.definitions import SHARE, Definition, Named, Query, Ratio, queries_of
from implementor.metrics.measuring import Ruler, named
from implementor.metrics.models import Measurement, Metric
from implementor.metrics.names import names_in
from implementor.metrics.patience import soon
from implementor.metrics.stretches import LONGEST, windowed
from implementor.metrics.views.routing import blueprint, measurement_or_404, measuring_zone, metric_or_404
from implementor.metrics.wording import shown_value
from implementor.web.guard import allow
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


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
    place, scope = place_of(metric), present_scope()
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


def place_of(metric: Metric) -> Place:
    """What the address asks for: a measurement of the metric, else what would be measured today."""
    number, zone = whole_number(request.args.get("measurement")), measuring_zone()
    if number is None:
        today: date = now().astimezone(zone).date()
        definition, on = _over_days(_counted(definition_from(metric.definition)), today)
        return Place(definition, AsOf(on, zone, metric.project_id))
    taken = measurement_or_404(metric, number)
    found: Select[Any] = queries.definition_of(metric_id=metric.id, number=taken.definition_number)
    version = session().scalars(found).one_or_none()
    if version is None:
        raise NotFound("definition")
    as_of = AsOf(taken.measured_on, zone, metric.project_id)
    return Place(_counted(definition_from(version.definition)), as_of, taken)


def _over_days(definition: Definition, today: date) -> tuple[Definition, date]:
    """The definition over the days that the address names, such as those after a release, and their last day."""
    days, typed = whole_number(request.args.get("days")), request.args.get("on", "")
    if days is None or not 1 <= days <= LONGEST:
        return definition, today
    last = day_named(typed)
    if last is None:
        raise NotFound("day")
    found = windowed(definition, days)
    if found is None:
        raise NotFound("day")
    return found, last


def _counted(definition: Definition) -> Definition:
    if not isinstance(definition, (Query, Ratio, Named)):
        raise NotFound("records")
    return definition


def _ids(place: Place, upper: bool) -> tuple[str, Rows, Query | None]:
    """The kind and the ids of what was counted: above the line of a fraction (`upper`), else below it."""
    definition, by = place.definition, request.args.get("by", "")
    if isinstance(definition, Named):
        measure = named(definition.measure)
        ids = measure.counted(Ruler(session(), place.as_of).question(definition), upper)
        known = measurables[measure.kind]
        return measure.kind, ids_among(known, split_of(known, by), ids, _value(known, by)) if by else ids, None
    query = queries_of(definition)[0 if upper or isinstance(definition, Query) else 1]
    known = measurable_of(query)
    if by:
        asked = replace(query, group_by=by)
        return query.entity, ids_in_part(asked, place.as_of, _value(known, by), part=upper), None
    return query.entity, records_of(query, place.as_of, part=upper).with_only_columns(known.entity.model.id), query


def _value(known: Measurable, by: str) -> Any:
    """The value of the part that the address names, in the type of its column."""
    split, text = known.part_called(by), request.args.get("of", "")
    if split is None:
        raise NotFound("grouping")
    return value_called(split, text)


def _kept() -> dict[str, str]:
    asked = ("measurement", "part", "by", "of", "on", "days")
    return {name: request.args[name] for name in asked if name in request.args}
