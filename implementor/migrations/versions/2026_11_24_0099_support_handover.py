"""Requests of the weeks after going live passed on to the regular support."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_24_0099"
down_revision = "2026_11_24_0098"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "support_handover",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("wave_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("archived_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("archived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("requests >= 0", name=op.f("ck_support_handover_requests")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_support_handover_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_support_handover_created_by_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_support_handover_owner_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "wave_id"],
            ["wave.project_id", "wave.id"],
            name=op.f("fk_support_handover_project_id_wave_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_support_handover_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_support_handover_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_handover")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_support_handover_project_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("support_handover", schema=None) as batch_op:
        batch_op.create_index("ix_support_handover_owner", ["owner_id", "id"], unique=False)
        batch_op.create_index("ix_support_handover_wave", ["project_id", "wave_id", "id"], unique=False)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("support_handover", schema=None) as batch_op:
        batch_op.drop_index("ix_support_handover_wave")
        batch_op.drop_index("ix_support_handover_owner")

    op.drop_table("support_handover")
