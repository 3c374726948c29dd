"""Measuring a metric by its definition: what is found on a day, and writing it down beside what was found before."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, localcontext
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from implementor.calendars.services.rates import base_currency, rates_on
from implementor.configuration.services.custom_fields import field_of_key
from implementor.foundation.errors import Refusal
from implementor.foundation.events import publish
from implementor.foundation.measures import NamedMeasure, Question, Tally, measurables, named_measures, takers
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Label, Phrase, say
from implementor.metrics import queries
from implementor.metrics.compiling import extent_of, figures_of, neighbours_of, number_of, place_of, split_of
from implementor.metrics.conditions import AsOf, CannotMeasure, MissingField, measurable_of
from implementor.metrics.defining import keys_of
from implementor.metrics.definition_json import definition_from
from implementor.metrics.definitions import (
    MEDIAN,
    PERCENTILE,
    BadDefinition,
    Definition,
    Formula,
    Manual,
    Named,
    Query,
    Ratio,
    queries_of,
)
from implementor.metrics.events import MetricMeasured
from implementor.metrics.expressions import BadExpression, NoValue, in_order, read_expression
from implementor.metrics.few import told_to_all
from implementor.metrics.models import Measurement, Metric
from implementor.metrics.services import keep_latest
from implementor.metrics.tallying import PRECISION, Terms, divided, kept, tallies
from implementor.metrics.together import Answers, answers_together, said
from implementor.metrics.windows import days_of

REASONS = (CannotMeasure, BadDefinition, BadExpression, NoValue)


@dataclass
class Ruler:
    """Measures in one session as of one day; `known` are the values of metrics by key, for formulas.

    `answers` are what queries were found to say already, `memory` what named measures keep for each other.
    """

    session: Session
    as_of: AsOf
    known: dict[str, Decimal | None] = field(default_factory=dict)
    answers: Answers = field(default_factory=dict)
    memory: dict[Any, Any] = field(default_factory=dict)

    def look_ahead(self, definitions: Iterable[Definition]) -> None:
        """Find what these ask of the same records in one pass."""
        asked = (replace(query, group_by="") for one in definitions for query in queries_of(one))
        self.answers |= answers_together(self.session, asked, self.as_of)

    @cached_property
    def base(self) -> str:
        """The currency that amounts are in where the metric names none."""
        return base_currency(self.session)

    @cached_property
    def rates(self) -> Mapping[str, Decimal]:
        return rates_on(self.session, self.as_of.on, base=self.base)

    def tally(self, definition: Definition, unit: str, currency: str | None) -> Tally:
        """What is found, in the unit; without a value the reason is told. Never raises for what records can be."""
        try:
            return kept(self._tally(definition, unit, currency))
        except MissingField as why:
            return Tally(None, reason=gone(self.session, why))
        except REASONS as why:
            return Tally(None, reason=why.reason)

    def parts(self, query: Query, unit: str, currency: str | None) -> dict[Any, Tally]:
        """What is found by the value that the query is grouped by, the largest groups first. Raises CannotMeasure."""
        number = number_of(measurable_of(query), query)
        rows = self.answers.get(said(query)) or self._rows(query)
        return tallies(query, number, rows, self._terms(unit, currency, number is not None))

    def parted(self, definition: Definition, key: str, unit: str, currency: str | None) -> dict[Any, Tally]:
        """The figure of each value of what it is parted by (`key`), the largest first. Raises CannotMeasure."""
        found = self._parted(definition, key, unit, currency)
        with localcontext(prec=PRECISION):
            told = {part: kept(tally) for part, tally in found.items()}
        return dict(sorted(told.items(), key=lambda one: -one[1].n))

    def _parted(self, definition: Definition, key: str, unit: str, currency: str | None) -> dict[Any, Tally]:
        match definition:
            case Query():
                return self.parts(replace(definition, group_by=key), unit, currency)
            case Ratio(part, whole):
                above, below = (self.parts(replace(one, group_by=key), unit, currency) for one in (part, whole))
                nothing = Tally(Decimal(0))
                return {
                    one: divided(above.get(one, nothing), below.get(one, nothing), unit) for one in {**below, **above}
                }
            case Named(measure) if (found := named(measure).parted) is not None:
                split = split_of(measurables[named(measure).kind], key)
                return found(self.session, self.question(definition), split)
        raise CannotMeasure(say("This figure is not parted."))

    def question(self, definition: Named) -> Question:
        """What a named measure is asked for."""
        first, last = days_of(definition.window, self.as_of.on)
        zone = self.as_of.zone
        end = datetime.combine(self.as_of.on + timedelta(days=1), time(), zone).astimezone(UTC)
        asked = (self.as_of.project_id, definition.filters)
        return Question(self.as_of.on, end, zone, first, last, *asked, memory=self.memory)

    def _rows(self, query: Query) -> Any:
        if query.group_by or query.aggregate not in (MEDIAN, PERCENTILE):
            return self.session.execute(figures_of(query, self.as_of)).all()
        least, most, n = self.session.execute(extent_of(query, self.as_of)).one()
        values = self.session.scalars(neighbours_of(query, self.as_of, n)).all() if n else []
        first = place_of(query, n) + 1
        return [(None, least, most, value, place, n) for place, value in enumerate(values, first)]

    def _tally(self, definition: Definition, unit: str, currency: str | None) -> Tally:
        match definition:
            case Query():
                return self._one(definition, unit, currency)
            case Ratio(part, whole):
                return divided(self._one(part, unit, currency), self._one(whole, unit, currency), unit)
            case Formula(expression):
                return Tally(read_expression(expression).value(self.known))
            case Named(measure):
                return named(measure).tally(self.session, self.question(definition))
        return Tally(None, reason=say("People write this metric down."))

    def _one(self, query: Query, unit: str, currency: str | None) -> Tally:
        return self.parts(replace(query, group_by=""), unit, currency)[None]

    def _terms(self, unit: str, currency: str | None, of_values: bool) -> Terms:
        return Terms(unit, currency or self.base, self.rates) if of_values else Terms(unit)


@dataclass(frozen=True)
class Found:
    """What was found, by which version of the definition."""

    tally: Tally
    number: int | None


def named(key: str) -> NamedMeasure:
    """The measure of that key. Raises CannotMeasure."""
    found = named_measures.get(key)
    if found is None:
        raise CannotMeasure(say("There is no measure “%(measure)s” here.", measure=key[:60]))
    return found


def find(
    session: Session, *, project_id: int, on: date, zone: ZoneInfo, ids: Collection[int] | None = None,
    known: dict[str, Decimal | None] | None = None,
) -> dict[int, Found]:  # fmt: skip
    """What the metrics of a project that the program measures are on a day, by id; formulas after what they need.

    `known` are values that were found before on this day, by key; what is found comes to it.
    """
    fresh = known if known is not None else {}
    every = _by_key(session, project_id)
    ruler = Ruler(session, AsOf(on, zone, project_id), {key: one.latest for key, one in every.items()} | fresh)
    wanted = [every[key] for key in _in_turn(every, ids)]
    ruler.look_ahead(_definition(one) for one in wanted)
    found: dict[int, Found] = {}
    for metric in wanted:
        tally = _told(ruler, metric)
        found[metric.id] = Found(tally, metric.definition_number)
        ruler.known[metric.key] = fresh[metric.key] = tally.value
    return found


def to_measure(session: Session, *, project_id: int, ids: Collection[int] | None = None) -> list[int]:
    """The ids of the metrics that the program measures, formulas after what they need, those of one kind together."""
    every = _by_key(session, project_id)
    return [every[key].id for key in _in_turn(every, ids)]


def _by_key(session: Session, project_id: int) -> dict[str, Metric]:
    return {one.key: one for one in session.scalars(queries.metrics_with_keys(project_id=project_id))}


def _in_turn(every: Mapping[str, Metric], ids: Collection[int] | None) -> list[str]:
    wanted = [one for one in every.values() if one.measured_by != "manual" and (ids is None or one.id in ids)]
    wanted.sort(key=lambda one: (json.dumps(one.definition, sort_keys=True), one.id))
    needs = {one.key: _needs(one) for one in wanted}
    return [key for key in in_order(needs) if key in needs]


def write_down(
    session: Session, metric: Metric, found: Found, *, on: date, by: Actor, at: datetime
) -> Measurement | None:
    """Keep what was found; nothing where it was found so on this day already, or where the definition changed since."""
    if metric.definition_number != found.number:
        return None
    metric.tried_on, tally = on, found.tally
    last = session.scalars(queries.last_taken(metric_id=metric.id, number=metric.definition_number)).one_or_none()
    if last is not None and last.measured_on == on and _same(last, tally):
        return None
    made = Measurement(
        project_id=metric.project_id, metric_id=metric.id, measured_on=on, value=tally.value, created_at=at,
        created_by_id=by.user_id, numerator=tally.numerator, denominator=tally.denominator, n=tally.n,
        definition_number=metric.definition_number,
    )  # fmt: skip
    if tally.value is None and tally.reason is not None:
        made.unmeasured = tally.reason.as_json()
    session.add(made)
    keep_latest(session, metric)
    if tally.value is not None:
        publish(session, MetricMeasured(metric.project_id, metric.id, made.id, by, at))
    return made


def gone(session: Session, why: MissingField) -> Phrase:
    """Why a field is not there: one of one's own that was withdrawn, and what took it away."""
    row = field_of_key(session, why.name)
    if row is None:
        return why.reason
    told = next((said for said in (one(session, str(row.uid)) for one in takers) if said is not None), "")
    label = Label({"en": row.label_en, "es": row.label_es})
    return say("The field %(field)s was withdrawn. %(release)s", field=label, release=told)


def _same(last: Measurement, tally: Tally) -> bool:
    reason = tally.reason.as_json() if tally.value is None and tally.reason is not None else None
    return (last.value, last.numerator, last.denominator, last.n, last.unmeasured) == (
        tally.value, tally.numerator, tally.denominator, tally.n, reason,
    )  # fmt: skip


def _told(ruler: Ruler, metric: Metric) -> Tally:
    """What a metric's definition finds, as far as everybody of the project may know it."""
    try:
        definition = definition_from(metric.definition)
    except BadDefinition as why:
        return Tally(None, reason=why.reason)
    return told_to_all(ruler.session, ruler.as_of, definition, ruler.tally(definition, metric.unit, metric.currency))


def _definition(metric: Metric) -> Definition:
    """How a metric is measured; by people where what is kept means nothing."""
    try:
        return definition_from(metric.definition)
    except BadDefinition:
        return Manual()


def _needs(metric: Metric) -> tuple[str, ...]:
    try:
        return keys_of(metric.definition)
    except Refusal:
        return ()
