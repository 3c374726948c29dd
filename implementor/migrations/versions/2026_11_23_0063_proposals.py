"""What stands on the paper of a quote before its lines, and the template that it was filled in from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_0063"
down_revision = "2026_11_23_0062"
branch_labels = None
depends_on = None
COLUMNS = (("introduction", sa.Text()), ("proposal_uid", sa.Text()), ("proposal_version", sa.Integer()))


def upgrade() -> None:
    """Go forward."""
    for name, kind in COLUMNS:
        op.add_column("quote", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    """Go back."""
    for name, _kind in COLUMNS:
        op.drop_column("quote", name)
