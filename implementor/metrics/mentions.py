"""The metrics whose definitions name a field or a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.foundation.mentions import Mention, Subject, is_met
from implementor.foundation.words import say
from implementor.metrics.definition_json import definition_from
from implementor.metrics.definitions import Query, queries_of
from implementor.metrics.models import Metric
from implementor.projects.models import Project


def metrics_naming(session: Session, subjects: Sequence[Subject]) -> Iterator[Mention]:
    """Metrics in use that count it, filter or group by it: without it they measure something else, or nothing."""
    found: Any = select(Metric, Project.key).join(Project, Project.id == Metric.project_id)
    found = found.where(Metric.archived_at.is_(None), Metric.definition.is_not(None))
    for row in session.execute(found.order_by(Metric.id)):
        metric: Metric = row.Metric
        queries = queries_of(definition_from(metric.definition))
        if any(is_met(subjects, query.entity, named_in(query)) for query in queries):
            place = {"project_key": row.key, "metric_id": metric.id}
            yield Mention(say("Metric"), metric.name, "metrics.show", place, blocks=True, project_id=metric.project_id)


def named_in(query: Query) -> Iterator[tuple[str, Sequence[str]]]:
    """(field, what is asked of it) of a query."""
    for name in (query.field, query.group_by, query.window.by, *(query.between or ())):
        if name:
            yield name, ()
    for asked in (query.filters, query.part):
        yield from asked.items()
