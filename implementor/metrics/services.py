"""What can happen to metrics: stated, changed, measured; a measurement is corrected or withdrawn by another one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.contacting import read_url
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.events import publish
from implementor.foundation.local_days import local_day
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean, clean_line
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action
from implementor.metrics import queries
from implementor.metrics.events import MetricMeasured
from implementor.metrics.keys import key_for
from implementor.metrics.models import Measurement, Metric
from implementor.metrics.standing import Reading, Standing, standing
from implementor.projects.queries import people_of_project

LONGEST_EVIDENCE, LONGEST_REASON = 1000, 1000
USUAL_MARGIN = Decimal("0.1")


class CorrectedAlready(Refusal):
    """The measurement stands no longer; what stands instead can be corrected."""


class PutAway(Refusal):
    """The metric is archived, so nothing is measured."""


def create_metric(session: Session, *, project_id: int, values: Mapping[str, Any], by: Actor, at: datetime) -> Metric:
    """State what is measured. `values` are catalogue values. Raises InvalidInput where they contradict each other."""
    metric = Metric(project_id=project_id, unit="number", direction="up", measured_by="manual")
    _give(session, metric, values)
    metric.key = key_for(metric.name, set(session.scalars(queries.keys_of_metrics(project_id=project_id))))
    session.add(metric)
    _name(session, metric, "metric.create", say("Stated the metric %(name)s", name=metric.name))
    session.flush()
    return metric


def change_metric(session: Session, metric: Metric, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """State a metric anew. Raises InvalidInput where the values contradict each other."""
    _give(session, metric, values)
    _name(session, metric, "metric.change", say("Changed the metric %(name)s", name=metric.name))
    session.flush()


def measure(
    session: Session, metric: Metric, *, on: date, value: Decimal, evidence: str = "", evidence_url: str = "",
    by: Actor, at: datetime,
) -> Measurement:  # fmt: skip
    """Write down what a metric was on a day; never of a day to come. Raises InvalidInput and PutAway."""
    _refuse_put_away(metric)
    made = _measurement(metric, on=on, value=value, evidence=evidence, url=evidence_url, by=by, at=at)
    session.add(made)
    keep_latest(session, metric)
    _name(session, metric, "metric.measure", say("Wrote down a measurement of %(name)s", name=metric.name))
    publish(session, MetricMeasured(metric.project_id, metric.id, made.id, by, at))
    return made


def correct(
    session: Session, metric: Metric, wrong: Measurement, *, reason: str, value: Decimal | None, on: date,
    by: Actor, at: datetime,
) -> Measurement:  # fmt: skip
    """Put another row in the place of a wrong one, which stays in sight; without a value it is withdrawn.

    Raises CorrectedAlready, PutAway, and InvalidInput without a reason.
    """
    _refuse_put_away(metric)
    if session.execute(queries.measurement_of(metric_id=metric.id, measurement_id=wrong.id)).one().corrected_by:
        raise CorrectedAlready(say("This measurement was corrected already. Correct the one that stands."))
    text = clean(reason).strip()
    if not text or len(text) > LONGEST_REASON:
        raise InvalidInput({"reason": say("Say in a sentence what was wrong.")})
    made = _measurement(metric, on=on, value=value, evidence=wrong.evidence or "", url="", by=by, at=at)
    made.evidence_url, made.corrects_id, made.reason = wrong.evidence_url, wrong.id, text
    made.definition_number = wrong.definition_number
    session.add(made)
    keep_latest(session, metric)
    summary = (
        say("Withdrew a measurement of %(name)s", name=metric.name)
        if value is None
        else say("Corrected a measurement of %(name)s", name=metric.name)
    )
    _name(session, metric, "metric.correct", summary)
    if value is not None:
        publish(session, MetricMeasured(metric.project_id, metric.id, made.id, by, at))
    return made


def standings(session: Session, metrics: Iterable[Metric], *, on: date) -> dict[int, tuple[Standing, list[Reading]]]:
    """How metrics, of several projects too, stand on a day and what was measured, by metric's id; one statement."""
    known = {metric.id: metric for metric in metrics}
    if not known:
        return {}
    of = sorted({metric.project_id for metric in known.values()})
    found: dict[int, list[Reading]] = defaultdict(list)
    for row in session.execute(queries.readings_of_projects(project_ids=of, metric_ids=list(known))):
        found[row.metric_id].append(Reading(row.measured_on, row.value))
    return {key: (standing(metric.goal, found[key], on=on), found[key]) for key, metric in known.items()}


