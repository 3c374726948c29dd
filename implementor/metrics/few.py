"""Amounts over so few records that one of them could be told: who does not see the records is told why not.

The number of records is told always. A definition of the standard set is of the whole company and nobody narrowed it
down, so what it finds is told as well. Decision record 0018 says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from implementor.foundation.access import Reach
from implementor.foundation.live import present
from implementor.foundation.measures import AMOUNTS, Measurable, Tally, measurables, named_measures
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.metrics.compiling import records_of
from implementor.metrics.conditions import SOME, AsOf, measurable_of
from implementor.metrics.definitions import COUNT, OF_VALUES, Definition, Named, Query, queries_of
from implementor.metrics.standard import standard_metrics

FEWEST = 5
PRESENCE = ((SOME,), ("none",))


def sees_records(actor: Actor, definition: Definition) -> bool:
    """Whether somebody reaches any records of every kind that a definition counts."""
    kinds = {query.entity for query in queries_of(definition)}
    if isinstance(definition, Named):
        kinds = {named_measures[definition.measure].kind} if definition.measure in named_measures else set()
    return all(_is_open(kind) or present().access.reach(actor, kind, "see") is not Reach.NONE for kind in kinds)


def told_to_all(session: Session, as_of: AsOf, definition: Definition, tally: Tally) -> Tally:
    """What was found as far as people may know it who do not see the records."""
    if tally.value is None or any(definition == one.definition for one in standard_metrics.values()):
        return tally
    return withheld(tally) if tells_amounts(session, as_of, definition, tally) else tally


def tells_amounts(session: Session, as_of: AsOf, definition: Definition, tally: Tally) -> bool:
    """Whether amounts of fewer records than `FEWEST` stand in it or could be found by narrowing it down."""
    if isinstance(definition, Named):
        return _names_few(definition, tally)
    looked_at = (_looked_at(query) for query in queries_of(definition) if not _is_open(query.entity))
    return any(0 < _at_most(session, query, as_of) < FEWEST for query in looked_at if query is not None)


def parts_told(definition: Definition, parts: Mapping[Any, Tally]) -> dict[Any, Tally]:
    """The parts of a figure as far as people may know them who do not see the records.

    Small parts are withheld together with the next larger ones, so that what is missing from the whole is never of few.
    """
    if not _has_numbers(definition):
        return dict(parts)
    hidden: dict[Any, int] = {}
    for part, tally in sorted(parts.items(), key=lambda one: one[1].n):
        if not tally.n:
            continue
        if tally.n >= FEWEST and (not hidden or sum(hidden.values()) >= FEWEST):
            break
        hidden[part] = tally.n
    return {part: withheld(tally) if part in hidden else tally for part, tally in parts.items()}


def withheld(tally: Tally) -> Tally:
    """The same without amounts, and why."""
    reason = say(
        "Amounts of fewer than %(fewest)s records are told only to people who see these records, because one of them "
        "could be told from them.",
        fewest=FEWEST,
    )
    return Tally(None, n=tally.n, reason=reason)


def _is_open(kind: str) -> bool:
    known = measurables.get(kind)
    return known is None or known.is_of_project


def _names_few(definition: Named, tally: Tally) -> bool:
    known = named_measures.get(definition.measure)
    return known is not None and known.of_amounts and 0 < tally.n < FEWEST


def _has_numbers(definition: Definition) -> bool:
    if isinstance(definition, Named):
        known = named_measures.get(definition.measure)
        return known is not None and known.of_amounts
    return any(_looked_at(query) is not None for query in queries_of(definition) if not _is_open(query.entity))


def _looked_at(query: Query) -> Query | None:
    """The query whose records must not be few: where numbers are narrowed to, the one without these; None for none."""
    if query.aggregate in OF_VALUES and query.field:
        return query
    known = measurable_of(query)
    numbers = {name for asked in (query.filters, query.part) for name, texts in asked.items() if _weighs(known, name)
               and texts not in PRESENCE}  # fmt: skip
    if not numbers:
        return None
    rest = {name: texts for name, texts in query.filters.items() if name not in numbers}
    return replace(query, aggregate=COUNT, field="", between=None, percentile=None, filters=rest, part={})


def _weighs(known: Measurable, name: str) -> bool:
    return name in known.entity.fields and known.entity.fields[name].kind in AMOUNTS


def _at_most(session: Session, query: Query, as_of: AsOf) -> int:
    """How many records a query counts, but no more than `FEWEST`."""
    ids = records_of(replace(query, group_by=""), as_of).with_only_columns(measurable_of(query).entity.model.id)
    return session.scalar(select(func.count()).select_from(ids.limit(FEWEST).subquery())) or 0
