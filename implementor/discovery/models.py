"""Tables of where a rollout is going: objectives with benefits and metrics, wanted reports, agreements of two sides."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from implementor.discovery.charter_models import Charter
from implementor.discovery.editions import InEditions
from implementor.discovery.groundwork_models import Assessment, StaffingNeed, SwotItem
from implementor.discovery.scorecard_models import ScorecardAcknowledgement, ScorecardArea, ScorecardEdition
from implementor.foundation.model import Archivable, Model, RankKey, Record, Scaled, table_args
from implementor.foundation.text import folded

__all__ = [
    "AgreementFigure", "AgreementReview", "Assessment", "Benefit", "Charter", "Objective", "ObjectiveMetric",
    "ReportDatum", "ReportRequirement", "RequirementStory", "ScorecardAcknowledgement", "ScorecardArea",
    "ScorecardEdition", "ServiceAgreement", "StaffingNeed", "StoryObjective", "SwotItem",
]  # fmt: skip
IN_USE = text("archived_at IS NULL")
ABOUT_HISTORY: dict[str, Any] = {"history": False}


def in_use_index(table: str, *columns: str, unique: bool = False) -> Index:
    """An index of one project's rows in use, in one order."""
    name = f"ix_{table}_list_{'_'.join(columns)}"
    last = () if unique else ("id",)
    return Index(name, "project_id", *columns, *last, unique=unique, sqlite_where=IN_USE, postgresql_where=IN_USE)


class Objective(Archivable, Record):
    """What a project is for, in one sentence, judged by its metrics.

    `given_key` names one of the goals that every CRM has, for those that were taken over from there.
    """

    __tablename__ = "objective"
    __record_kind__: ClassVar[str] = "objective"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        in_use_index("objective", "statement_key"),
        in_use_index("objective", "perspective"),
        in_use_index("objective", "priority"),
        in_use_index("objective", "owner_id"),
        in_use_index("objective", "given_key", unique=True),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    statement: Mapped[str]
    statement_key: Mapped[str] = mapped_column(RankKey, info=ABOUT_HISTORY)
    perspective: Mapped[str | None]
    priority: Mapped[str | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    note: Mapped[str | None]
    given_key: Mapped[str | None]


class ObjectiveMetric(Record):
    """A metric by which an objective is judged."""

    __tablename__ = "objective_metric"
    __record_kind__: ClassVar[str] = "objective_metric"
    __table_args__ = table_args(
        UniqueConstraint("objective_id", "metric_id"),
        ForeignKeyConstraint(["project_id", "objective_id"], ["objective.project_id", "objective.id"]),
        ForeignKeyConstraint(["project_id", "metric_id"], ["metric.project_id", "metric.id"]),
        Index("ix_objective_metric_project", "project_id", "objective_id"),
        Index("ix_objective_metric_metric", "project_id", "metric_id"),
    )

    project_id: Mapped[int]
    objective_id: Mapped[int]
    metric_id: Mapped[int]


class Benefit(Archivable, Record):
    """What reaching an objective is worth, once or each year; `confidence` is a ratio, `metric_id` what proves it."""

    __tablename__ = "benefit"
    __record_kind__: ClassVar[str] = "benefit"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "objective_id"], ["objective.project_id", "objective.id"]),
        ForeignKeyConstraint(["project_id", "metric_id"], ["metric.project_id", "metric.id"]),
        CheckConstraint("rhythm IN ('year', 'once')", name="rhythm"),
        CheckConstraint("(amount IS NULL) = (currency IS NULL)", name="amount_has_a_currency"),
        Index("ix_benefit_objective", "project_id", "objective_id"),
        Index("ix_benefit_metric", "project_id", "metric_id"),
    )

    project_id: Mapped[int]
    objective_id: Mapped[int]
    metric_id: Mapped[int | None]
    title: Mapped[str]
    amount: Mapped[int | None]
    currency: Mapped[str | None]
    rhythm: Mapped[str] = mapped_column(default="year")
    confidence: Mapped[Decimal | None] = mapped_column(Scaled(4))


class StoryObjective(Record):
    """A story that serves an objective; the first one linked is the story's main one."""

    __tablename__ = "story_objective"
    __record_kind__: ClassVar[str] = "story_objective"
    __table_args__ = table_args(
        UniqueConstraint("story_id", "objective_id"),
        ForeignKeyConstraint(["project_id", "story_id"], ["story.project_id", "story.id"]),
        ForeignKeyConstraint(["project_id", "objective_id"], ["objective.project_id", "objective.id"]),
        Index("ix_story_objective_objective", "project_id", "objective_id", "story_id"),
    )

    project_id: Mapped[int]
    story_id: Mapped[int]
    objective_id: Mapped[int]


