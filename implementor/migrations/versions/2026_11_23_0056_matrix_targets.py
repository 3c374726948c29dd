"""Rows of the assignment matrix may point at a record."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_0056"
down_revision = "2026_11_23_0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("matrix_item", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.add_column(sa.Column("target_kind", sa.Text(), nullable=True))
        table.add_column(sa.Column("target_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        table.create_check_constraint(op.f("ck_matrix_item_target"), "(target_kind IS NULL) = (target_id IS NULL)")


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("matrix_item", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.drop_constraint(op.f("ck_matrix_item_target"), type_="check")
        table.drop_column("target_id")
        table.drop_column("target_kind")
