"""Several figures over the same records in one pass: queries of one kind and filters, whose windows may differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, true
from sqlalchemy.orm import Session

from implementor.foundation.measures import Measurable
from implementor.metrics.compiling import MONEY, counts_of, narrowed, number_of, time_called, window_condition
from implementor.metrics.conditions import AsOf, CannotMeasure, measurable_of
from implementor.metrics.definitions import ALL, AVERAGE, COUNT, DISTINCT, SHARE, SUM, Query, Window
from implementor.metrics.windows import days_of, within_days

Answers = dict[str, list[Any]]
"""The rows of queries as `compiling.figures_of` finds them, by `said`."""


def said(query: Query) -> str:
    """A query as a key."""
    return repr(query)


def answers_together(session: Session, asked: Iterable[Query], as_of: AsOf) -> Answers:
    """What is found by those of the queries that can be asked in one statement with others; of the rest nothing."""
    groups: dict[tuple[str, str, str], dict[str, Query]] = defaultdict(dict)
    for query in asked:
        if _counts_or_adds(query):
            groups[query.entity, repr(query.filters), query.window.by][said(query)] = query
    found: Answers = {}
    for group in groups.values():
        if len(group) > 1:
            found |= _answers(session, group, as_of)
    return found


def _counts_or_adds(query: Query) -> bool:
    """Amounts are added up by currency, and values put in order, each by itself."""
    if query.group_by or query.aggregate not in (COUNT, SHARE, DISTINCT, SUM, AVERAGE):
        return False
    try:
        number = number_of(measurable_of(query), query)
    except CannotMeasure:
        return False
    return number is None or number.nature != MONEY


def _answers(session: Session, group: dict[str, Query], as_of: AsOf) -> Answers:
    columns: dict[str, tuple[Any, Any]] = {}
    queries = list(group.values())
    known, apart = measurable_of(queries[0]), len({repr(one.window) for one in queries}) > 1
    try:
        found = narrowed(known, replace(queries[0], window=Window()), as_of)
        found = found.where(_widest(known, queries, as_of))
    except CannotMeasure:
        return {}
    for key, query in group.items():
        try:
            within = window_condition(known, query.window, as_of) if apart else None
            columns[key] = counts_of(query, as_of, known, within)
        except CannotMeasure:
            continue  # it says why where it is measured by itself
    flat = [column.label(f"c{place}") for place, column in enumerate(one for pair in columns.values() for one in pair)]
    if not flat:
        return {}
    row = session.execute(found.with_only_columns(*flat, maintain_column_froms=True)).one()
    return {key: [(None, "", row[2 * place], row[2 * place + 1])] for place, key in enumerate(columns)}


def _widest(known: Measurable, queries: list[Query], as_of: AsOf) -> ColumnElement[bool]:
    """The records of any of their windows, which are all by one time."""
    if queries[0].window.kind == ALL:
        return true()
    stretches = [days_of(one.window, as_of.on) for one in queries]
    firsts, lasts = ([one[end] for one in stretches] for end in (0, 1))
    first = None if None in firsts else min(day for day in firsts if day is not None)
    last = None if None in lasts else max(day for day in lasts if day is not None)
    return within_days(time_called(known, queries[0].window.by), (first, last), as_of.zone)
