"""Metrics with baseline and target, and their measurements."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from implementor.foundation import model

revision = "2026_11_22_0027"
down_revision = "2026_11_22_0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "metric",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("baseline", model.Scaled(4), nullable=True),
        sa.Column("baseline_on", sa.Date(), nullable=True),
        sa.Column("target", model.Scaled(4), nullable=True),
        sa.Column("target_top", model.Scaled(4), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("margin", model.Scaled(4), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("perspective", sa.Text(), nullable=True),
        sa.Column("priority", sa.Text(), nullable=True),
        sa.Column("measured_by", sa.Text(), nullable=False),
        sa.Column(
            "definition", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=True
        ),
        sa.Column("latest", model.Scaled(4), nullable=True),
        sa.Column("latest_on", sa.Date(), nullable=True),
        sa.Column("archived_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("archived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("(unit = 'money') = (currency IS NOT NULL)", name=op.f("ck_metric_money_has_a_currency")),
        sa.CheckConstraint("direction IN ('up', 'down', 'range')", name=op.f("ck_metric_direction")),
        sa.CheckConstraint(
            "measured_by IN ('manual', 'query', 'ratio', 'formula')", name=op.f("ck_metric_measured_by")
        ),
        sa.CheckConstraint("target_top IS NULL OR direction = 'range'", name=op.f("ck_metric_top_of_a_range")),
        sa.CheckConstraint(
            "unit IN ('number', 'count', 'percent', 'days', 'hours', 'money')", name=op.f("ck_metric_unit")
        ),
        sa.CheckConstraint("margin BETWEEN 0 AND 10000", name=op.f("ck_metric_margin_is_a_share")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_metric_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_metric_created_by_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_metric_owner_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_metric_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_metric_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_metric")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_metric_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_metric_list_due_on",
        "metric",
        ["project_id", "due_on", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_metric_list_latest_on",
        "metric",
        ["project_id", "latest_on", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_metric_list_name_key",
        "metric",
        ["project_id", "name_key", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_metric_list_owner_id",
        "metric",
        ["project_id", "owner_id", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_metric_list_perspective",
        "metric",
        ["project_id", "perspective", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_metric_list_priority",
        "metric",
        ["project_id", "priority", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_table(
        "measurement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("metric_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("measured_on", sa.Date(), nullable=False),
        sa.Column("value", model.Scaled(4), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("evidence_url", sa.Text(), nullable=True),
        sa.Column("corrects_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "corrects_id IS NULL OR reason IS NOT NULL", name=op.f("ck_measurement_corrected_for_a_reason")
        ),
        sa.CheckConstraint(
            "value IS NOT NULL OR corrects_id IS NOT NULL", name=op.f("ck_measurement_only_corrections_withdraw")
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_measurement_created_by_id")),
        sa.ForeignKeyConstraint(
            ["metric_id", "corrects_id"],
            ["measurement.metric_id", "measurement.id"],
            name=op.f("fk_measurement_metric_id_corrects_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "metric_id"],
            ["metric.project_id", "metric.id"],
            name=op.f("fk_measurement_project_id_metric_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measurement")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_measurement_corrects_id")),
        sa.UniqueConstraint("metric_id", "id", name=op.f("uq_measurement_metric_id_id")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_measurement_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_measurement_metric", "measurement", ["metric_id", "measured_on", "id"], unique=False)
    op.create_index("ix_measurement_project", "measurement", ["project_id", "metric_id", "measured_on"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_measurement_project", table_name="measurement")
    op.drop_index("ix_measurement_metric", table_name="measurement")
    op.drop_table("measurement")
    op.drop_index(
        "ix_metric_list_priority",
        table_name="metric",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_metric_list_perspective",
        table_name="metric",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_metric_list_owner_id",
        table_name="metric",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_metric_list_name_key",
        table_name="metric",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_metric_list_latest_on",
        table_name="metric",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_metric_list_due_on",
        table_name="metric",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_table("metric")
