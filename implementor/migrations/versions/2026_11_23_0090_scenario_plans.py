"""Exact plans of scenarios."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_0090"
down_revision = "2026_11_23_0089"
branch_labels = None
depends_on = None

FIELDS, SCENARIO = ["project_id", "scenario_id"], ["project_id", "id"]
KEY = "fk_suggestion_project_id_scenario_id"


def upgrade() -> None:
    """Go forward."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    with op.batch_alter_table("suggestion", schema=None) as suggestion:
        suggestion.add_column(sa.Column("scenario_id", number, nullable=True))
        suggestion.create_index("ix_suggestion_scenario", ["project_id", "scenario_id", "id"], unique=False)
        suggestion.create_foreign_key(op.f(KEY), "scenario", FIELDS, SCENARIO)


def downgrade() -> None:
    """Go back; what was found for scenarios would be taken for plans of waves, and can be found again."""
    op.execute("DELETE FROM suggestion WHERE scenario_id IS NOT NULL")
    with op.batch_alter_table("suggestion", schema=None) as suggestion:
        suggestion.drop_constraint(op.f(KEY), type_="foreignkey")
        suggestion.drop_index("ix_suggestion_scenario")
        suggestion.drop_column("scenario_id")
