"""How metrics and their measurements are found, always inside one project or inside what the reader may see."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, func, literal, or_, select
from sqlalchemy.orm import aliased

from implementor.auth.models import User
from implementor.foundation.fields import Scope
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.metrics.models import Measurement, Metric, MetricDefinition
from implementor.projects.models import Project
from implementor.projects.queries import is_visible_to

MOST_MEASUREMENTS = 200
"""As many as a page, a chart and a trend look at: the latest."""
MOST_EXPORTED = 100_000
Correction = aliased(Measurement, name="correction")


def metrics_in_use(scope: Scope) -> Select[Metric]:
    """The metrics of the scope's project that are not put away."""
    return select(Metric).where(Metric.project_id == scope.project_id, Metric.archived_at.is_(None))


def metric_in_scope(scope: Scope, record_id: int) -> Select[Metric]:
    """One metric of the scope's project by id, archived or not."""
    return select(Metric).where(Metric.project_id == scope.project_id, Metric.id == record_id)


def titles_of_metrics(actor: Actor, ids: Iterable[int]) -> Rows:
    """Visible metrics of these ids as rows (id, title, project_key, number), to name them in other places."""
    return (
        select(Metric.id, Metric.name.label("title"), Project.key.label("project_key"), literal(None).label("number"))
        .join(Project, Project.id == Metric.project_id)
        .where(Metric.id.in_(list(ids)), is_visible_to(actor))
    )


def metrics_offered(scope: Scope) -> Rows:
    """The (id, name) rows of the metrics in use, for choices."""
    return metrics_in_use(scope).with_only_columns(Metric.id, Metric.name).order_by(Metric.name_key, Metric.id)


def measurements_of(*, metric_id: int, limit: int = MOST_MEASUREMENTS) -> Rows:
    """Rows (Measurement, author, corrected_by) of a metric, the latest day first.

    `corrected_by` is the id of the row that stands instead, None for one that stands.
    """
    return (
        select(Measurement, User.name.label("author"), Correction.id.label("corrected_by"))
        .outerjoin(User, User.id == Measurement.created_by_id)
        .outerjoin(Correction, Correction.corrects_id == Measurement.id)
        .where(Measurement.metric_id == metric_id)
        .order_by(Measurement.measured_on.desc(), Measurement.id.desc())
        .limit(limit)
    )


def measurement_of(*, metric_id: int, measurement_id: int) -> Rows:
    """One row (Measurement, corrected_by) of a metric."""
    return (
        select(Measurement, Correction.id.label("corrected_by"))
        .outerjoin(Correction, Correction.corrects_id == Measurement.id)
        .where(Measurement.metric_id == metric_id, Measurement.id == measurement_id)
    )


def of_present_definition() -> ColumnElement[bool]:
    """Measurements, joined to their metric, that were taken as it is defined now; others measured something else."""
    return Measurement.definition_number.is_not_distinct_from(Metric.definition_number)


def standing_measurements(*, metric_id: int) -> Select[Measurement]:
    """The measurements of a metric that nothing corrects or withdraws, as it is defined now, the latest first."""
    return (
        select(Measurement)
        .join(Metric, Metric.id == Measurement.metric_id)
        .outerjoin(Correction, Correction.corrects_id == Measurement.id)
        .where(
            Measurement.metric_id == metric_id,
            Measurement.value.is_not(None),
            Correction.id.is_(None),
            of_present_definition(),
        )
        .order_by(Measurement.measured_on.desc(), Measurement.id.desc())
    )


def names_of_metrics(*, project_id: int) -> Select[str]:
    """The names of the metrics in use, in their order."""
    found = select(Metric.name).where(Metric.project_id == project_id, Metric.archived_at.is_(None))
    return found.order_by(Metric.name_key, Metric.id)


def keys_of_metrics(*, project_id: int) -> Select[str]:
    """Every key that a metric of the project bears, archived ones too."""
    return select(Metric.key).where(Metric.project_id == project_id)


def metrics_with_keys(*, project_id: int) -> Select[Metric]:
    """The metrics of a project that are not put away, in the order of their names."""
    found = select(Metric).where(Metric.project_id == project_id, Metric.archived_at.is_(None))
    return found.order_by(Metric.name_key, Metric.id)


