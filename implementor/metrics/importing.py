"""Metrics from files: what is measured, from which baseline to which target by when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import url_for

from implementor.exchange.kinds import ImportKind, Reason
from implementor.exchange.permissions import IMPORT
from implementor.exchange.records.declaring import EXTERNAL_ID, Draft, RecordImport, Writing
from implementor.exchange.records.importer import Planned
from implementor.metrics import services
from implementor.metrics.catalogue import METRIC
from implementor.metrics.models import Metric
from implementor.projects.importing import RegisterImporter, by_title, register_import

STATED = ("unit", "currency", "direction", "baseline", "baseline_on", "target", "target_top", "due_on")
"""What can contradict each other."""
USUAL: Mapping[str, Any] = {"unit": "number", "direction": "up"}
METRIC_NAMES = (
    "metric|metric name|kpi|kpi name|indicator|indicator name|measure|métrica|métrica / kpi|indicador|"
    "nombre del indicador|nombre de la métrica|nombre del kpi"
)
"""What columns with the name of a metric are called."""
HEADERS = {
    EXTERNAL_ID: "metric id|kpi id|indicator id|id de métrica|id del indicador|id",
    "name": f"{METRIC_NAMES}|name|title|nombre|título",
    "purpose": "purpose|definition|formula|how it is counted|description|propósito|definición|fórmula|descripción",
    "unit": "unit|unit of measure|uom|unidad|unidad de medida",
    "direction": "direction|desired direction|polarity|sentido|dirección|tendencia deseada|polaridad",
    "perspective": "perspective|bsc perspective|perspectiva",
    "priority": "priority|prioridad",
    "owner_id": "owner|metric owner|responsible|responsable|propietario|dueño",
    "baseline": "baseline|current|current value|starting value|as is|línea base|valor actual|valor inicial|"
                "situación actual|base",
    "baseline_on": "measured on|baseline date|fecha de línea base|fecha base|medido el",
    "target": "target|target value|goal|to be|objetivo|meta|valor objetivo|valor meta",
    "target_top": "upper end of the target|target max|upper target|maximum|meta máxima|límite superior|máximo",
    "due_on": "due|due date|target date|deadline|by when|fecha meta|fecha objetivo|fecha límite|plazo|vence",
    "margin": "amber margin|tolerance|margen|tolerancia",
}  # fmt: skip
MEANINGS: Mapping[str, Mapping[str, str]] = {
    "unit": {
        "%": "percent", "percentage": "percent", "porcentaje": "percent", "por ciento": "percent", "pct": "percent",
        "day": "days", "dia": "days", "dias": "days", "d": "days", "hour": "hours", "hora": "hours", "horas": "hours",
        "h": "hours", "hrs": "hours", "#": "count", "numero": "number", "number": "number", "num": "number",
        "cantidad": "count", "units": "count", "unidades": "count", "currency": "money", "importe": "money",
        "dinero": "money", "eur": "money", "usd": "money", "euros": "money", "mxn": "money",
    },
    "direction": {
        "increase": "up", "rise": "up", "higher is better": "up", "aumentar": "up", "subir": "up", "mas es mejor": "up",
        "ascendente": "up", "mayor es mejor": "up", "decrease": "down", "fall": "down", "lower is better": "down",
        "reduce": "down", "disminuir": "down", "bajar": "down", "reducir": "down", "menos es mejor": "down",
        "descendente": "down", "menor es mejor": "down", "maintain": "range", "between": "range", "mantener": "range",
        "entre": "range",
    },
    "perspective": {
        "finance": "financial", "finanzas": "financial", "financiera": "financial", "customer": "customer",
        "client": "customer", "cliente": "customer", "clientes": "customer", "process": "internal",
        "processes": "internal", "internal process": "internal", "procesos": "internal",
        "procesos internos": "internal", "interna": "internal", "people": "learning",
        "learning": "learning", "growth": "learning",
        "aprendizaje": "learning", "aprendizaje y crecimiento": "learning", "personas": "learning",
    },
    "priority": {"alta": "high", "media": "medium", "baja": "low", "1": "high", "2": "medium", "3": "low"},
}  # fmt: skip
"""What other files call units, directions, perspectives and priorities."""


class MetricImporter(RegisterImporter):
    """Takes the rows of one file; a target below the baseline, without a direction, means that it should fall."""

    meanings = MEANINGS

    def faults(self, draft: Draft, whole: Mapping[str, Any], row: Any) -> Iterable[Reason]:
        """What its values would say against each other."""
        stated = {**whole, **self._direction(draft, whole)}
        metric = Metric(**{name: stated.get(name) for name in STATED})
        labels = self.declared.entity.fields
        for name, reason in services.faults_of(metric).items():
            yield Reason(reason, str(labels[name].label))

    def make(self, writing: Writing, draft: Draft) -> Metric:
        """State the metric."""
        values = {**self.declared.usual, **draft.values}
        return services.create_metric(
            writing.session, project_id=self.project_id, values={**values, **self._direction(draft, values)},
            by=writing.by, at=writing.at,
        )  # fmt: skip

    def change(self, writing: Writing, record: Any, planned: Planned) -> None:
        """State it anew."""
        if planned.after:
            services.change_metric(writing.session, record, planned.after, by=writing.by, at=writing.at)

    def _direction(self, draft: Draft, whole: Mapping[str, Any]) -> Mapping[str, str]:
        low, start = whole.get("target"), whole.get("baseline")
        if draft.values.get("direction") or "id" in whole or low is None or start is None:
            return {}
        return {"direction": "range" if whole.get("target_top") is not None else "down" if low < start else "up"}


def metric_import(project_id: int) -> RecordImport:
    """How the metrics of a project come in."""
    return RecordImport(
        entity=METRIC,
        permission=IMPORT,
        result_url=lambda _run: url_for("metrics.index"),
        needs=("name",),
        headers=HEADERS,
        keys=(by_title(Metric, "name", project_id),),
        usual=USUAL,
    )


def import_metrics() -> ImportKind:
    """Let metrics come in from files."""
    return register_import(metric_import, MetricImporter)
