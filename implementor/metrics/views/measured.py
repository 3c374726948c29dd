"""What the page of a metric says of how it is measured: in words, by which version, and what can be opened."""

from __future__ import annotations

from typing import Any

from flask import url_for

from implementor.foundation.errors import Refusal
from implementor.foundation.fields import Scope
from implementor.foundation.measures import named_measures
from implementor.foundation.words import Phrase, phrase_from_json
from implementor.metrics import queries
from implementor.metrics.definition_json import definition_from
from implementor.metrics.definition_words import in_words
from implementor.metrics.definitions import Manual, Named, Query, Ratio
from implementor.metrics.models import Measurement, Metric
from implementor.metrics.names import names_in
from implementor.web.unit_of_work import session

OPENED = (Query, Ratio, Named)


def how_measured(metric: Metric, scope: Scope) -> dict[str, Any]:
    """The definition as the page of a metric draws it."""
    versions = session().execute(queries.definitions_of(metric_id=metric.id)).all()
    sentences = {row.MetricDefinition.number: _sentence(row.MetricDefinition.definition, scope) for row in versions}
    opened = {row.MetricDefinition.number for row in versions if _is_opened(row.MetricDefinition.definition)}
    present = metric.definition_number
    return {
        "sentence": sentences.get(present) if present is not None else _sentence(None, scope),
        "versions": versions,
        "sentences": sentences,
        "is_measured": present is not None,
        "is_parted": _is_parted(_definition(metric.definition)),
        "records_url": lambda one: _records_url(metric, one, opened),
        "why": lambda one: phrase_from_json(one.unmeasured) if one.unmeasured else None,
    }


def _records_url(metric: Metric, one: Measurement, opened: set[int]) -> str | None:
    """Where the records behind a measurement are; None for what people wrote down."""
    if one.n is None or one.definition_number not in opened:
        return None
    return url_for("metrics.records", metric_id=metric.id, measurement=one.id)


def _sentence(kept: Any, scope: Scope) -> Phrase:
    try:
        definition = definition_from(kept)
        return in_words(definition, names_in(session(), definition, scope))
    except Refusal as why:
        return why.reason


def _is_opened(kept: Any) -> bool:
    return isinstance(_definition(kept), OPENED)


def _is_parted(definition: Any) -> bool:
    if isinstance(definition, Named):
        known = named_measures.get(definition.measure)
        return known is not None and known.parted is not None
    return isinstance(definition, (Query, Ratio))


def _definition(kept: Any) -> Any:
    try:
        return definition_from(kept)
    except Refusal:
        return Manual()
