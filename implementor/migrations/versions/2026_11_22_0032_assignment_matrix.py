"""The assignment matrix: rows, and what each role has to do with them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_22_0032"
down_revision = "2026_11_22_0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "matrix_item",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("archived_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("archived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("kind IN ('stage', 'deliverable', 'decision', 'other')", name=op.f("ck_matrix_item_kind")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_matrix_item_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_matrix_item_created_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_matrix_item_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_matrix_item_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matrix_item")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_matrix_item_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_matrix_item_list", "matrix_item", ["project_id", "place", "id"], unique=False)
    op.create_table(
        "matrix_mark",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("mark IN ('R', 'A', 'AR', 'C', 'I')", name=op.f("ck_matrix_mark_mark")),
        sa.CheckConstraint(
            "role IN ('sponsor', 'committee', 'project_lead', 'functional_lead', 'data_lead', 'change_lead', 'member', 'viewer')",
            name=op.f("ck_matrix_mark_role"),
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_matrix_mark_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "item_id"],
            ["matrix_item.project_id", "matrix_item.id"],
            name=op.f("fk_matrix_mark_project_id_item_id"),
        ),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_matrix_mark_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matrix_mark")),
        sa.UniqueConstraint("item_id", "role", name=op.f("uq_matrix_mark_item_id_role")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_matrix_mark_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_matrix_mark_accountable",
        "matrix_mark",
        ["item_id"],
        unique=True,
        sqlite_where=sa.text("mark IN ('A', 'AR')"),
        postgresql_where=sa.text("mark IN ('A', 'AR')"),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_index(
        "uq_matrix_mark_accountable",
        table_name="matrix_mark",
        sqlite_where=sa.text("mark IN ('A', 'AR')"),
        postgresql_where=sa.text("mark IN ('A', 'AR')"),
    )
    op.drop_table("matrix_mark")
    op.drop_index("ix_matrix_item_list", table_name="matrix_item")
    op.drop_table("matrix_item")
