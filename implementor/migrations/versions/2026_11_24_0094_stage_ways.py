"""Stages whose very many open sales are on their way to another one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from implementor.foundation import model

revision = "2026_11_24_0094"
down_revision = "2026_11_23_0093"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    kept = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
    op.add_column("pipeline_stage", sa.Column("way", kept, nullable=True))
    op.add_column("release_move", sa.Column("since", model.UtcMoment(timezone=True), nullable=True))


def downgrade() -> None:
    """Go back."""
    op.drop_column("release_move", "since")
    op.drop_column("pipeline_stage", "way")
