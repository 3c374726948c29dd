"""Objectives, benefits, wanted reports and agreements of marketing and sales."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from implementor.foundation import model

revision = "2026_11_22_0030"
down_revision = "2026_11_22_0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "objective",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("statement_key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("perspective", sa.Text(), nullable=True),
        sa.Column("priority", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("given_key", sa.Text(), nullable=True),
        sa.Column("archived_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("archived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_objective_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_objective_created_by_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_objective_owner_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_objective_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_objective_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objective")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_objective_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_objective_list_given_key",
        "objective",
        ["project_id", "given_key"],
        unique=True,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_objective_list_owner_id",
        "objective",
        ["project_id", "owner_id", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_objective_list_perspective",
        "objective",
        ["project_id", "perspective", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_objective_list_priority",
        "objective",
        ["project_id", "priority", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_objective_list_statement_key",
        "objective",
        ["project_id", "statement_key", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_table(
        "service_agreement",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("edition", sa.SmallInteger(), nullable=False),
        sa.Column("replaces_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("marketing_duties", sa.Text(), nullable=True),
        sa.Column("sales_duties", sa.Text(), nullable=True),
        sa.Column("data_clause", sa.Text(), nullable=True),
        sa.Column("review_months", sa.SmallInteger(), nullable=False),
        sa.Column("marketing_signer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("sales_signer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("marketing_signed_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("sales_signed_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("signed_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("ended_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("next_review_on", sa.Date(), nullable=True),
        sa.Column("archived_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("archived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "(signed_at IS NULL) = (marketing_signed_at IS NULL OR sales_signed_at IS NULL)",
            name=op.f("ck_service_agreement_signed_by_both"),
        ),
        sa.CheckConstraint(
            "marketing_signer_id <> sales_signer_id", name=op.f("ck_service_agreement_nobody_signs_for_both")
        ),
        sa.CheckConstraint("review_months BETWEEN 1 AND 60", name=op.f("ck_service_agreement_review_months")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_service_agreement_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_service_agreement_created_by_id")),
        sa.ForeignKeyConstraint(
            ["marketing_signer_id"], ["user.id"], name=op.f("fk_service_agreement_marketing_signer_id")
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "replaces_id"],
            ["service_agreement.project_id", "service_agreement.id"],
            name=op.f("fk_service_agreement_project_id_replaces_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_service_agreement_project_id")),
        sa.ForeignKeyConstraint(["sales_signer_id"], ["user.id"], name=op.f("fk_service_agreement_sales_signer_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_service_agreement_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_agreement")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_service_agreement_project_id_id")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_service_agreement_replaces_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_service_agreement_list", "service_agreement", ["project_id", "signed_at", "id"], unique=False)
    op.create_table(
        "agreement_figure",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agreement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("metric_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("side IN ('marketing', 'sales')", name=op.f("ck_agreement_figure_side")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_agreement_figure_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "agreement_id"],
            ["service_agreement.project_id", "service_agreement.id"],
            name=op.f("fk_agreement_figure_project_id_agreement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "metric_id"],
            ["metric.project_id", "metric.id"],
            name=op.f("fk_agreement_figure_project_id_metric_id"),
        ),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_agreement_figure_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_figure")),
        sa.UniqueConstraint("agreement_id", "metric_id", name=op.f("uq_agreement_figure_agreement_id_metric_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_agreement_figure_metric", "agreement_figure", ["project_id", "metric_id"], unique=False)
    op.create_table(
        "agreement_review",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agreement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reviewed_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("reviewed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("outcome IN ('kept', 'broken', 'change')", name=op.f("ck_agreement_review_outcome")),
        sa.ForeignKeyConstraint(
            ["project_id", "agreement_id"],
            ["service_agreement.project_id", "service_agreement.id"],
            name=op.f("fk_agreement_review_project_id_agreement_id"),
        ),
        sa.ForeignKeyConstraint(["reviewed_by_id"], ["user.id"], name=op.f("fk_agreement_review_reviewed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_review")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_agreement_review_agreement", "agreement_review", ["agreement_id", "id"], unique=False)
    op.create_table(
        "benefit",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("objective_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("metric_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("rhythm", sa.Text(), nullable=False),
        sa.Column("confidence", model.Scaled(4), nullable=True),
        sa.Column("archived_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("archived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("rhythm IN ('year', 'once')", name=op.f("ck_benefit_rhythm")),
        sa.CheckConstraint("(amount IS NULL) = (currency IS NULL)", name=op.f("ck_benefit_amount_has_a_currency")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_benefit_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_benefit_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "metric_id"],
            ["metric.project_id", "metric.id"],
            name=op.f("fk_benefit_project_id_metric_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "objective_id"],
            ["objective.project_id", "objective.id"],
            name=op.f("fk_benefit_project_id_objective_id"),
        ),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_benefit_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benefit")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_benefit_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_benefit_metric", "benefit", ["project_id", "metric_id"], unique=False)
    op.create_index("ix_benefit_objective", "benefit", ["project_id", "objective_id"], unique=False)
    op.create_table(
        "objective_metric",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("objective_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("metric_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_objective_metric_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "metric_id"],
            ["metric.project_id", "metric.id"],
            name=op.f("fk_objective_metric_project_id_metric_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "objective_id"],
            ["objective.project_id", "objective.id"],
            name=op.f("fk_objective_metric_project_id_objective_id"),
        ),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_objective_metric_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objective_metric")),
        sa.UniqueConstraint("objective_id", "metric_id", name=op.f("uq_objective_metric_objective_id_metric_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_objective_metric_metric", "objective_metric", ["project_id", "metric_id"], unique=False)
    op.create_index("ix_objective_metric_project", "objective_metric", ["project_id", "objective_id"], unique=False)
    op.create_table(
        "report_requirement",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("objective_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("audience", sa.Text(), nullable=True),
        sa.Column("frequency", sa.Text(), nullable=True),
        sa.Column("priority", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column(
            "mockup", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("archived_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("archived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_report_requirement_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_report_requirement_created_by_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_report_requirement_owner_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "objective_id"],
            ["objective.project_id", "objective.id"],
            name=op.f("fk_report_requirement_project_id_objective_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_report_requirement_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_report_requirement_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_requirement")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_report_requirement_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_report_requirement_list_frequency",
        "report_requirement",
        ["project_id", "frequency", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_report_requirement_list_objective_id",
        "report_requirement",
        ["project_id", "objective_id", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_report_requirement_list_owner_id",
        "report_requirement",
        ["project_id", "owner_id", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_report_requirement_list_priority",
        "report_requirement",
        ["project_id", "priority", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_report_requirement_list_title_key",
        "report_requirement",
        ["project_id", "title_key", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_table(
        "story_objective",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("story_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("objective_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_story_objective_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "objective_id"],
            ["objective.project_id", "objective.id"],
            name=op.f("fk_story_objective_project_id_objective_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "story_id"],
            ["story.project_id", "story.id"],
            name=op.f("fk_story_objective_project_id_story_id"),
        ),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_story_objective_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_objective")),
        sa.UniqueConstraint("story_id", "objective_id", name=op.f("uq_story_objective_story_id_objective_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_story_objective_objective", "story_objective", ["project_id", "objective_id", "story_id"], unique=False
    )
    op.create_table(
        "report_datum",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("requirement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("quality", sa.Text(), nullable=False),
        sa.Column("archived_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("archived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "quality IN ('unknown', 'missing', 'poor', 'fair', 'good')", name=op.f("ck_report_datum_quality")
        ),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_report_datum_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_report_datum_created_by_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_report_datum_owner_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "requirement_id"],
            ["report_requirement.project_id", "report_requirement.id"],
            name=op.f("fk_report_datum_project_id_requirement_id"),
        ),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_report_datum_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_datum")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_report_datum_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_report_datum_requirement", "report_datum", ["project_id", "requirement_id", "id"], unique=False)
    op.create_table(
        "requirement_story",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("requirement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("story_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_requirement_story_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "requirement_id"],
            ["report_requirement.project_id", "report_requirement.id"],
            name=op.f("fk_requirement_story_project_id_requirement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "story_id"],
            ["story.project_id", "story.id"],
            name=op.f("fk_requirement_story_project_id_story_id"),
        ),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_requirement_story_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirement_story")),
        sa.UniqueConstraint("requirement_id", "origin", name=op.f("uq_requirement_story_requirement_id_origin")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_requirement_story_story", "requirement_story", ["project_id", "story_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_requirement_story_story", table_name="requirement_story")
    op.drop_table("requirement_story")
    op.drop_index("ix_report_datum_requirement", table_name="report_datum")
    op.drop_table("report_datum")
    op.drop_index("ix_story_objective_objective", table_name="story_objective")
    op.drop_table("story_objective")
    op.drop_index(
        "ix_report_requirement_list_title_key",
        table_name="report_requirement",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_report_requirement_list_priority",
        table_name="report_requirement",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_report_requirement_list_owner_id",
        table_name="report_requirement",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_report_requirement_list_objective_id",
        table_name="report_requirement",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_report_requirement_list_frequency",
        table_name="report_requirement",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_table("report_requirement")
    op.drop_index("ix_objective_metric_project", table_name="objective_metric")
    op.drop_index("ix_objective_metric_metric", table_name="objective_metric")
    op.drop_table("objective_metric")
    op.drop_index("ix_benefit_objective", table_name="benefit")
    op.drop_index("ix_benefit_metric", table_name="benefit")
    op.drop_table("benefit")
    op.drop_index("ix_agreement_review_agreement", table_name="agreement_review")
    op.drop_table("agreement_review")
    op.drop_index("ix_agreement_figure_metric", table_name="agreement_figure")
    op.drop_table("agreement_figure")
    op.drop_index("ix_service_agreement_list", table_name="service_agreement")
    op.drop_table("service_agreement")
    op.drop_index(
        "ix_objective_list_statement_key",
        table_name="objective",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_objective_list_priority",
        table_name="objective",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_objective_list_perspective",
        table_name="objective",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_objective_list_owner_id",
        table_name="objective",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_objective_list_given_key",
        table_name="objective",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_table("objective")
