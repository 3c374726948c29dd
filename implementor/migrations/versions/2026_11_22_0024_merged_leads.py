"""Let leads be merged: what remains of one leads to the other."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_0024"
down_revision = "2026_11_22_0023"
branch_labels = None
depends_on = None
MERGED = sa.text("merged_into_id IS NOT NULL")
# SQLite takes a link with the column; adding it afterwards would write the whole table anew
WITH_LINK = sa.text(
    "ALTER TABLE lead ADD COLUMN merged_into_id INTEGER CONSTRAINT fk_lead_merged_into_id REFERENCES lead (id)"
)


def upgrade() -> None:
    """Go forward."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(WITH_LINK)
    else:
        op.add_column("lead", sa.Column("merged_into_id", sa.BigInteger(), nullable=True))
        op.create_foreign_key("fk_lead_merged_into_id", "lead", "lead", ["merged_into_id"], ["id"])
    op.create_index("ix_lead_merged_into_id", "lead", ["merged_into_id"], sqlite_where=MERGED, postgresql_where=MERGED)


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_lead_merged_into_id", table_name="lead")
    op.drop_column("lead", "merged_into_id")
