"""Settings of the CRM that stories carry."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from implementor.foundation import model

revision = "2026_11_22_0043"
down_revision = "2026_11_22_0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "config_item",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("story_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.Column("label_es", sa.Text(), nullable=False),
        sa.Column(
            "before", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=True
        ),
        sa.Column(
            "after", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=True
        ),
        sa.Column(
            "answers", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("rank", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("release_number", sa.Integer(), nullable=True),
        sa.Column("archived_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("archived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("state IN ('draft', 'live', 'rolled_back')", name=op.f("ck_config_item_state_known")),
        sa.CheckConstraint("verb IN ('add', 'change', 'retire')", name=op.f("ck_config_item_verb_known")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_config_item_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_config_item_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "story_id"],
            ["story.project_id", "story.id"],
            name=op.f("fk_config_item_project_id_story_id"),
        ),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_config_item_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_config_item")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_config_item_project_id_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_config_item_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_config_item_list", "config_item", ["project_id", "kind", "id"], unique=False)
    op.create_index("ix_config_item_story", "config_item", ["project_id", "story_id", "rank"], unique=False)
    op.create_index("ix_config_item_target", "config_item", ["project_id", "target"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_config_item_target", table_name="config_item")
    op.drop_index("ix_config_item_story", table_name="config_item")
    op.drop_index("ix_config_item_list", table_name="config_item")
    op.drop_table("config_item")