class ReportRequirement(Archivable, Record):
    """A report somebody wants, from which the data and the stories are derived.

    `mockup` is the drawn table: a list of columns, each {"name", "example"}. `report_uid` is the identity of the kept
    report that answers it, which may still be to come with a release.
    """

    __tablename__ = "report_requirement"
    __record_kind__: ClassVar[str] = "report_requirement"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "objective_id"], ["objective.project_id", "objective.id"]),
        in_use_index("report_requirement", "title_key"),
        in_use_index("report_requirement", "priority"),
        in_use_index("report_requirement", "frequency"),
        in_use_index("report_requirement", "owner_id"),
        in_use_index("report_requirement", "objective_id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    objective_id: Mapped[int | None]
    title: Mapped[str]
    title_key: Mapped[str] = mapped_column(RankKey, info=ABOUT_HISTORY)
    decision: Mapped[str | None]
    audience: Mapped[str | None]
    frequency: Mapped[str | None]
    priority: Mapped[str | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    note: Mapped[str | None]
    mockup: Mapped[list[Any]] = mapped_column(default=list)
    report_uid: Mapped[str | None]


class ReportDatum(Archivable, Record):
    """A field that a wanted report needs: where it comes from, who answers for it, and how good it is today."""

    __tablename__ = "report_datum"
    __record_kind__: ClassVar[str] = "report_datum"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(
            ["project_id", "requirement_id"], ["report_requirement.project_id", "report_requirement.id"]
        ),
        CheckConstraint("quality IN ('unknown', 'missing', 'poor', 'fair', 'good')", name="quality"),
        Index("ix_report_datum_requirement", "project_id", "requirement_id", "id"),
    )

    project_id: Mapped[int]
    requirement_id: Mapped[int]
    name: Mapped[str]
    source: Mapped[str | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    quality: Mapped[str] = mapped_column(default="unknown")


class RequirementStory(Record):
    """A story that was derived from a wanted report; `origin` is `report` or the id of the field it provides."""

    __tablename__ = "requirement_story"
    __record_kind__: ClassVar[str] = "requirement_story"
    __table_args__ = table_args(
        UniqueConstraint("requirement_id", "origin"),
        ForeignKeyConstraint(
            ["project_id", "requirement_id"], ["report_requirement.project_id", "report_requirement.id"]
        ),
        ForeignKeyConstraint(["project_id", "story_id"], ["story.project_id", "story.id"]),
        Index("ix_requirement_story_story", "project_id", "story_id"),
    )

    project_id: Mapped[int]
    requirement_id: Mapped[int]
    story_id: Mapped[int]
    origin: Mapped[str]


class ServiceAgreement(InEditions, Archivable, Record):
    """What marketing and sales promise each other; frozen once both signed, replaced by its next edition.

    Each side is signed by the person named for it. `ended_at` says when a later edition took its place.
    """

    __tablename__ = "service_agreement"
    __record_kind__: ClassVar[str] = "service_agreement"
    SIGNATURES: ClassVar[tuple[str, str]] = ("marketing_signed_at", "sales_signed_at")
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("replaces_id"),
        ForeignKeyConstraint(["project_id", "replaces_id"], ["service_agreement.project_id", "service_agreement.id"]),
        CheckConstraint("marketing_signer_id <> sales_signer_id", name="nobody_signs_for_both"),
        CheckConstraint("review_months BETWEEN 1 AND 60", name="review_months"),
        CheckConstraint(
            "(signed_at IS NULL) = (marketing_signed_at IS NULL OR sales_signed_at IS NULL)", name="signed_by_both"
        ),
        Index("ix_service_agreement_list", "project_id", "signed_at", "id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    title: Mapped[str]
    edition: Mapped[int] = mapped_column(SmallInteger, default=1)
    replaces_id: Mapped[int | None]
    marketing_duties: Mapped[str | None]
    sales_duties: Mapped[str | None]
    data_clause: Mapped[str | None]
    review_months: Mapped[int] = mapped_column(SmallInteger, default=3)
    marketing_signer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    sales_signer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    marketing_signed_at: Mapped[datetime | None]
    sales_signed_at: Mapped[datetime | None]
    signed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    next_review_on: Mapped[date | None]


class AgreementFigure(Record):
    """A metric with a target that an agreement is held to, and the side that answers for it."""

    __tablename__ = "agreement_figure"
    __record_kind__: ClassVar[str] = "agreement_figure"
    __table_args__ = table_args(
        UniqueConstraint("agreement_id", "metric_id"),
        ForeignKeyConstraint(["project_id", "agreement_id"], ["service_agreement.project_id", "service_agreement.id"]),
        ForeignKeyConstraint(["project_id", "metric_id"], ["metric.project_id", "metric.id"]),
        CheckConstraint("side IN ('marketing', 'sales')", name="side"),
        Index("ix_agreement_figure_metric", "project_id", "metric_id"),
    )

    project_id: Mapped[int]
    agreement_id: Mapped[int]
    metric_id: Mapped[int]
    side: Mapped[str]


class AgreementReview(Model):
    """That an agreement was looked at again, by whom and with what result; never changed."""

    __tablename__ = "agreement_review"
    __table_args__ = table_args(
        ForeignKeyConstraint(["project_id", "agreement_id"], ["service_agreement.project_id", "service_agreement.id"]),
        CheckConstraint("outcome IN ('kept', 'broken', 'change')", name="outcome"),
        Index("ix_agreement_review_agreement", "agreement_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int]
    agreement_id: Mapped[int]
    outcome: Mapped[str]
    note: Mapped[str]
    reviewed_at: Mapped[datetime]
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


@event.listens_for(Objective, "before_insert")
@event.listens_for(Objective, "before_update")
def derive(_mapper: Any, _connection: Any, objective: Objective) -> None:
    """Keep what follows from other columns true whoever changed the objective."""
    objective.statement_key = folded(objective.statement)


@event.listens_for(ReportRequirement, "before_insert")
@event.listens_for(ReportRequirement, "before_update")
def derive_title(_mapper: Any, _connection: Any, requirement: ReportRequirement) -> None:
    """The same of a wanted report."""
    requirement.title_key = folded(requirement.title)
