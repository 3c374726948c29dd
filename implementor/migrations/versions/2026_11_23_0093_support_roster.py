"""Hours of support: who is reachable when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_23_0093"
down_revision = "2026_11_23_0092"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "support_shift",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("audience_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("starts_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("ends_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("archived_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("archived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_support_shift_hours")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_support_shift_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_support_shift_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "audience_id"],
            ["audience.project_id", "audience.id"],
            name=op.f("fk_support_shift_project_id_audience_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_support_shift_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_support_shift_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_shift")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_support_shift_project_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("support_shift", schema=None) as batch_op:
        batch_op.create_index("ix_support_shift_audience", ["project_id", "audience_id"], unique=False)
        batch_op.create_index("ix_support_shift_list", ["project_id", "starts_at", "id"], unique=False)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("support_shift", schema=None) as batch_op:
        batch_op.drop_index("ix_support_shift_list")
        batch_op.drop_index("ix_support_shift_audience")

    op.drop_table("support_shift")
