"""Keys that records are recognised by, candidate pairs, and merges."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from implementor.foundation import model

revision = "2026_11_22_0006"
down_revision = "2026_11_22_0005"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
IS_OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "match_key",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("value", KEY, nullable=False),
        sa.Column("record_id", BIG, nullable=False),
        sa.PrimaryKeyConstraint("kind", "role", "value", "record_id", name="pk_match_key"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_match_key_record", "match_key", ["record_id", "kind"])
    op.create_table(
        "duplicate_pair",
        sa.Column("id", BIG, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("left_id", BIG, nullable=False),
        sa.Column("right_id", BIG, nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("parts", JSON, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("found_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("decided_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("decided_by_id", BIG, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("left_id < right_id", name="ck_duplicate_pair_in_order"),
        sa.CheckConstraint("state in ('open', 'merged', 'dismissed')", name="ck_duplicate_pair_state_known"),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name="fk_duplicate_pair_decided_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_duplicate_pair"),
        sa.UniqueConstraint("kind", "left_id", "right_id", name="uq_duplicate_pair_kind_left_id_right_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_duplicate_pair_list", "duplicate_pair", ["kind", "state", "score", "id"])
    op.create_index("ix_duplicate_pair_right", "duplicate_pair", ["kind", "right_id"])
    op.create_index(
        "ix_duplicate_pair_stale",
        "duplicate_pair",
        ["kind", "found_at"],
        sqlite_where=IS_OPEN,
        postgresql_where=IS_OPEN,
    )
    _create_merges()


def _create_merges() -> None:
    op.create_table(
        "merge_record",
        sa.Column("id", BIG, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("survivor_id", BIG, nullable=False),
        sa.Column("loser_id", BIG, nullable=False),
        sa.Column("loser_title", sa.Text(), nullable=False),
        sa.Column("before", JSON, nullable=False),
        sa.Column("after", JSON, nullable=False),
        sa.Column("moved", JSON, nullable=False),
        sa.Column("left", JSON, nullable=False),
        sa.Column("at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("by_id", BIG, nullable=True),
        sa.Column("unmerged_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("unmerged_by_id", BIG, nullable=True),
        sa.Column("report", JSON, nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name="fk_merge_record_by_id"),
        sa.ForeignKeyConstraint(["unmerged_by_id"], ["user.id"], name="fk_merge_record_unmerged_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_merge_record"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_merge_record_survivor", "merge_record", ["kind", "survivor_id", "at", "id"])
    op.create_index("ix_merge_record_loser", "merge_record", ["kind", "loser_id"])


def downgrade() -> None:
    """Go back."""
    op.drop_table("merge_record")
    op.drop_table("duplicate_pair")
    op.drop_table("match_key")
