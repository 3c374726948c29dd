"""The first correct records of people."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_0091"
down_revision = "2026_11_23_0090"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "adoption_correct_record",
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column(
            "record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("correct_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_adoption_correct_record_user_id")),
        sa.PrimaryKeyConstraint("user_id", "kind", "record_id", name=op.f("pk_adoption_correct_record")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("adoption_person_day", schema=None) as batch_op:
        batch_op.add_column(sa.Column("started_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("correct", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("first_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("tenth_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("adoption_person_day", schema=None) as batch_op:
        batch_op.drop_column("tenth_on")
        batch_op.drop_column("first_on")
        batch_op.drop_column("correct")
        batch_op.drop_column("started_on")

    op.drop_table("adoption_correct_record")
