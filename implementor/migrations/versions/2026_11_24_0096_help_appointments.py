"""Appointments for help, and mails that carry a calendar file."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_24_0096"
down_revision = "2026_11_24_0095"
branch_labels = None
depends_on = None

CHECKS = {
    "meeting_of_a_length": "(meets_at IS NULL) = (meets_minutes IS NULL)",
    "meeting_in_a_zone": "(meets_at IS NULL) = (meets_zone IS NULL)",
    "meeting_with_somebody": "(meets_at IS NULL) = (meets_with_id IS NULL)",
    "meeting_minutes": "meets_minutes BETWEEN 5 AND 480",
}
COLUMNS = ("meets_at", "meets_minutes", "meets_zone", "meets_place", "meets_link", "meets_with_id", "meets_number")
KEY, INDEX = "fk_intervention_meets_with_id", "ix_intervention_meets_with_id"
IDS_ONCE = {"sqlite_autoincrement": True}
"""Said whenever the table is made anew: SQLite would give ids again otherwise."""


def upgrade() -> None:
    """Go forward."""
    op.add_column("outbox_message", sa.Column("calendar", sa.Text(), nullable=True))
    with op.batch_alter_table("intervention", table_kwargs=IDS_ONCE) as intervention:
        intervention.add_column(sa.Column("meets_at", model.UtcMoment(timezone=True), nullable=True))
        intervention.add_column(sa.Column("meets_minutes", sa.Integer(), nullable=True))
        for name in ("meets_zone", "meets_place", "meets_link"):
            intervention.add_column(sa.Column(name, sa.Text(), nullable=True))
        number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
        intervention.add_column(sa.Column("meets_with_id", number, nullable=True))
        intervention.add_column(sa.Column("meets_number", sa.Integer(), nullable=False, server_default="0"))
        intervention.create_foreign_key(op.f(KEY), "user", ["meets_with_id"], ["id"])
        intervention.create_index(INDEX, ["meets_with_id", "meets_at"], unique=False)
        for name, condition in CHECKS.items():
            intervention.create_check_constraint(op.f(f"ck_intervention_{name}"), condition)
    with op.batch_alter_table("intervention", table_kwargs=IDS_ONCE) as intervention:
        intervention.alter_column("meets_number", server_default=None)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("intervention", table_kwargs=IDS_ONCE) as intervention:
        for name in CHECKS:
            intervention.drop_constraint(op.f(f"ck_intervention_{name}"), type_="check")
        intervention.drop_constraint(op.f(KEY), type_="foreignkey")
        intervention.drop_index(INDEX)
        for name in reversed(COLUMNS):
            intervention.drop_column(name)
    op.drop_column("outbox_message", "calendar")
