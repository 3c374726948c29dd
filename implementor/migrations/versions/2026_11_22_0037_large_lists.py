"""Indexes by which open sales are listed by amount, and the sums of board and forecast are read without the table."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_0037"
down_revision = "2026_11_22_0036"
branch_labels = None
depends_on = None

IN_USE = sa.text("archived_at IS NULL")
FORECAST = ("status", "close_on", "owner_id", "stage_id", "currency", "probability_ratio")
NEW = {
    "ix_opportunity_closed": (
        "pipeline_id", "closed_at", "stage_id", "currency", "amount", "owner_id", "archived_at",
    ),
    "ix_opportunity_list_status_amount": ("status", "amount", "id"),
    "ix_opportunity_list_status_updated_at": ("status", "updated_at", "id"),
}  # fmt: skip


def upgrade() -> None:
    """Go forward."""
    op.drop_index("ix_opportunity_forecast", table_name="opportunity", sqlite_where=IN_USE, postgresql_where=IN_USE)
    wider = (*FORECAST, "base_currency", "amount", "base_amount", "pipeline_id", "archived_at")
    for name, columns in {"ix_opportunity_forecast": wider, **NEW}.items():
        op.create_index(name, "opportunity", list(columns), sqlite_where=IN_USE, postgresql_where=IN_USE)


def downgrade() -> None:
    """Go back."""
    for name in ("ix_opportunity_forecast", *NEW):
        op.drop_index(name, table_name="opportunity", sqlite_where=IN_USE, postgresql_where=IN_USE)
    narrower = [*FORECAST, "amount", "archived_at"]
    op.create_index("ix_opportunity_forecast", "opportunity", narrower, sqlite_where=IN_USE, postgresql_where=IN_USE)
