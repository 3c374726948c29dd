"""A report in words: what its figures, its parts and the whole of it are called."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from implementor.foundation.measures import measurables
from implementor.foundation.words import Phrase, say
from implementor.metrics.definition_words import AGGREGATES, Names, query_in_words, time_label
from implementor.metrics.definitions import COUNT, Query
from implementor.metrics.models import Metric
from implementor.metrics.periods import MONTHS, WITHIN, label_of
from implementor.metrics.wording import shown_value
from implementor.reports.plans import Plan
from implementor.reports.tables import Unit


def in_words(plan: Plan, names: Names | None = None) -> Phrase:
    """What a report is of, as people say it."""
    counted = replace(plan.base, aggregate=COUNT, field="", between=None, percentile=None)
    said = query_in_words(counted if plan.is_of_records else plan.queries[0], names or {})
    match plan.by:
        case (one, other):
            return say("%(what)s, by %(first)s and %(second)s", what=said, first=part_label(plan.kind, one),
                       second=part_label(plan.kind, other))  # fmt: skip
        case (one,):
            return say("%(what)s, by %(first)s", what=said, first=part_label(plan.kind, one))
    return said


def figure_label(query: Query) -> Phrase:
    """What one figure is called above its column."""
    known = measurables.get(query.entity)
    fields = known.entity.fields if known is not None else {}
    what = AGGREGATES[query.aggregate]
    if query.between is not None:
        start, end = (time_label(query.entity, key) for key in query.between)
        return say("%(aggregate)s: from “%(start)s” to “%(end)s”", aggregate=what, start=start, end=end)
    if not query.field:
        return what
    of = fields[query.field].label if query.field in fields else query.field
    return say("%(aggregate)s: %(field)s", aggregate=what, field=of)


def part_label(kind: str, key: str) -> Phrase | str:
    """What a way to part figures is called; its key where it is gone."""
    known = measurables.get(kind)
    period, mark, name = key.partition(WITHIN)
    if mark and period in MONTHS:
        return label_of(period, time_label(kind, name))
    found = known.part_called(key) if known is not None else None
    return key if found is None else found.label


def value_text(unit: Unit, value: Decimal | None) -> str:
    """A figure as people read it."""
    return shown_value(Metric(unit=unit.unit, currency=unit.currency), value)
