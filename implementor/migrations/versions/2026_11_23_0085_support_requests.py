"""Requests of the people of the CRM and what becomes of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_23_0085"
down_revision = "2026_11_23_0084"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "support_request",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=True),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("page", sa.Text(), nullable=True),
        sa.Column("about_kind", sa.Text(), nullable=True),
        sa.Column("about_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("known_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("story_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
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
        sa.CheckConstraint("kind IN ('how_to', 'fault', 'wish')", name=op.f("ck_support_request_kind")),
        sa.CheckConstraint("nature IN ('corrective', 'evolutive')", name=op.f("ck_support_request_nature")),
        sa.CheckConstraint("priority IN ('low', 'normal', 'high', 'urgent')", name=op.f("ck_support_request_priority")),
        sa.CheckConstraint(
            "state IN ('open', 'answered', 'known', 'planned', 'done')", name=op.f("ck_support_request_state")
        ),
        sa.CheckConstraint("(about_kind IS NULL) = (about_id IS NULL)", name=op.f("ck_support_request_about")),
        sa.CheckConstraint("known_id <> id", name=op.f("ck_support_request_known")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_support_request_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_support_request_created_by_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_support_request_owner_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "known_id"],
            ["support_request.project_id", "support_request.id"],
            name=op.f("fk_support_request_project_id_known_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "story_id"],
            ["story.project_id", "story.id"],
            name=op.f("fk_support_request_project_id_story_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_support_request_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_support_request_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_request")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_support_request_project_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("support_request", schema=None) as batch_op:
        batch_op.create_index("ix_support_request_about", ["about_kind", "about_id"], unique=False)
        batch_op.create_index("ix_support_request_known", ["project_id", "known_id"], unique=False)
        batch_op.create_index("ix_support_request_list", ["project_id", "created_at", "id"], unique=False)
        batch_op.create_index("ix_support_request_owner", ["project_id", "owner_id", "id"], unique=False)
        batch_op.create_index("ix_support_request_sender", ["created_by_id", "id"], unique=False)
        batch_op.create_index("ix_support_request_state", ["project_id", "state", "id"], unique=False)
        batch_op.create_index("ix_support_request_story", ["project_id", "story_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("support_request", schema=None) as batch_op:
        batch_op.drop_index("ix_support_request_story")
        batch_op.drop_index("ix_support_request_state")
        batch_op.drop_index("ix_support_request_sender")
        batch_op.drop_index("ix_support_request_owner")
        batch_op.drop_index("ix_support_request_list")
        batch_op.drop_index("ix_support_request_known")
        batch_op.drop_index("ix_support_request_about")

    op.drop_table("support_request")
