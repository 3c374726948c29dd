"""Keep results of training and what participants thought of a session."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_0084"
down_revision = "2026_11_23_0083"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "session_evaluation",
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name=op.f("ck_session_evaluation_stars")),
        sa.ForeignKeyConstraint(
            ["project_id", "session_id"],
            ["training_session.project_id", "training_session.id"],
            name=op.f("fk_session_evaluation_project_id_session_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_session_evaluation_project_id")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_session_evaluation")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("session_evaluation", schema=None) as batch_op:
        batch_op.create_index("ix_session_evaluation_session", ["project_id", "session_id"], unique=False)

    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("result", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("has_evaluated", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_check_constraint(
            op.f("ck_enrolment_result"), "result IN ('distinction', 'passed', 'failed', 'withdrawn')"
        )
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.alter_column("has_evaluated", server_default=None)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_enrolment_result"), type_="check")
        batch_op.drop_column("has_evaluated")
        batch_op.drop_column("result")

    with op.batch_alter_table("session_evaluation", schema=None) as batch_op:
        batch_op.drop_index("ix_session_evaluation_session")

    op.drop_table("session_evaluation")
