"""Records that a job moves after a release, and words that they are on their way to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_23_0051"
down_revision = "2026_11_22_0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("picklist_value", sa.Column("moves_to", sa.Text(), nullable=True))
    op.create_table(
        "release_move",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("release_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("operation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("total", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("moved", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("last_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ended_at", model.UtcMoment(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('moving', 'done', 'returning', 'returned')", name=op.f("ck_release_move_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "operation_id"],
            ["release_operation.project_id", "release_operation.id"],
            name=op.f("fk_release_move_project_id_operation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "release_id"],
            ["config_release.project_id", "config_release.id"],
            name=op.f("fk_release_move_project_id_release_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_move")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_release_move_operation", "release_move", ["project_id", "operation_id"], unique=False)
    op.create_index("ix_release_move_release", "release_move", ["project_id", "release_id", "id"], unique=False)
    op.create_index(
        "ix_release_move_under_way",
        "release_move",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state IN ('moving', 'returning')"),
        postgresql_where=sa.text("state IN ('moving', 'returning')"),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_index(
        "ix_release_move_under_way",
        table_name="release_move",
        sqlite_where=sa.text("state IN ('moving', 'returning')"),
        postgresql_where=sa.text("state IN ('moving', 'returning')"),
    )
    op.drop_index("ix_release_move_release", table_name="release_move")
    op.drop_index("ix_release_move_operation", table_name="release_move")
    op.drop_table("release_move")
    op.drop_column("picklist_value", "moves_to")
