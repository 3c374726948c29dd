"""Licences may be counted by what knows them, beside counts that somebody writes down."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_0060"
down_revision = "2026_11_23_0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("contract", sa.Column("counted_by", sa.Text(), nullable=True))
    op.add_column("licence_count", sa.Column("source", sa.Text(), nullable=True))


def downgrade() -> None:
    """Go back."""
    op.drop_column("licence_count", "source")
    op.drop_column("contract", "counted_by")
