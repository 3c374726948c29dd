"""A wanted report says which kept report answers it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_0070"
down_revision = "2026_11_23_0069"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("report_requirement", sa.Column("report_uid", sa.Text(), nullable=True))


def downgrade() -> None:
    """Go back."""
    op.drop_column("report_requirement", "report_uid")
