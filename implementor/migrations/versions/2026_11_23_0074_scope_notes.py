"""Reasons why the scope of a wave changed after its start."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_23_0074"
down_revision = "2026_11_23_0073"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "scope_note",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("wave_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("fact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_scope_note_said")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_scope_note_created_by_id")),
        sa.ForeignKeyConstraint(["fact_id"], ["story_fact.id"], name=op.f("fk_scope_note_fact_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "wave_id"], ["wave.project_id", "wave.id"], name=op.f("fk_scope_note_project_id_wave_id")
        ),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_scope_note_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scope_note")),
        sa.UniqueConstraint("fact_id", name=op.f("uq_scope_note_fact_id")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_scope_note_project_id_id")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("scope_note")
