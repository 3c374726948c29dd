"""Indexes of merged records hold those alone: lists were read by the many that were never merged."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_0014"
down_revision = "2026_11_22_0013"
branch_labels = None
depends_on = None
MERGED = sa.text("merged_into_id IS NOT NULL")


def upgrade() -> None:
    """Go forward."""
    for table in ("account", "contact"):
        name = f"ix_{table}_merged_into_id"
        op.drop_index(name, table_name=table)
        op.create_index(name, table, ["merged_into_id"], sqlite_where=MERGED, postgresql_where=MERGED)


def downgrade() -> None:
    """Go back."""
    for table in ("account", "contact"):
        name = f"ix_{table}_merged_into_id"
        op.drop_index(name, table_name=table)
        op.create_index(name, table, ["merged_into_id"])
