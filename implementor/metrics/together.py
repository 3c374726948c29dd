"""Several figures over the same records in one pass: queries of one kind, filters and window."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from implementor.metrics.compiling import MONEY, counts_of, narrowed, number_of
from implementor.metrics.conditions import AsOf, CannotMeasure, measurable_of
from implementor.metrics.definitions import AVERAGE, COUNT, DISTINCT, SHARE, SUM, Query

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
            groups[query.entity, repr(query.filters), repr(query.window)][said(query)] = query
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
    for key, query in group.items():
        try:
            columns[key] = counts_of(query, as_of, measurable_of(query))
        except CannotMeasure:
            continue  # it says why where it is measured by itself
    first = next(iter(group.values()))
    try:
        found = narrowed(measurable_of(first), first, as_of)
    except CannotMeasure:
        return {}
    if not columns:
        return {}
    flat = [column.label(f"c{place}") for place, column in enumerate(one for pair in columns.values() for one in pair)]
    row = session.execute(found.with_only_columns(*flat, maintain_column_froms=True)).one()
    return {key: [(None, "", row[2 * place], row[2 * place + 1])] for place, key in enumerate(columns)}
