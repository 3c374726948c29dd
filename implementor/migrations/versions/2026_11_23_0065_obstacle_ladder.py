"""Obstacles climb: whose matter they are, until when, and each step that they took."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_23_0065"
down_revision = "2026_11_23_0064"
branch_labels = None
depends_on = None


RUNG = "rung IN ('owner', 'lead', 'sponsor', 'committee')"
STATE = sa.table(
    "obstacle",
    sa.column("kind", sa.Text()),
    sa.column("rung", sa.Text()),
    sa.column("rung_at", model.UtcMoment(timezone=True)),
)


def upgrade() -> None:
    """Go forward; the clocks of what stands in the way begin with this."""
    with op.batch_alter_table("obstacle", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.add_column(sa.Column("hours_lost", model.Scaled(2), nullable=True))
        table.add_column(sa.Column("rung", sa.Text(), nullable=True))
        table.add_column(sa.Column("rung_at", model.UtcMoment(timezone=True), nullable=True))
        table.add_column(sa.Column("escalates_at", model.UtcMoment(timezone=True), nullable=True))
    first = sa.case((STATE.c.kind == "policy", "sponsor"), else_="owner")
    op.execute(STATE.update().values(rung=first, rung_at=datetime.now(UTC)))
    with op.batch_alter_table("obstacle", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.alter_column("rung", existing_type=sa.Text(), nullable=False)
        table.alter_column("rung_at", existing_type=model.UtcMoment(timezone=True), nullable=False)
        table.create_check_constraint(op.f("ck_obstacle_rung"), RUNG)
        table.create_check_constraint(op.f("ck_obstacle_hours_lost"), "hours_lost >= 0")
    op.create_index("ix_obstacle_escalates_at", "obstacle", ["escalates_at"], unique=False)
    op.create_table(
        "obstacle_clock",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("days BETWEEN 1 AND 90", name=op.f("ck_obstacle_clock_days")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_obstacle_clock_created_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_obstacle_clock_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_obstacle_clock_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obstacle_clock")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_obstacle_clock_project_id_id")),
        sa.UniqueConstraint("project_id", "kind", "severity", name=op.f("uq_obstacle_clock_project_id_kind_severity")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "obstacle_escalation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("obstacle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rung", sa.Text(), nullable=False),
        sa.Column("at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_obstacle_escalation_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "obstacle_id"],
            ["obstacle.project_id", "obstacle.id"],
            name=op.f("fk_obstacle_escalation_project_id_obstacle_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obstacle_escalation")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_obstacle_escalation_obstacle", "obstacle_escalation", ["project_id", "obstacle_id", "id"], unique=False
    )


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_obstacle_escalation_obstacle", table_name="obstacle_escalation")
    op.drop_table("obstacle_escalation")
    op.drop_table("obstacle_clock")
    op.drop_index("ix_obstacle_escalates_at", table_name="obstacle")
    with op.batch_alter_table("obstacle", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.drop_constraint(op.f("ck_obstacle_rung"), type_="check")
        table.drop_constraint(op.f("ck_obstacle_hours_lost"), type_="check")
        for name in ("escalates_at", "rung_at", "rung", "hours_lost"):
            table.drop_column(name)
