"""Notices behind the bell, and what each person wants to hear of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from implementor.foundation import model

revision = "2026_11_22_0018"
down_revision = "2026_11_22_0017"
branch_labels = None
depends_on = None

UNREAD = sa.text("read_at IS NULL")


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "notice",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("sentence", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("record_kind", sa.Text(), nullable=False),
        sa.Column("record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("moment", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("read_at", model.UtcMoment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_notice_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("user_id", "key", name=op.f("uq_notice_user_id_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notice_newest", "notice", ["user_id", "id"], unique=False)
    op.create_index(
        "ix_notice_unread",
        "notice",
        ["user_id"],
        unique=False,
        sqlite_where=UNREAD,
        postgresql_where=UNREAD,
    )
    op.create_table(
        "notice_choice",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("by_bell", sa.Boolean(), nullable=False),
        sa.Column("by_mail", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_notice_choice_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_choice")),
        sa.UniqueConstraint("user_id", "kind", name=op.f("uq_notice_choice_user_id_kind")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("notice_choice")
    op.drop_index(
        "ix_notice_unread",
        table_name="notice",
        sqlite_where=UNREAD,
        postgresql_where=UNREAD,
    )
    op.drop_index("ix_notice_newest", table_name="notice")
    op.drop_table("notice")
