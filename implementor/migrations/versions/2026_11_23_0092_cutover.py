"""Steps of going live and rehearsals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_23_0092"
down_revision = "2026_11_23_0091"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "cutover_rehearsal",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("wave_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("went_back", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("times", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("archived_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("archived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_cutover_rehearsal_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_cutover_rehearsal_created_by_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_cutover_rehearsal_owner_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "wave_id"],
            ["wave.project_id", "wave.id"],
            name=op.f("fk_cutover_rehearsal_project_id_wave_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_cutover_rehearsal_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_cutover_rehearsal_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cutover_rehearsal")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_cutover_rehearsal_project_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("cutover_rehearsal", schema=None) as batch_op:
        batch_op.create_index("ix_cutover_rehearsal_list", ["project_id", "wave_id", "held_on", "id"], unique=False)

    op.create_table(
        "cutover_step",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("wave_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("starts_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("point_of_no_return", sa.Boolean(), nullable=False),
        sa.Column("way_back", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("begun_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("ended_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("archived_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("archived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'running', 'done', 'failed', 'skipped')", name=op.f("ck_cutover_step_state")
        ),
        sa.CheckConstraint("ended_at IS NULL OR begun_at <= ended_at", name=op.f("ck_cutover_step_moments")),
        sa.CheckConstraint("minutes BETWEEN 0 AND 10000", name=op.f("ck_cutover_step_minutes")),
        sa.CheckConstraint("number BETWEEN 1 AND 999", name=op.f("ck_cutover_step_number")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_cutover_step_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_cutover_step_created_by_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_cutover_step_owner_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "wave_id"], ["wave.project_id", "wave.id"], name=op.f("fk_cutover_step_project_id_wave_id")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_cutover_step_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_cutover_step_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cutover_step")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_cutover_step_project_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("cutover_step", schema=None) as batch_op:
        batch_op.create_index("ix_cutover_step_list", ["project_id", "wave_id", "number", "id"], unique=False)
        batch_op.create_index("ix_cutover_step_owner", ["owner_id", "id"], unique=False)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("cutover_step", schema=None) as batch_op:
        batch_op.drop_index("ix_cutover_step_owner")
        batch_op.drop_index("ix_cutover_step_list")

    op.drop_table("cutover_step")
    with op.batch_alter_table("cutover_rehearsal", schema=None) as batch_op:
        batch_op.drop_index("ix_cutover_rehearsal_list")

    op.drop_table("cutover_rehearsal")
