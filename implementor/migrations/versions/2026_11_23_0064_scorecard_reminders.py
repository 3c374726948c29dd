"""An edition of a scorecard remembers when areas were reminded of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_23_0064"
down_revision = "2026_11_23_0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("scorecard_edition", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.add_column(sa.Column("reminded_at", model.UtcMoment(timezone=True), nullable=True))


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("scorecard_edition", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.drop_column("reminded_at")
