"""Putting together how a metric is measured, with what it finds beside it, and letting it be measured so."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlencode

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import Refusal
from implementor.foundation.measures import named_measures
from implementor.foundation.words import Phrase, say
from implementor.lists.record_page import present_scope
from implementor.metrics import definitions as ways
from implementor.metrics import permissions
from implementor.metrics.choosers import Chooser, side_of_form, window_choosers
from implementor.metrics.defining import Stated, define
from implementor.metrics.definition_json import definition_from
from implementor.metrics.definition_words import WAYS
from implementor.metrics.draft import Draft, address_of, read_draft
from implementor.metrics.models import Metric
from implementor.metrics.previewing import preview
from implementor.metrics.queries import metrics_with_keys
from implementor.metrics.schedule import measure_now
from implementor.metrics.views.routing import blueprint, measuring_zone, metric_or_404
from implementor.metrics.wording import shown_value
from implementor.web.guard import actor, allow
from implementor.web.messages import tell, tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

LONGEST = 4000


@blueprint.get("/<int:metric_id>/definition")
@allow(permissions.EDIT)
def definition(project_key: str, metric_id: int) -> Response:
    """How the metric is measured, or would be as the address says."""
    metric = metric_or_404(metric_id)
    asked = request.args.to_dict(flat=False)
    if "how" not in asked:
        asked = address_of(definition_from(metric.definition)) if metric.definition else {"how": [ways.QUERY]}
    return _draw(metric, asked)


@blueprint.post("/<int:metric_id>/definition")
@allow(permissions.EDIT)
def change_definition(project_key: str, metric_id: int) -> ResponseReturnValue:
    """Measure it so from now on, as the sent address says."""
    metric = metric_or_404(metric_id, to_change=True)
    asked = parse_qs(request.form.get("address", "")[:LONGEST], keep_blank_values=True)
    try:
        made = define(session(), metric, read_draft(asked, present_scope()).definition(), _stated())
    except Refusal as why:
        return _draw(metric, asked, why.reason)
    if made is None:
        tell(say("%(name)s is measured so already.", name=metric.name), "notice")
    else:
        if metric.definition_number is not None:
            measure_now(session(), metric, by=actor(), at=now())
        tell_done(say("How %(name)s is measured is changed.", name=metric.name))
    return redirect(url_for("metrics.show", metric_id=metric_id), 303)


@blueprint.post("/<int:metric_id>/measured")
@allow(permissions.MEASURE)
def measure_one(project_key: str, metric_id: int) -> ResponseReturnValue:
    """Let a worker measure it now."""
    metric = metric_or_404(metric_id)
    if metric.is_archived or metric.definition_number is None:
        raise Refusal(say("People write %(name)s down; it is not measured by the program.", name=metric.name))
    job = measure_now(session(), metric, by=actor(), at=now())
    return redirect(url_for("jobs.show", job_id=job.id), 303)


def _stated() -> Stated:
    return Stated(actor(), now(), measuring_zone())


def _draw(metric: Metric, asked: dict[str, list[str]], refusal: Phrase | None = None) -> Response:
    scope = present_scope()
    draft = read_draft(asked, scope)
    titles = (None,) if draft.how == ways.QUERY else (say("This figure"), say("Divided by this one"))
    found = preview(session(), metric, draft, _stated(), scope)
    return draw(
        "metrics/definition.html",
        200 if refusal is None else 409,
        metric=metric,
        draft=draft,
        ways=[(way, WAYS[way]) for way in ways.WAYS if way != ways.NAMED or named_measures],
        sides=[side_of_form(session(), side, scope, title) for side, title in zip(draft.sides, titles, strict=False)],
        others=_others(metric, draft),
        keys=_keys(metric) if draft.how == ways.FORMULA else [],
        found=found,
        refusal=refusal,
        address=urlencode(asked, doseq=True),
        value_text=lambda value: shown_value(found.measured_as or metric, value),
    )


def _others(metric: Metric, draft: Draft) -> list[Chooser]:
    """The inputs of what is no query."""
    if draft.how == ways.FORMULA:
        return [Chooser("expression", say("Formula"), draft.expression)]
    if draft.how != ways.NAMED:
        return []
    options = [(key, one.label) for key, one in sorted(named_measures.items())]
    return [
        Chooser("measure", say("Measure"), draft.measure, [("", "–"), *options]),
        *window_choosers("w-", draft.window),
    ]


def _keys(metric: Metric) -> list[tuple[str, str]]:
    found: Any = session().scalars(metrics_with_keys(project_id=metric.project_id))
    return [(one.key, one.name) for one in found if one.id != metric.id]
