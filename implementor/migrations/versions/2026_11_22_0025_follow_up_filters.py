"""Interactions are found by the day they are to be followed up, and by what their channel calls them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_0025"
down_revision = "2026_11_22_0024"
branch_labels = None
depends_on = None
COLUMNS = ("external_id", "follow_up_on", "follow_up_done_at")


def upgrade() -> None:
    """Go forward."""
    for column in COLUMNS:
        told = sa.text(f"archived_at IS NULL AND {column} IS NOT NULL")
        op.create_index(
            f"ix_interaction_{column}", "interaction", [column, "id"], sqlite_where=told, postgresql_where=told
        )


def downgrade() -> None:
    """Go back."""
    for column in COLUMNS:
        op.drop_index(f"ix_interaction_{column}", table_name="interaction")
