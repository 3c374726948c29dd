"""Objectives from files: what a project is for, each with the metric that judges it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for

from implementor.discovery import services
from implementor.discovery.catalogue import OBJECTIVE
from implementor.discovery.models import Objective
from implementor.exchange.kinds import ImportKind
from implementor.exchange.permissions import IMPORT
from implementor.exchange.records.declaring import EXTERNAL_ID, Draft, Extra, RecordImport, Writing
from implementor.exchange.records.importer import Planned
from implementor.exchange.records.writing import made
from implementor.foundation.text import folded
from implementor.foundation.words import say
from implementor.metrics.importing import MEANINGS as METRIC_MEANINGS
from implementor.metrics.importing import METRIC_NAMES
from implementor.metrics.models import Metric
from implementor.metrics.services import create_metric
from implementor.projects.importing import RegisterImporter, by_title, link_in_project, register_import

JUDGED_BY = "metric"
HEADERS = {
    EXTERNAL_ID: "objective id|goal id|id de objetivo|id del objetivo|id",
    "statement": "objective|goal|statement|objective statement|strategic objective|title|name|objetivo|meta|"
                 "enunciado|objetivo estratégico|título|nombre",
    "perspective": "perspective|bsc perspective|perspectiva",
    "priority": "priority|importance|prioridad|importancia",
    "owner_id": "owner|responsible|sponsor|responsable|propietario|dueño|patrocinador",
    "note": "what is behind it|note|notes|description|background|rationale|nota|notas|descripción|justificación|"
            "antecedentes",
}  # fmt: skip


class ObjectiveImporter(RegisterImporter):
    """Takes the rows of one list of objectives."""

    meanings = {name: METRIC_MEANINGS[name] for name in ("perspective", "priority")}

    def make(self, writing: Writing, draft: Draft) -> Objective:
        """State an objective, judged by the metric that its row names."""
        objective = services.create_objective(
            writing.session, project_id=self.project_id, values=draft.values, by=writing.by, at=writing.at
        )
        self._judge(writing, objective, draft)
        return objective

    def change(self, writing: Writing, record: Any, planned: Planned) -> None:
        """State it anew; a metric that it is judged by besides stays."""
        if planned.after:
            values = {"owner_id": record.owner_id, **planned.after}
            services.change_objective(writing.session, record, values, by=writing.by, at=writing.at)
        self._judge(writing, record, planned.draft)

    def _judge(self, writing: Writing, objective: Objective, draft: Draft) -> None:
        metric_id = draft.linked.get(JUDGED_BY)
        if metric_id is not None:
            metric = writing.session.get_one(Metric, metric_id)
            services.judge_by(writing.session, objective, metric, by=writing.by, at=writing.at)


def make_metrics(project_id: int, writing: Writing, texts: Sequence[str]) -> Mapping[str, int]:
    """State the metrics that are missing by their names; baseline and target follow by hand or from another file."""
    ids: dict[str, int] = {}
    for text in texts:
        if (key := folded(text)) not in ids:
            metric = create_metric(
                writing.session, project_id=project_id, values={"name": text[:160]}, by=writing.by, at=writing.at
            )
            writing.facts.append(made("metric", metric.id, version=metric.version))
            ids[key] = metric.id
    return {text: ids[folded(text)] for text in texts}


def objective_import(project_id: int) -> RecordImport:
    """How the objectives of a project come in."""
    judged = link_in_project(
        JUDGED_BY, Metric, "name", project_id,
        make=lambda writing, texts: make_metrics(project_id, writing, texts),
    )  # fmt: skip
    return RecordImport(
        entity=OBJECTIVE,
        permission=IMPORT,
        result_url=lambda _run: url_for("discovery.objectives"),
        needs=("statement",),
        headers=HEADERS,
        keys=(by_title(Objective, "statement", project_id),),
        links=(judged,),
        extra=(Extra(JUDGED_BY, say("Metric"), f"{METRIC_NAMES}|judged by|measured by|se mide con", kind="link"),),
    )


def import_objectives() -> ImportKind:
    """Let objectives come in from files."""
    return register_import(objective_import, ObjectiveImporter)
