"""Releases of waves: what they changed, how they were tried, what was let be."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from implementor.foundation import model

revision = "2026_11_22_0045"
down_revision = "2026_11_22_0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "config_release",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("wave_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("applied_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("applied_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("configuration_number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("operation_count", sa.Integer(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("notes_en", sa.Text(), nullable=False),
        sa.Column("notes_es", sa.Text(), nullable=False),
        sa.Column("action_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("rolled_back_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("rolled_back_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("returned_action_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "(rolled_back_at IS NULL) = (decision_id IS NULL)", name=op.f("ck_config_release_rolled_back_by_decision")
        ),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_config_release_action_id")),
        sa.ForeignKeyConstraint(["applied_by_id"], ["user.id"], name=op.f("fk_config_release_applied_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_config_release_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "decision_id"],
            ["decision.project_id", "decision.id"],
            name=op.f("fk_config_release_project_id_decision_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "wave_id"], ["wave.project_id", "wave.id"], name=op.f("fk_config_release_project_id_wave_id")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_config_release_project_id")),
        sa.ForeignKeyConstraint(
            ["returned_action_id"], ["action.id"], name=op.f("fk_config_release_returned_action_id")
        ),
        sa.ForeignKeyConstraint(["rolled_back_by_id"], ["user.id"], name=op.f("fk_config_release_rolled_back_by_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_config_release_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_config_release")),
        sa.UniqueConstraint("number", name=op.f("uq_config_release_number")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_config_release_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_config_release_at", "config_release", ["applied_at", "id"], unique=False)
    op.create_index("ix_config_release_list", "config_release", ["project_id", "applied_at", "id"], unique=False)
    op.create_index("ix_config_release_wave", "config_release", ["project_id", "wave_id", "id"], unique=False)
    op.create_table(
        "release_dry_run",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("wave_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("configuration_number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column(
            "findings", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_release_dry_run_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "wave_id"],
            ["wave.project_id", "wave.id"],
            name=op.f("fk_release_dry_run_project_id_wave_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_dry_run")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_release_dry_run_wave", "release_dry_run", ["project_id", "wave_id", "id"], unique=False)
    op.create_table(
        "drift_choice",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("live", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=True),
        sa.Column("at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("choice IN ('adopt', 'overwrite', 'drop')", name=op.f("ck_drift_choice_choice_known")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_drift_choice_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "item_id"],
            ["config_item.project_id", "config_item.id"],
            name=op.f("fk_drift_choice_project_id_item_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drift_choice")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_drift_choice_item", "drift_choice", ["project_id", "item_id", "id"], unique=False)
    op.create_table(
        "release_operation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("release_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("story_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column(
            "before", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=True
        ),
        sa.Column(
            "after", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=True
        ),
        sa.Column(
            "answers", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("way_back", sa.Text(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("returned_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("returned_count", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "way_back IN ('free', 'mapped', 'one_way')", name=op.f("ck_release_operation_way_back_known")
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "item_id"],
            ["config_item.project_id", "config_item.id"],
            name=op.f("fk_release_operation_project_id_item_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "release_id"],
            ["config_release.project_id", "config_release.id"],
            name=op.f("fk_release_operation_project_id_release_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "story_id"],
            ["story.project_id", "story.id"],
            name=op.f("fk_release_operation_project_id_story_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_operation")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_release_operation_project_id_id")),
        sa.UniqueConstraint("release_id", "position", name=op.f("uq_release_operation_release_id_position")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_release_operation_item", "release_operation", ["project_id", "item_id", "id"], unique=False)
    op.create_index("ix_release_operation_story", "release_operation", ["project_id", "story_id"], unique=False)
    op.create_index("ix_release_operation_uid", "release_operation", ["uid", "id"], unique=False)
    op.create_table(
        "release_waiver",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("withdrawn_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_release_waiver_reason_given")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_release_waiver_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "item_id"],
            ["config_item.project_id", "config_item.id"],
            name=op.f("fk_release_waiver_project_id_item_id"),
        ),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["user.id"], name=op.f("fk_release_waiver_withdrawn_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_waiver")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_release_waiver_item", "release_waiver", ["project_id", "item_id"], unique=False)
    op.create_index(
        "uq_release_waiver_in_force",
        "release_waiver",
        ["item_id", "code"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "release_row",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("operation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column(
            "held", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "operation_id"],
            ["release_operation.project_id", "release_operation.id"],
            name=op.f("fk_release_row_project_id_operation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_row")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_release_row_operation", "release_row", ["project_id", "operation_id", "id"], unique=False)
    op.create_index("ix_release_row_record", "release_row", ["kind", "record_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_release_row_record", table_name="release_row")
    op.drop_index("ix_release_row_operation", table_name="release_row")
    op.drop_table("release_row")
    op.drop_index(
        "uq_release_waiver_in_force",
        table_name="release_waiver",
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.drop_index("ix_release_waiver_item", table_name="release_waiver")
    op.drop_table("release_waiver")
    op.drop_index("ix_release_operation_uid", table_name="release_operation")
    op.drop_index("ix_release_operation_story", table_name="release_operation")
    op.drop_index("ix_release_operation_item", table_name="release_operation")
    op.drop_table("release_operation")
    op.drop_index("ix_drift_choice_item", table_name="drift_choice")
    op.drop_table("drift_choice")
    op.drop_index("ix_release_dry_run_wave", table_name="release_dry_run")
    op.drop_table("release_dry_run")
    op.drop_index("ix_config_release_wave", table_name="config_release")
    op.drop_index("ix_config_release_list", table_name="config_release")
    op.drop_index("ix_config_release_at", table_name="config_release")
    op.drop_table("config_release")
