"""Limits between the colours of a project."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_22_0048"
down_revision = "2026_11_22_0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "colour_limit",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("scope_green", sa.Integer(), nullable=False),
        sa.Column("scope_amber", sa.Integer(), nullable=False),
        sa.Column("time_green", sa.Integer(), nullable=False),
        sa.Column("time_amber", sa.Integer(), nullable=False),
        sa.Column("days_late", sa.Integer(), nullable=False),
        sa.Column("money_green", sa.Integer(), nullable=False),
        sa.Column("money_amber", sa.Integer(), nullable=False),
        sa.Column("quality_green", sa.Integer(), nullable=False),
        sa.Column("quality_amber", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_colour_limit_created_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_colour_limit_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_colour_limit_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_colour_limit")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_colour_limit_project_id_id")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_colour_limit_project_id_number")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("colour_limit")
