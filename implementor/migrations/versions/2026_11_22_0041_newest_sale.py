"""The index by which a sales board learns when anything of its pipeline changed last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_0041"
down_revision = "2026_11_22_0040"
branch_labels = None
depends_on = None

NAME = "ix_opportunity_list_pipeline_id_updated_at"
IN_USE = sa.text("archived_at IS NULL")


def upgrade() -> None:
    """Go forward."""
    columns = ["pipeline_id", "updated_at", "id"]
    op.create_index(NAME, "opportunity", columns, sqlite_where=IN_USE, postgresql_where=IN_USE)


def downgrade() -> None:
    """Go back."""
    op.drop_index(NAME, table_name="opportunity", sqlite_where=IN_USE, postgresql_where=IN_USE)
