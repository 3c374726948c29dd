"""Consolidated packs of programmes and of the portfolio."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from implementor.foundation import model

revision = "2026_11_23_0052"
down_revision = "2026_11_23_0051"
branch_labels = None
depends_on = None

FROZEN = ("consolidated_pack", "consolidated_pack_project", "consolidated_file")
"""Tables whose rows neither change nor go."""


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "consolidated_pack",
        sa.Column("programme_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("issued_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("issued_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "content", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_consolidated_pack_created_by_id")),
        sa.ForeignKeyConstraint(["issued_by_id"], ["user.id"], name=op.f("fk_consolidated_pack_issued_by_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_consolidated_pack_programme_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_consolidated_pack_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consolidated_pack")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_consolidated_pack_programme_id", "consolidated_pack", ["programme_id", "id"], unique=False)
    op.create_table(
        "consolidated_file",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("pack_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("made_at", model.UtcMoment(timezone=True), nullable=False),
        sa.CheckConstraint("format IN ('pdf', 'pptx', 'xlsx')", name=op.f("ck_consolidated_file_format")),
        sa.ForeignKeyConstraint(["pack_id"], ["consolidated_pack.id"], name=op.f("fk_consolidated_file_pack_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consolidated_file")),
        sa.UniqueConstraint("pack_id", "format", name=op.f("uq_consolidated_file_pack_id_format")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "consolidated_link",
        sa.Column("pack_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("expires_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("revoked_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("revoked_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_consolidated_link_created_by_id")),
        sa.ForeignKeyConstraint(["pack_id"], ["consolidated_pack.id"], name=op.f("fk_consolidated_link_pack_id")),
        sa.ForeignKeyConstraint(["revoked_by_id"], ["user.id"], name=op.f("fk_consolidated_link_revoked_by_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_consolidated_link_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consolidated_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_consolidated_link_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_consolidated_link_pack", "consolidated_link", ["pack_id", "id"], unique=False)
    op.create_table(
        "consolidated_pack_project",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("pack_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("shows_money", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pack_id"], ["consolidated_pack.id"], name=op.f("fk_consolidated_pack_project_pack_id")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_consolidated_pack_project_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consolidated_pack_project")),
        sa.UniqueConstraint("pack_id", "project_id", name=op.f("uq_consolidated_pack_project_pack_id_project_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_consolidated_pack_project_project_id", "consolidated_pack_project", ["project_id"], unique=False
    )
    op.create_table(
        "consolidated_opening",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("link_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("block", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["link_id"], ["consolidated_link.id"], name=op.f("fk_consolidated_opening_link_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consolidated_opening")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_consolidated_opening_link", "consolidated_opening", ["link_id", "id"], unique=False)
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in FROZEN:
        for deed, name in (("UPDATE", f"{table}_stays"), ("DELETE", f"{table}_remains")):
            body = (
                f"BEGIN SELECT RAISE(ABORT, '{table} is frozen'); END"
                if is_sqlite
                else "EXECUTE FUNCTION refuse_frozen()"
            )
            op.get_bind().execute(sa.text(f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH ROW {body}"))


def downgrade() -> None:
    """Go back; the triggers go with their tables."""
    op.drop_index("ix_consolidated_opening_link", table_name="consolidated_opening")
    op.drop_table("consolidated_opening")
    op.drop_index("ix_consolidated_pack_project_project_id", table_name="consolidated_pack_project")
    op.drop_table("consolidated_pack_project")
    op.drop_index("ix_consolidated_link_pack", table_name="consolidated_link")
    op.drop_table("consolidated_link")
    op.drop_table("consolidated_file")
    op.drop_index("ix_consolidated_pack_programme_id", table_name="consolidated_pack")
    op.drop_table("consolidated_pack")
