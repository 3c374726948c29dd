"""A figure in its parts: by area, person or word, by the team of whoever owns, by what the records lead to."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for

from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.fields import Scope
from implementor.foundation.measures import Tally, measurables
from implementor.foundation.parting import NOBODY, Split
from implementor.foundation.words import Phrase, say
from implementor.lists.record_page import present_scope
from implementor.metrics import permissions
from implementor.metrics.conditions import measurable_of
from implementor.metrics.definition_words import in_words
from implementor.metrics.definitions import Definition, Named, Query, queries_of
from implementor.metrics.few import parts_told, sees_records
from implementor.metrics.measuring import Ruler, named
from implementor.metrics.models import Metric
from implementor.metrics.names import names_in, names_of_parts
from implementor.metrics.patience import soon
from implementor.metrics.views.figures import Place, place_of
from implementor.metrics.views.routing import blueprint, metric_or_404
from implementor.metrics.wording import shown_value
from implementor.web.guard import allow
from implementor.web.render import draw
from implementor.web.unit_of_work import session

MOST_PARTS = 30


@blueprint.get("/<int:metric_id>/breakdown")
@allow(permissions.VIEW)
def breakdown(project_key: str, metric_id: int) -> Response:
    """The figure of today for each part of whatever records are parted by."""
    metric = metric_or_404(metric_id)
    place, scope = place_of(metric), present_scope()
    definition = place.definition
    offered = _offered(definition, scope)
    first = definition.group_by if isinstance(definition, Query) else ""
    wanted = request.args.get("by", "") or first or next(iter(offered), "")
    if wanted not in offered:
        raise NotFound("grouping")
    parts, refusal = _parts(metric, place, wanted, scope)
    shown = list(parts.items())[:MOST_PARTS]
    return draw(
        "metrics/breakdown.html", metric=metric, offered=offered.values(), split=offered[wanted],
        sentence=in_words(definition, names_in(session(), definition, scope)), refusal=refusal, parts=shown,
        names=names_of_parts(session(), offered[wanted], [key for key, _tally in shown], scope),
        left_out=len(parts) - len(shown), largest=_largest(shown),
        records_url=lambda key: url_for(
            "metrics.records", metric_id=metric_id, by=wanted, of=NOBODY if key is None else key
        ),
        value_text=lambda value: shown_value(metric, value),
    )  # fmt: skip


def _largest(parts: list[tuple[Any, Tally]]) -> Any:
    return max((abs(one.value) for _key, one in parts if one.value is not None), default=0)


def _offered(definition: Definition, scope: Scope) -> dict[str, Split]:
    """What the figure may be parted by; of two kinds of record what both are parted by. Raises Refusal for none."""
    if isinstance(definition, Named) and named(definition.measure).parted is None:
        raise Refusal(say("This figure is not parted."))
    known = [measurable_of(query) for query in queries_of(definition)]
    if isinstance(definition, Named):
        known = [measurables[named(definition.measure).kind]]
    first, *others = (one.parts_for(scope.actor) for one in known)
    return {
        key: split
        for key, split in first.items()
        if all(key in other and str(other[key].label) == str(split.label) for other in others)
    }


def _parts(metric: Metric, place: Place, key: str, scope: Scope) -> tuple[dict[Any, Tally], Phrase | None]:
    ruler = Ruler(session(), place.as_of)
    try:
        parts = soon(session(), lambda: ruler.parted(place.definition, key, metric.unit, metric.currency))
    except Refusal as why:
        return {}, why.reason
    return parts if sees_records(scope.actor, place.definition) else parts_told(place.definition, parts), None
