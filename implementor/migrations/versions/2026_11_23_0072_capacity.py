"""Who has time in a wave: shares, days off and the stated rate."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_23_0072"
down_revision = "2026_11_23_0071"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "capacity_rate",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("points_per_day", model.Scaled(4), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("points_per_day >= 0", name=op.f("ck_capacity_rate_never_negative")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_capacity_rate_created_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_capacity_rate_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_capacity_rate_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capacity_rate")),
        sa.UniqueConstraint("project_id", name=op.f("uq_capacity_rate_project_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "day_off",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_day_off_starts_before_end")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_day_off_created_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_day_off_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_day_off_updated_by_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_day_off_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_off")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_day_off_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_day_off_user_id", "day_off", ["user_id", "ends_on", "starts_on"], unique=False)
    op.create_table(
        "capacity_share",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("wave_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("hours_per_day", model.Scaled(2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "(user_id IS NULL) <> (label IS NULL)", name=op.f("ck_capacity_share_person_or_placeholder")
        ),
        sa.CheckConstraint("hours_per_day BETWEEN 0 AND 2400", name=op.f("ck_capacity_share_hours")),
        sa.CheckConstraint("people BETWEEN 1 AND 50", name=op.f("ck_capacity_share_people")),
        sa.CheckConstraint("share BETWEEN 0 AND 100", name=op.f("ck_capacity_share_share")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_capacity_share_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "wave_id"], ["wave.project_id", "wave.id"], name=op.f("fk_capacity_share_project_id_wave_id")
        ),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_capacity_share_updated_by_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_capacity_share_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capacity_share")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_capacity_share_project_id_id")),
        sa.UniqueConstraint("wave_id", "user_id", name=op.f("uq_capacity_share_wave_id_user_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_capacity_share_user_id", "capacity_share", ["user_id", "wave_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_capacity_share_user_id", table_name="capacity_share")
    op.drop_table("capacity_share")
    op.drop_index("ix_day_off_user_id", table_name="day_off")
    op.drop_table("day_off")
    op.drop_table("capacity_rate")
