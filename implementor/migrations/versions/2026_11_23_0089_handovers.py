"""Projects are handed on to a committee and a keeper."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_23_0089"
down_revision = "2026_11_23_0088"
branch_labels = None
depends_on = None

STATUS = "ck_project_status"
STATES = "status IN ('active', 'paused', 'closed', 'handed_on')"
BEFORE = "status IN ('active', 'paused', 'closed')"


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("project", table_kwargs={"sqlite_autoincrement": True}) as project:
        project.drop_constraint(op.f(STATUS), type_="check")
        project.create_check_constraint(op.f(STATUS), STATES)
    op.create_table(
        "handover",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("committee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("keeper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("ended_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("ended_because", sa.Text(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_because IS NULL)", name=op.f("ck_handover_ended")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_handover_created_by_id")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["user.id"], name=op.f("fk_handover_ended_by_id")),
        sa.ForeignKeyConstraint(["keeper_id"], ["user.id"], name=op.f("fk_handover_keeper_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "committee_id"],
            ["committee.project_id", "committee.id"],
            name=op.f("fk_handover_project_id_committee_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_handover_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_handover_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_handover_project_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.create_index("ix_handover_keeper_id", ["keeper_id", "ended_at"], unique=False)
        batch_op.create_index(
            "uq_handover_stands",
            ["project_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )


def downgrade() -> None:
    """Go back; what was handed on is closed."""
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_handover_stands", sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL")
        )
        batch_op.drop_index("ix_handover_keeper_id")

    op.drop_table("handover")
    op.execute("UPDATE project SET status = 'closed' WHERE status = 'handed_on'")
    with op.batch_alter_table("project", table_kwargs={"sqlite_autoincrement": True}) as project:
        project.drop_constraint(op.f(STATUS), type_="check")
        project.create_check_constraint(op.f(STATUS), BEFORE)
