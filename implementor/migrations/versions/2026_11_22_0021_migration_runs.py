"""Migration runs with their figures and signatures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from implementor.foundation import model

revision = "2026_11_22_0021"
down_revision = "2026_11_22_0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "migration_run",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("wave_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("system", sa.Text(), nullable=False),
        sa.Column("migrated_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("counted_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("counted_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("signed_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("signed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("archived_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("archived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "(signed_at IS NULL) = (signed_by_id IS NULL)", name=op.f("ck_migration_run_signed_by_somebody")
        ),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_migration_run_archived_by_id")),
        sa.ForeignKeyConstraint(["counted_by_id"], ["user.id"], name=op.f("fk_migration_run_counted_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_migration_run_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "wave_id"], ["wave.project_id", "wave.id"], name=op.f("fk_migration_run_project_id_wave_id")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_migration_run_project_id")),
        sa.ForeignKeyConstraint(["signed_by_id"], ["user.id"], name=op.f("fk_migration_run_signed_by_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_migration_run_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_migration_run")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_migration_run_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_migration_run_list", "migration_run", ["project_id", "signed_at", "id"], unique=False)
    op.create_index("ix_migration_run_wave", "migration_run", ["project_id", "wave_id"], unique=False)
    op.create_table(
        "migration_figure",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("system", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("expected", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("found", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "beside", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("explanation", sa.Text(), nullable=True),
        sa.Column("explained_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("explained_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("archived_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("archived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_migration_figure_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_migration_figure_created_by_id")),
        sa.ForeignKeyConstraint(["explained_by_id"], ["user.id"], name=op.f("fk_migration_figure_explained_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "run_id"],
            ["migration_run.project_id", "migration_run.id"],
            name=op.f("fk_migration_figure_project_id_run_id"),
        ),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_migration_figure_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_migration_figure")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_migration_figure_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_migration_figure_once",
        "migration_figure",
        ["run_id", "kind", "system", "measure", "currency"],
        unique=True,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_table(
        "migration_signature",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("signed_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("signed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "figures", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("reopened_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("reopened_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(reopened_at IS NULL) = (reason IS NULL)", name=op.f("ck_migration_signature_reopened_for_a_reason")
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "run_id"],
            ["migration_run.project_id", "migration_run.id"],
            name=op.f("fk_migration_signature_project_id_run_id"),
        ),
        sa.ForeignKeyConstraint(["reopened_by_id"], ["user.id"], name=op.f("fk_migration_signature_reopened_by_id")),
        sa.ForeignKeyConstraint(["signed_by_id"], ["user.id"], name=op.f("fk_migration_signature_signed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_migration_signature")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_migration_signature_run", "migration_signature", ["run_id", "id"], unique=False)
    op.create_index(
        "ix_migration_signature_stands",
        "migration_signature",
        ["run_id"],
        unique=True,
        sqlite_where=sa.text("reopened_at IS NULL"),
        postgresql_where=sa.text("reopened_at IS NULL"),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_index(
        "ix_migration_signature_stands",
        table_name="migration_signature",
        sqlite_where=sa.text("reopened_at IS NULL"),
        postgresql_where=sa.text("reopened_at IS NULL"),
    )
    op.drop_index("ix_migration_signature_run", table_name="migration_signature")
    op.drop_table("migration_signature")
    op.drop_index(
        "ix_migration_figure_once",
        table_name="migration_figure",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_table("migration_figure")
    op.drop_index("ix_migration_run_wave", table_name="migration_run")
    op.drop_index("ix_migration_run_list", table_name="migration_run")
    op.drop_table("migration_run")
