"""How long records of governance may rest, and who was told of those that did."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_22_0029"
down_revision = "2026_11_22_0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "silence_limit",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("days BETWEEN 1 AND 365", name=op.f("ck_silence_limit_days")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_silence_limit_created_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_silence_limit_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_silence_limit_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_silence_limit")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_silence_limit_project_id_id")),
        sa.UniqueConstraint("project_id", "kind", name=op.f("uq_silence_limit_project_id_kind")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "silence_notice",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("record_kind", sa.Text(), nullable=False),
        sa.Column("record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("moved_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("told_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("told_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("step BETWEEN 1 AND 3", name=op.f("ck_silence_notice_step")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_silence_notice_project_id")),
        sa.ForeignKeyConstraint(["told_id"], ["user.id"], name=op.f("fk_silence_notice_told_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_silence_notice")),
        sa.UniqueConstraint(
            "record_kind",
            "record_id",
            "moved_at",
            "step",
            name=op.f("uq_silence_notice_record_kind_record_id_moved_at_step"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_silence_notice_project_id"), "silence_notice", ["project_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index(op.f("ix_silence_notice_project_id"), table_name="silence_notice")
    op.drop_table("silence_notice")
    op.drop_table("silence_limit")
