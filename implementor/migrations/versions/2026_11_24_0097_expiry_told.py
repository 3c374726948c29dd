"""Keep of which last day the holder of a certificate was told, instead of when: nothing was ever told so far."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_24_0097"
down_revision = "2026_11_24_0096"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("enrolment", sa.Column("expiry_told_for", sa.Date(), nullable=True))
    op.drop_column("enrolment", "expiry_told_at")


def downgrade() -> None:
    """Go back."""
    op.add_column("enrolment", sa.Column("expiry_told_at", model.UtcMoment(timezone=True), nullable=True))
    op.drop_column("enrolment", "expiry_told_for")
