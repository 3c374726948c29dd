"""Words to which very many records are on their way back, and records that somebody changed meanwhile."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_24_0098"
down_revision = "2026_11_24_0097"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; jobs that bring records back now go through their log from its end, so they begin again."""
    kept = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
    op.add_column("picklist_value", sa.Column("come_back", kept, nullable=True))
    op.add_column("release_row", sa.Column("is_kept", sa.Boolean(), nullable=True))
    op.execute("UPDATE release_move SET last_id = 0 WHERE state = 'returning' AND since IS NULL")


def downgrade() -> None:
    """Go back."""
    op.drop_column("release_row", "is_kept")
    op.drop_column("picklist_value", "come_back")