def faults_of(metric: Metric) -> dict[str, Phrase]:
    """What its values say against each other, by field."""
    faults: dict[str, Phrase] = {}
    low, high = metric.target, metric.target_top
    if metric.unit == "money" and not metric.currency:
        faults["currency"] = say("Money needs its currency.")
    if metric.direction == "range" and low is not None and (high is None or high <= low):
        faults["target_top"] = say("Give the upper end of the target, above the lower one.")
    if metric.baseline is not None and low is not None:
        if metric.direction == "up" and low < metric.baseline:
            faults["target"] = say("What should rise needs a target above its baseline.")
        if metric.direction == "down" and low > metric.baseline:
            faults["target"] = say("What should fall needs a target below its baseline.")
    if metric.baseline_on is not None and metric.due_on is not None and metric.due_on <= metric.baseline_on:
        faults["due_on"] = say("The target is due after the day of the baseline.")
    return faults


def _give(session: Session, metric: Metric, values: Mapping[str, Any]) -> None:
    owner = values.get("owner_id")
    if owner is not None and owner != metric.owner_id:
        inside = {row.id for row in session.execute(people_of_project(project_id=metric.project_id))}
        if owner not in inside:
            raise InvalidInput({"owner_id": say("Choose an owner who has a role in this project.")})
    for name, value in values.items():
        setattr(metric, name, USUAL_MARGIN if name == "margin" and value is None else value)
    if metric.unit != "money":
        metric.currency = None
    if metric.direction != "range":
        metric.target_top = None
    faults = faults_of(metric)
    if faults:
        raise InvalidInput(faults)


def _measurement(
    metric: Metric, *, on: date, value: Decimal | None, evidence: str, url: str, by: Actor, at: datetime
) -> Measurement:
    faults: dict[str, Phrase] = {}
    if on > local_day(at):
        faults["on"] = say("A measurement is of today or of a day before.")
    if value is not None and abs(value) > Decimal(10) ** 11:
        faults["value"] = say("This figure is too large to be kept.")
    said = clean_line(evidence)
    if len(said) > LONGEST_EVIDENCE:
        faults["evidence"] = say("Up to %(longest)s characters, please.", longest=LONGEST_EVIDENCE)
    address = clean_line(url)
    try:
        address = read_url(address) if address else ""
    except ValueError:
        faults["evidence_url"] = say("This is not a web address. Write it like https://example.com/report.")
    if faults:
        raise InvalidInput(faults)
    return Measurement(
        project_id=metric.project_id, metric_id=metric.id, measured_on=on, value=value, evidence=said or None,
        evidence_url=address or None, created_at=at, created_by_id=by.user_id,
        definition_number=metric.definition_number,
    )  # fmt: skip


def keep_latest(session: Session, metric: Metric) -> None:
    """Repeat on the metric what was measured last and stands."""
    session.flush()
    last = session.scalars(queries.standing_measurements(metric_id=metric.id).limit(1)).one_or_none()
    metric.latest = last.value if last is not None else None
    metric.latest_on = last.measured_on if last is not None else None
    session.flush()


def _refuse_put_away(metric: Metric) -> None:
    if metric.is_archived:
        raise PutAway(say("%(name)s is archived. Restore it first.", name=metric.name))


def _name(session: Session, metric: Metric, verb: str, summary: Phrase) -> None:
    name_action(session, summary, verb=verb, project_id=metric.project_id)
