"""Rows of imports that were taken without some of their cells."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_22_0020"
down_revision = "2026_11_22_0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "emptied_row",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("row", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "reasons", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=op.f("fk_emptied_row_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emptied_row")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_emptied_row_run", "emptied_row", ["run_id", "id"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_emptied_row_run", table_name="emptied_row")
    op.drop_table("emptied_row")
