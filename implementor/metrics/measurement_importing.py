"""Measurements from files: what metrics were on which day, with the evidence; only ever added, as by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from implementor.exchange.kinds import ImportKind, Outcome, Reason, Setup, Undone, import_kind
from implementor.exchange.models import ImportedRow, ImportRun
from implementor.exchange.permissions import IMPORT
from implementor.exchange.queries import last_source_values
from implementor.exchange.readers.source import Cell
from implementor.exchange.records.declaring import EXTERNAL_ID, Draft, RecordImport, Writing
from implementor.exchange.records.importer import Planned
from implementor.exchange.records.known import links_of
from implementor.exchange.records.writing import made
from implementor.exchange.values import decimal_comma, number_of
from implementor.foundation.amounts import currency_in
from implementor.foundation.fields import Scope
from implementor.foundation.local_days import local_day
from implementor.foundation.permissions import Actor
from implementor.foundation.text import folded
from implementor.foundation.values import as_stored
from implementor.foundation.words import say
from implementor.metrics import queries, services
from implementor.metrics.importing import METRIC_NAMES
from implementor.metrics.measurement_catalogue import MEASUREMENT
from implementor.metrics.models import PLACES, Measurement, Metric
from implementor.projects.importing import ProjectImporter, link_in_project, register_import

HEADERS = {
    "metric": METRIC_NAMES,
    "measured_on": "day|date|measured on|measurement date|as of|month|period|period end|día|fecha|medido el|mes|"
                   "periodo|período|fecha de medición|corte|a fecha de",
    "value": "value|actual|result|measurement|reading|actual value|valor|real|resultado|medición|valor real|dato",
    "evidence": "evidence|source|comment|note|notes|evidencia|fuente|comentario|nota|notas|observaciones",
    "evidence_url": "address of the evidence|evidence url|link|url|enlace|dirección de la evidencia",
}  # fmt: skip
SHARE = "percent"
HUNDRED = 100


@dataclass
class Seen:
    """What is known of a batch: its metrics by id, what stands by metric and day, and which of it files brought."""

    metrics: Mapping[int, Metric] = field(default_factory=dict)
    standing: Mapping[tuple[int, date], Any] = field(default_factory=dict)
    imported: frozenset[int] = frozenset()


class MeasurementImporter(ProjectImporter):
    """Takes the rows of one file; a day that is measured already is corrected only where a file measured it."""

    def __init__(self, declared: RecordImport, session: Session, setup: Setup) -> None:
        super().__init__(declared, session, setup)
        columns = setup.columns_of("value")
        self.comma = decimal_comma(setup.source.columns[columns[0]].samples) if columns else None
        if "value" in self.reader.readers:
            self.reader.readers["value"] = self._value

    def _value(self, draft: Draft, _column: int, cell: Cell) -> Any:
        """A figure as it is written: per cents as they stand, with what it says of its unit kept beside it."""
        code = currency_in(cell, self.reader.reading.currency) if isinstance(cell, str) else None
        bare = re.sub(code, "", str(cell), flags=re.IGNORECASE) if code else cell
        number = number_of(bare, comma=self.comma)
        if isinstance(cell, str) and "%" in cell and number is not None:
            draft.signed, number = (SHARE,), number * HUNDRED
        elif code:
            draft.signed = (code,)
        return as_stored(self.declared.entity.fields["value"], number, self.reader.reading)

    # --- deciding -----------------------------------------------------------------------------------------------------

    def plan(self, session: Session, drafts: Sequence[Draft], *, locking: bool) -> list[Outcome]:
        """What becomes of each row."""
        good = [draft for draft in drafts if not draft.reasons and not draft.is_repeated]
        links_of(session, self.declared, good, Scope(self.project_id, self.setup.by), self.links)
        for draft in good:
            self._link(draft, Planned(draft), None)
        seen = self._seen(session, [draft for draft in good if not draft.reasons])
        outcomes = [self._decided(draft, seen) for draft in drafts]
        for draft, outcome in zip(drafts, outcomes, strict=True):
            self._tell(draft, outcome)
        return outcomes

    def _seen(self, session: Session, drafts: Sequence[Draft]) -> Seen:
        ids = {draft.values["metric_id"] for draft in drafts}
        if not ids:
            return Seen()
        days = {draft.values["measured_on"] for draft in drafts}
        metrics = queries.metrics_in_use(Scope(self.project_id, self.setup.by)).where(Metric.id.in_(ids))
        found = queries.measurements_on(project_id=self.project_id, metric_ids=ids, days=days)
        standing = {(row.metric_id, row.measured_on): row for row in session.execute(found)}
        brought = last_source_values(kind="measurement", record_ids=[row.id for row in standing.values()])
        return Seen(
            {metric.id: metric for metric in session.scalars(metrics)}, standing,
            frozenset(row.record_id for row in session.execute(brought)),
        )  # fmt: skip

    def _decided(self, draft: Draft, seen: Seen) -> Outcome:
        if not draft.reasons and not draft.is_repeated:
            draft.reasons += self._unfit(draft, seen)
        if draft.reasons:
            return Outcome(draft.row, "refused", draft.reasons)
        if draft.is_repeated:
            return Outcome(draft.row, "unchanged")
        mode, values = self.setup.options.mode, draft.values
        present = seen.standing.get((values["metric_id"], values["measured_on"]))
        if present is None:
            return Outcome(draft.row, "unchanged" if mode == "update" else "created", data=Planned(draft))
        if present.value == values["value"] or mode == "create" or self.setup.options.filling == "fill":
            return Outcome(draft.row, "unchanged")
        return Outcome(draft.row, "updated", data=Planned(draft, row=present))

    def _unfit(self, draft: Draft, seen: Seen) -> Iterable[Reason]:
        """What no measurement of its metric is, and what somebody wrote down here by hand."""
        values, label = draft.values, str(self.declared.entity.fields["value"].label)
        metric, value = seen.metrics[values["metric_id"]], values["value"]
        if SHARE in draft.signed and metric.unit != SHARE:
            yield Reason(say("%(metric)s is not measured in per cent.", metric=metric.name), label, f"{value} %")
        elif draft.signed and draft.signed != (SHARE,) and draft.signed != (metric.currency,):
            yield Reason(say("%(metric)s is not measured in %(currency)s.", metric=metric.name,
                             currency=draft.signed[0]), label, str(value))  # fmt: skip
        if value.normalize().as_tuple().exponent < -PLACES:
            yield Reason(say("A figure is kept with four decimals. Round it as it should stand."), label, str(value))
        if values["measured_on"] > local_day(self.setup.at):
            yield Reason(say("A measurement is of today or of a day before."))
        present = seen.standing.get((metric.id, values["measured_on"]))
        overwrites = self.setup.options.mode != "create" and self.setup.options.filling != "fill"
        if present is not None and present.id not in seen.imported and present.value != value and overwrites:
            message = say("%(metric)s was measured by hand on this day: %(value)s. Correct it on its page.",
                          metric=metric.name, value=f"{present.value.normalize():f}")  # fmt: skip
            yield Reason(message, label, str(value))

    # --- writing ------------------------------------------------------------------------------------------------------

    def write(self, session: Session, outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
        """Write a batch; gives the facts of the import."""
        writing = Writing(session, self.setup, self.setup.by, self.setup.at, self.system)
        for outcome in outcomes:
            if outcome.data is not None and outcome.verb in ("created", "updated"):
                self._measure(writing, outcome.data)
        return writing.facts

    def _measure(self, writing: Writing, planned: Planned) -> None:
        session, values = writing.session, planned.draft.values
        metric = session.get_one(Metric, values["metric_id"])
        common: dict[str, Any] = {name: values[own] for name, own in (("on", "measured_on"), ("value", "value"))}
        common |= {"by": writing.by, "at": writing.at}
        if planned.row is None:
            told: dict[str, Any] = {name: values.get(name) or "" for name in ("evidence", "evidence_url")}
            record = services.measure(session, metric, **common, **told)
            fact = made("measurement", record.id)
        else:
            wrong = session.get_one(Measurement, planned.row.id)
            why = str(say("%(file)s says so now.", file=self.setup.file_name))
            record = services.correct(session, metric, wrong, reason=why, **common)
            before = {"value": str(wrong.value)}
            fact = {"kind": "measurement", "record_id": record.id, "verb": "updated", "version": 1, "before": before}
        writing.facts.append({**fact, "source_values": planned.draft.marks})


def name_day(draft: Draft) -> Iterable[Reason]:
    """A metric and a day name a row: saying the same twice is one measurement, saying two things is refused."""
    metric, day = draft.links.get("metric", ""), draft.values.get("measured_on")
    for name, said in (("metric", metric), ("measured_on", day), ("value", draft.values.get("value"))):
        if said in ("", None):
            yield Reason(say("%(field)s is needed.", field=MEASUREMENT.fields[name].label))
    draft.name, draft.is_print = f"{folded(metric)}\x1f{day}", False


def measurement_import(project_id: int) -> RecordImport:
    """How the measurements of a project's metrics come in."""
    return RecordImport(
        entity=MEASUREMENT,
        permission=IMPORT,
        result_url=lambda _run: url_for("metrics.index", sort="-latest_on"),
        needs=("value",),
        headers=HEADERS,
        links=(link_in_project("metric", Metric, "name", project_id),),
        derive=name_day,
    )


