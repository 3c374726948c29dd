"""A metric with its baseline and target, and the measurements of it, which are only ever added."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Archivable, Json, Model, RankKey, Record, Scaled, table_args
from implementor.foundation.text import folded
from implementor.metrics.standing import Goal, Reading
from implementor.metrics.trigger_models import RiskTrigger

__all__ = ["Measurement", "Metric", "MetricDefinition", "RiskTrigger"]
PLACES = 4
UNITS = ("number", "count", "percent", "days", "hours", "money")
IN_USE, NAMED = text("archived_at IS NULL"), text("key <> ''")
ABOUT_HISTORY: dict[str, Any] = {"history": False}


def list_index(*columns: str) -> Index:
    """An index for one order of the list, over the metrics in use."""
    name = f"ix_metric_list_{'_'.join(columns)}"
    return Index(name, "project_id", *columns, "id", sqlite_where=IN_USE, postgresql_where=IN_USE)


class Metric(Archivable, Record):
    """Something that is measured: where it began, where it should be by when, and how far off is still tolerable.

    Values are in the metric's unit: main units of `currency` for money, per cent as 24.5. `margin` is a share of the
    way from baseline to target. `latest` repeats the last measurement that stands. `measured_by` says how values
    come in (a named measure counts as a query), `definition` what exactly is counted (`metrics.definition_json`), by
    the version `definition_number` (none: people write it down). `key` names it in formulas and commands. `tried_on`
    is the last day on which the program measured it, or tried to.
    """

    __tablename__ = "metric"
    __record_kind__: ClassVar[str] = "metric"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        Index("uq_metric_key", "project_id", "key", unique=True, sqlite_where=NAMED, postgresql_where=NAMED),
        CheckConstraint("unit IN ('number', 'count', 'percent', 'days', 'hours', 'money')", name="unit"),
        CheckConstraint("(unit = 'money') = (currency IS NOT NULL)", name="money_has_a_currency"),
        CheckConstraint("direction IN ('up', 'down', 'range')", name="direction"),
        CheckConstraint("measured_by IN ('manual', 'query', 'ratio', 'formula')", name="measured_by"),
        CheckConstraint("target_top IS NULL OR direction = 'range'", name="top_of_a_range"),
        CheckConstraint("margin BETWEEN 0 AND 10000", name="margin_is_a_share"),
        list_index("name_key"),
        list_index("perspective"),
        list_index("priority"),
        list_index("owner_id"),
        list_index("due_on"),
        list_index("latest_on"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(RankKey, info=ABOUT_HISTORY)
    key: Mapped[str] = mapped_column(server_default="", info=ABOUT_HISTORY)
    purpose: Mapped[str | None]
    unit: Mapped[str] = mapped_column(default="number")
    currency: Mapped[str | None]
    direction: Mapped[str] = mapped_column(default="up")
    baseline: Mapped[Decimal | None] = mapped_column(Scaled(PLACES))
    baseline_on: Mapped[date | None]
    target: Mapped[Decimal | None] = mapped_column(Scaled(PLACES))
    target_top: Mapped[Decimal | None] = mapped_column(Scaled(PLACES))
    due_on: Mapped[date | None]
    margin: Mapped[Decimal] = mapped_column(Scaled(4), default=Decimal("0.1"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    perspective: Mapped[str | None]
    priority: Mapped[str | None]
    measured_by: Mapped[str] = mapped_column(default="manual")
    definition: Mapped[dict[str, Any] | None]
    definition_number: Mapped[int | None] = mapped_column(Integer, info=ABOUT_HISTORY)
    tried_on: Mapped[date | None] = mapped_column(info=ABOUT_HISTORY)
    latest: Mapped[Decimal | None] = mapped_column(Scaled(PLACES))
    latest_on: Mapped[date | None]

    @property
    def goal(self) -> Goal:
        """What it should do, for `standing`."""
        return Goal(
            self.direction, self.baseline, self.baseline_on, self.target, self.target_top, self.due_on, self.margin
        )

    @property
    def is_complete(self) -> bool:
        """Whether baseline, target and both days are stated."""
        said = (self.baseline, self.baseline_on, self.target, self.due_on)
        return None not in said and (self.direction != "range" or self.target_top is not None)


class Measurement(Model):
    """What a metric was on a day, who says so and by which evidence. Never changed: a correction is another row.

    A row that `corrects_id` names stands no longer; a correction without a value withdraws what it corrects. What the
    program measured by a definition has its number, how many records were counted (`n`) and the two numbers behind a
    share; where there was nothing to measure, `unmeasured` says why (a phrase) and there is no value.
    """

    __tablename__ = "measurement"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("metric_id", "id"),
        UniqueConstraint("corrects_id"),
        ForeignKeyConstraint(["project_id", "metric_id"], ["metric.project_id", "metric.id"]),
        ForeignKeyConstraint(["metric_id", "corrects_id"], ["measurement.metric_id", "measurement.id"]),
        CheckConstraint(
            "value IS NOT NULL OR corrects_id IS NOT NULL OR definition_number IS NOT NULL",
            name="only_corrections_withdraw",
        ),
        CheckConstraint("corrects_id IS NULL OR reason IS NOT NULL", name="corrected_for_a_reason"),
        Index("ix_measurement_metric", "metric_id", "measured_on", "id"),
        Index("ix_measurement_project", "project_id", "metric_id", "measured_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int]
    metric_id: Mapped[int]
    measured_on: Mapped[date]
    value: Mapped[Decimal | None] = mapped_column(Scaled(PLACES))
    evidence: Mapped[str | None]
    evidence_url: Mapped[str | None]
    corrects_id: Mapped[int | None]
    reason: Mapped[str | None]
    numerator: Mapped[Decimal | None] = mapped_column(Scaled(PLACES))
    denominator: Mapped[Decimal | None] = mapped_column(Scaled(PLACES))
    n: Mapped[int | None] = mapped_column(Integer)
    definition_number: Mapped[int | None] = mapped_column(Integer)
    unmeasured: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    @property
    def reading(self) -> Reading:
        """The same for `standing`; only of one that has a value."""
        return Reading(self.measured_on, self.value or Decimal(0))


class MetricDefinition(Model):
    """A version of how a metric is measured, counted from 1: never changed, so that old figures can be read again."""

    __tablename__ = "metric_definition"
    __table_args__ = table_args(
        UniqueConstraint("metric_id", "number"),
        ForeignKeyConstraint(["project_id", "metric_id"], ["metric.project_id", "metric.id"]),
        CheckConstraint("number > 0", name="counted_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int]
    metric_id: Mapped[int]
    number: Mapped[int] = mapped_column(Integer)
    definition: Mapped[dict[str, Any]] = mapped_column(Json)
    unit: Mapped[str]
    currency: Mapped[str | None]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


@event.listens_for(Metric, "before_insert")
@event.listens_for(Metric, "before_update")
def derive(_mapper: Any, _connection: Any, metric: Metric) -> None:
    """Keep what follows from other columns true whoever changed the metric."""
    metric.name_key = folded(metric.name)
