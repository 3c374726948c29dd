"""A discount on the whole of an order, beyond what its lines give."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_22_0019"
down_revision = "2026_11_22_0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("customer_order", sa.Column("discount_ratio", model.Scaled(4), nullable=True))


def downgrade() -> None:
    """Go back."""
    op.drop_column("customer_order", "discount_ratio")