def take_back(session: Session, facts: Sequence[ImportedRow], by: Actor, at: datetime) -> Undone:
    """Withdraw what a file measured, and put back what it corrected; what was corrected since stays."""
    undone = Undone()
    for fact in facts:
        record = session.get_one(Measurement, fact.record_id)
        metric = session.get_one(Metric, record.metric_id)
        run = session.get_one(ImportRun, fact.run_id)
        why = str(say("The import of %(file)s was taken back.", file=run.file_name))
        instead = session.scalars(queries.correction_of(measurement_id=record.id)).one_or_none()
        if instead is not None:
            if instead.reason != why:  # else an earlier attempt came to it
                undone.kept.append((metric.name, say("It was changed since.")))
            continue
        if metric.is_archived:
            undone.kept.append((metric.name, say("Its metric is archived.")))
            continue
        value = Decimal(fact.before["value"]) if fact.verb == "updated" and fact.before else None
        services.correct(session, metric, record, reason=why, value=value, on=record.measured_on, by=by, at=at)
        undone.restored += 1
    return undone


def metrics_to_choose(session: Session, project_id: int) -> Mapping[str, Sequence[tuple[str, Any]]]:
    """The metrics that an unknown name may mean."""
    names = session.scalars(queries.names_of_metrics(project_id=project_id))
    return {"metric": [(name, name) for name in names]}


def import_measurements() -> ImportKind:
    """Let measurements come in from files; their day and metric name them, so that no column of keys is asked for."""
    kind = register_import(measurement_import, MeasurementImporter, undo=take_back, explained=metrics_to_choose)
    return import_kind(replace(kind, targets=tuple(one for one in kind.targets if one.name != EXTERNAL_ID)))