def definitions_of(*, metric_id: int) -> Rows:
    """Rows (MetricDefinition, author) of the versions of a definition, the newest first."""
    return (
        select(MetricDefinition, User.name.label("author"))
        .outerjoin(User, User.id == MetricDefinition.created_by_id)
        .where(MetricDefinition.metric_id == metric_id)
        .order_by(MetricDefinition.number.desc())
    )


def definition_of(*, metric_id: int, number: int | None) -> Select[MetricDefinition]:
    """One version of the definition of a metric."""
    return select(MetricDefinition).where(MetricDefinition.metric_id == metric_id, MetricDefinition.number == number)


def last_taken(*, metric_id: int, number: int | None) -> Select[Measurement]:
    """What the program found last by a version of the definition, whether it had a value or not."""
    return (
        select(Measurement)
        .where(
            Measurement.metric_id == metric_id,
            Measurement.definition_number == number,
            Measurement.n.is_not(None),
            Measurement.corrects_id.is_(None),
        )
        .order_by(Measurement.measured_on.desc(), Measurement.id.desc())
        .limit(1)
    )


def last_definition_number(*, metric_id: int) -> Select[int]:
    """The number of the newest version; nothing where there is none."""
    return select(func.max(MetricDefinition.number)).where(MetricDefinition.metric_id == metric_id)


def metrics_due(*, before: date) -> Rows:
    """Rows (project_id, id) of metrics that the program measures and did not try since a day, by project.

    Those of projects that are put away rest.
    """
    return (
        select(Metric.project_id, Metric.id)
        .join(Project, Project.id == Metric.project_id)
        .where(
            Metric.archived_at.is_(None),
            Project.archived_at.is_(None),
            Metric.measured_by != "manual",
            or_(Metric.tried_on.is_(None), Metric.tried_on < before),
        )
        .order_by(Metric.project_id, Metric.id)
    )


def measured_metrics(*, project_id: int, ids: Collection[int] | None = None) -> Select[Metric]:
    """The metrics of a project that the program measures; only some of them with `ids`."""
    found = metrics_with_keys(project_id=project_id).where(Metric.measured_by != "manual")
    return found if ids is None else found.where(Metric.id.in_(list(ids)))


def correction_of(*, measurement_id: int) -> Select[Measurement]:
    """The measurement that stands instead of another, or withdraws it."""
    return select(Measurement).where(Measurement.corrects_id == measurement_id)


def measurements_on(*, project_id: int, metric_ids: Collection[int], days: Collection[date]) -> Rows:
    """Rows (id, metric_id, measured_on, value) of what stands on these days, in the order of writing."""
    return (
        select(Measurement.id, Measurement.metric_id, Measurement.measured_on, Measurement.value)
        .outerjoin(Correction, Correction.corrects_id == Measurement.id)
        .where(
            Measurement.project_id == project_id,
            Measurement.metric_id.in_(list(metric_ids)),
            Measurement.measured_on.in_(list(days)),
            Measurement.value.is_not(None),
            Correction.id.is_(None),
        )
        .order_by(Measurement.id)
    )


def readings_of_metrics(*, project_id: int, metric_ids: Sequence[int], most: int = MOST_MEASUREMENTS) -> Rows:
    """`readings_of_projects` of one project."""
    return readings_of_projects(project_ids=[project_id], metric_ids=metric_ids, most=most)


def readings_of_projects(
    *, project_ids: Sequence[int], metric_ids: Sequence[int], most: int = MOST_MEASUREMENTS
) -> Rows:
    """Rows (metric_id, measured_on, value) of what stands, at most the last `most` of each, in the order of days.

    Only what was measured as the metric is defined now.
    """
    place = func.row_number().over(
        partition_by=Measurement.metric_id, order_by=(Measurement.measured_on.desc(), Measurement.id.desc())
    )
    numbered = (
        select(Measurement.metric_id, Measurement.measured_on, Measurement.value, Measurement.id, place.label("place"))
        .join(Metric, Metric.id == Measurement.metric_id)
        .outerjoin(Correction, Correction.corrects_id == Measurement.id)
        .where(
            Measurement.project_id.in_(project_ids),
            Measurement.metric_id.in_(metric_ids),
            Measurement.value.is_not(None),
            Correction.id.is_(None),
            of_present_definition(),
        )
        .subquery()
    )
    return (
        select(numbered.c.metric_id, numbered.c.measured_on, numbered.c.value)
        .where(numbered.c.place <= most)
        .order_by(numbered.c.measured_on, numbered.c.id)
    )
