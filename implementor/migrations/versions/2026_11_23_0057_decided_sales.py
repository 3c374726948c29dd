"""Figures over sales that were decided within some days are answered by an index alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_0057"
down_revision = "2026_11_23_0056"
branch_labels = None
depends_on = None

INDEX = "ix_opportunity_decided"
COLUMNS = ["status", "closed_at", "began_at", "currency", "amount", "account_id", "archived_at"]
IN_USE = sa.text("archived_at IS NULL")


def upgrade() -> None:
    """Go forward."""
    op.create_index(INDEX, "opportunity", COLUMNS, sqlite_where=IN_USE, postgresql_where=IN_USE)


def downgrade() -> None:
    """Go back."""
    op.drop_index(INDEX, "opportunity")
