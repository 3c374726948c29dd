"""The standard set: metrics that packages offer ready to use, each with its definition, its formula and its source."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from implementor.foundation.fields import Scope
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action
from implementor.metrics.defining import Stated, define
from implementor.metrics.definition_json import definition_from
from implementor.metrics.definitions import Definition
from implementor.metrics.models import Metric
from implementor.metrics.queries import metrics_in_use
from implementor.metrics.services import create_metric


@dataclass(frozen=True)
class StandardMetric:
    """A metric as it is offered; baseline, target and days are the project's own.

    `formula` says in words how it is counted, `source` where that comes from. `goal` names the goal of every CRM that
    it measures, if any; `group` is the heading it stands under.
    """

    key: str
    group: Phrase
    name: Phrase
    purpose: Phrase
    formula: Phrase
    source: Phrase
    unit: str
    direction: str
    perspective: str
    definition: Definition
    priority: str = "medium"
    goal: str = ""


standard_metrics: dict[str, StandardMetric] = {}


def offer(*declared: StandardMetric) -> None:
    """Put metrics on offer; offering them again changes nothing."""
    for one in declared:
        standard_metrics.setdefault(one.key, one)


def picked(session: Session, scope: Scope) -> dict[str, Metric]:
    """The metrics in use of the project that are measured as the standard set says, by its key."""
    known = [(one, definition_from(one.definition)) for one in session.scalars(metrics_in_use(scope)) if one.definition]
    return {
        offered.key: metric
        for offered in standard_metrics.values()
        for metric, definition in known
        if definition == offered.definition
    }


def pick(session: Session, scope: Scope, keys: Collection[str], *, currency: str, stated: Stated) -> list[Metric]:
    """Take metrics of the standard set into the project; those it has already are passed over."""
    have = picked(session, scope)
    wanted = [one for key, one in standard_metrics.items() if key in keys and key not in have]
    if wanted:
        name_action(
            session, say("Took over metrics of the standard set"), verb="metric.pick", project_id=scope.project_id
        )
    return [_made(session, scope, one, currency, stated) for one in wanted]


def by_group(offered: Iterable[StandardMetric]) -> list[tuple[Phrase, list[StandardMetric]]]:
    """What is offered under its headings, in the order of offering."""
    groups: dict[str, tuple[Phrase, list[StandardMetric]]] = {}
    for one in offered:
        groups.setdefault(str(one.group), (one.group, []))[1].append(one)
    return list(groups.values())


def _made(session: Session, scope: Scope, one: StandardMetric, currency: str, stated: Stated) -> Metric:
    values = {
        "name": str(one.name), "purpose": f"{one.purpose}\n{one.formula}\n{one.source}", "unit": one.unit,
        "direction": one.direction, "perspective": one.perspective, "priority": one.priority,
        "currency": currency if one.unit == "money" else None,
    }  # fmt: skip
    metric = create_metric(
        session, project_id=scope.project_id or 0, values=values, by=stated.by, at=stated.at
    )  # fmt: skip
    define(session, metric, one.definition, stated)
    return metric
