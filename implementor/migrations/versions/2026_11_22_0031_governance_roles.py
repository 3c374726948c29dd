"""Terms and deputies of governance roles, and roles handed over for some days."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_22_0031"
down_revision = "2026_11_22_0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "role_delegation",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("from_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("to_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ended_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_role_delegation_days")),
        sa.CheckConstraint("from_id <> to_id", name=op.f("ck_role_delegation_another")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_role_delegation_created_by_id")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["user.id"], name=op.f("fk_role_delegation_ended_by_id")),
        sa.ForeignKeyConstraint(["from_id"], ["user.id"], name=op.f("fk_role_delegation_from_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_role_delegation_project_id")),
        sa.ForeignKeyConstraint(["to_id"], ["user.id"], name=op.f("fk_role_delegation_to_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_role_delegation_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_delegation")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_role_delegation_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_role_delegation_project", "role_delegation", ["project_id", "ends_on", "id"], unique=False)
    op.create_index("ix_role_delegation_to", "role_delegation", ["to_id", "project_id", "ends_on"], unique=False)
    op.create_table(
        "role_term",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("membership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("deputy_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("mandate", sa.Text(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_role_term_term")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_role_term_created_by_id")),
        sa.ForeignKeyConstraint(["deputy_id"], ["user.id"], name=op.f("fk_role_term_deputy_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "membership_id"],
            ["membership.project_id", "membership.id"],
            name=op.f("fk_role_term_project_id_membership_id"),
        ),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_role_term_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_term")),
        sa.UniqueConstraint("membership_id", name=op.f("uq_role_term_membership_id")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_role_term_project_id_id")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("role_term")
    op.drop_index("ix_role_delegation_to", table_name="role_delegation")
    op.drop_index("ix_role_delegation_project", table_name="role_delegation")
    op.drop_table("role_delegation")
