"""What metrics add to the shared pages: their list and records, and what can be taken back."""

from __future__ import annotations

from typing import Any

from flask import Flask, url_for

from implementor.foundation.fields import entities
from implementor.foundation.measures import measurable
from implementor.foundation.mentions import mentions_of
from implementor.foundation.panels import panel
from implementor.foundation.records import RecordKind, record_kind
from implementor.foundation.words import say
from implementor.governance.permissions import RISK_EDIT
from implementor.history.restoring import Restorer, undoable, undone_elsewhere
from implementor.jobs.worker import chore
from implementor.lists.sheets import Sheet, sheet
from implementor.metrics import permissions, queries, services
from implementor.metrics.catalogue import METRIC
from implementor.metrics.importing import import_metrics
from implementor.metrics.measurement_importing import import_measurements
from implementor.metrics.mentions import metrics_naming
from implementor.metrics.models import Metric, RiskTrigger
from implementor.metrics.restoring import restore_metric
from implementor.metrics.schedule import LOOK_EVERY, ask_for_due
from implementor.metrics.trigger_news import declare_news
from implementor.metrics.views.triggers import load_of_obstacle, load_of_risk
from implementor.web.navigation import Shortcut, directory

GOVERNED = ("action_item", "change_request", "decision", "obstacle", "risk")
"""Kinds of records below, which can be measured."""


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    sheet(
        Sheet(
            entity=METRIC,
            base=queries.metrics_in_use,
            record=queries.metric_in_scope,
            record_url=lambda row: url_for("metrics.show", metric_id=row.id),
            index_url=lambda: url_for("metrics.index"),
            may_view=permissions.VIEW,
            may_edit=permissions.EDIT,
            change=lambda of, metric, values, by, at: services.change_metric(of, metric, values, by=by, at=at),
            create=lambda of, scope, values, by, at: services.create_metric(
                of, project_id=scope.project_id or 0, values=values, by=by, at=at
            ),
            new_label=say("New metric"),
        )
    )
    for kind in GOVERNED:
        measurable(entities[kind])
    record_kind(RecordKind("metric", METRIC.label, Metric, queries.titles_of_metrics, address_of_metric))
    import_metrics()
    import_measurements()
    undoable["metric"] = Restorer(Metric, restore_metric, permissions.EDIT)
    undoable["risk_trigger"] = Restorer(RiskTrigger, None, RISK_EDIT)
    declare_news()
    mentions_of("metrics", metrics_naming)
    chore("metrics.measure", every=LOOK_EVERY)(ask_for_due)
    panel("risk.show", 20, "metrics/_watching.html", load_of_risk)
    panel("obstacle.show", 20, "metrics/_watching.html", load_of_obstacle)
    for verb in ("metric.measure", "metric.correct"):
        undone_elsewhere[verb] = say("A measurement is corrected or withdrawn on the page of its metric.")
    directory(app).shortcuts.append(Shortcut("g m", say("Go to the metrics"), "metrics.index", in_project=True))


def address_of_metric(row: Any) -> tuple[str, dict[str, Any]]:
    """View name and values of a metric's page."""
    return "metrics.show", {"project_key": row.project_key, "metric_id": row.id}
