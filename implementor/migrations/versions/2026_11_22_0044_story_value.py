"""Let stories be judged by metrics: criteria that a metric decides, waived targets and verdicts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from implementor.foundation import model

revision = "2026_11_22_0044"
down_revision = "2026_11_22_0043"
branch_labels = None
depends_on = None


FIELDS, METRIC = ["project_id", "metric_id"], ["project_id", "id"]


def upgrade() -> None:
    """Go forward."""
    # SQLite writes the table anew to take a link of two columns; it is a small one
    with op.batch_alter_table("criterion", table_kwargs={"sqlite_autoincrement": True}) as criterion:
        criterion.add_column(
            sa.Column("metric_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        criterion.create_foreign_key("fk_criterion_project_id_metric_id", "metric", FIELDS, METRIC)
    op.create_index("ix_criterion_metric", "criterion", ["project_id", "metric_id"])
    op.create_table(
        "story_verdict",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("story_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column(
            "figures", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("outcome IN ('live', 'achieved', 'missed')", name=op.f("ck_story_verdict_outcome")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_story_verdict_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "story_id"],
            ["story.project_id", "story.id"],
            name=op.f("fk_story_verdict_project_id_story_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_verdict")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_story_verdict_story", "story_verdict", ["project_id", "story_id", "id"], unique=False)
    op.create_table(
        "target_waiver",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("criterion_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("waived_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("waived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("withdrawn_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_target_waiver_reason_given")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_target_waiver_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "criterion_id"],
            ["criterion.project_id", "criterion.id"],
            name=op.f("fk_target_waiver_project_id_criterion_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "decision_id"],
            ["decision.project_id", "decision.id"],
            name=op.f("fk_target_waiver_project_id_decision_id"),
        ),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_target_waiver_updated_by_id")),
        sa.ForeignKeyConstraint(["waived_by_id"], ["user.id"], name=op.f("fk_target_waiver_waived_by_id")),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["user.id"], name=op.f("fk_target_waiver_withdrawn_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target_waiver")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_target_waiver_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_target_waiver_in_force",
        "target_waiver",
        ["criterion_id"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_index(
        "uq_target_waiver_in_force",
        table_name="target_waiver",
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.drop_table("target_waiver")
    op.drop_index("ix_story_verdict_story", table_name="story_verdict")
    op.drop_table("story_verdict")
    op.drop_index("ix_criterion_metric", table_name="criterion")
    with op.batch_alter_table("criterion", table_kwargs={"sqlite_autoincrement": True}) as criterion:
        criterion.drop_constraint("fk_criterion_project_id_metric_id", type_="foreignkey")
        criterion.drop_column("metric_id")
