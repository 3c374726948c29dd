"""Retrospectives with their notes, votes and actions, and lessons."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from implementor.foundation import model

revision = "2026_11_23_0080"
down_revision = "2026_11_23_0079"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "lesson_signature",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("signed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("signed_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("lessons", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_lesson_signature_created_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_lesson_signature_project_id")),
        sa.ForeignKeyConstraint(["signed_by_id"], ["user.id"], name=op.f("fk_lesson_signature_signed_by_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_lesson_signature_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_signature")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_lesson_signature_project_id_id")),
        sa.UniqueConstraint("project_id", "role", name=op.f("uq_lesson_signature_project_id_role")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "lesson",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("what_happened", sa.Text(), nullable=False),
        sa.Column("recommendation", sa.Text(), nullable=False),
        sa.Column(
            "tags", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("wave_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("source_kind", sa.Text(), nullable=True),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kept_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("kept_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("shared_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("shared_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("archived_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("archived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("(source_kind IS NULL) = (source_id IS NULL)", name=op.f("ck_lesson_source")),
        sa.CheckConstraint("shared_at IS NULL OR kept_at IS NOT NULL", name=op.f("ck_lesson_shared_when_kept")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_lesson_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_lesson_created_by_id")),
        sa.ForeignKeyConstraint(["kept_by_id"], ["user.id"], name=op.f("fk_lesson_kept_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "wave_id"], ["wave.project_id", "wave.id"], name=op.f("fk_lesson_project_id_wave_id")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_lesson_project_id")),
        sa.ForeignKeyConstraint(["shared_by_id"], ["user.id"], name=op.f("fk_lesson_shared_by_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_lesson_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_lesson_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_lesson_kept", "lesson", ["project_id", "kept_at", "id"], unique=False)
    op.create_index("ix_lesson_list", "lesson", ["project_id", "title", "id"], unique=False)
    op.create_index("ix_lesson_shared", "lesson", ["shared_at", "id"], unique=False)
    op.create_index("ix_lesson_source", "lesson", ["source_kind", "source_id"], unique=False)
    op.create_index("ix_lesson_wave", "lesson", ["wave_id"], unique=False)
    op.create_table(
        "retrospective",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("wave_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("own_columns", sa.Text(), nullable=False),
        sa.Column("facilitator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("votes_each", sa.Integer(), nullable=False),
        sa.Column("closed_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("archived_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("archived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (phase <> 'closed')", name=op.f("ck_retrospective_closed_with_a_moment")
        ),
        sa.CheckConstraint(
            "format IN ('start_stop', 'four_ls', 'sailboat', 'own')", name=op.f("ck_retrospective_format")
        ),
        sa.CheckConstraint("names IN ('named', 'anonymous')", name=op.f("ck_retrospective_names")),
        sa.CheckConstraint(
            "phase IN ('collect', 'reveal', 'group', 'vote', 'act', 'closed')", name=op.f("ck_retrospective_phase")
        ),
        sa.CheckConstraint("votes_each BETWEEN 0 AND 20", name=op.f("ck_retrospective_votes_each")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_retrospective_archived_by_id")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["user.id"], name=op.f("fk_retrospective_closed_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_retrospective_created_by_id")),
        sa.ForeignKeyConstraint(["facilitator_id"], ["user.id"], name=op.f("fk_retrospective_facilitator_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "wave_id"], ["wave.project_id", "wave.id"], name=op.f("fk_retrospective_project_id_wave_id")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_retrospective_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_retrospective_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retrospective")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_retrospective_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_retrospective_facilitator", "retrospective", ["facilitator_id"], unique=False)
    op.create_index("ix_retrospective_list", "retrospective", ["project_id", "held_on", "id"], unique=False)
    op.create_index("ix_retrospective_wave", "retrospective", ["wave_id"], unique=False)
    op.create_table(
        "lesson_offer",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lesson_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("answer IN ('kept', 'dismissed')", name=op.f("ck_lesson_offer_answer")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_lesson_offer_created_by_id")),
        sa.ForeignKeyConstraint(["lesson_id"], ["lesson.id"], name=op.f("fk_lesson_offer_lesson_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_lesson_offer_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_lesson_offer_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_offer")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_lesson_offer_project_id_id")),
        sa.UniqueConstraint("project_id", "lesson_id", name=op.f("uq_lesson_offer_project_id_lesson_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_lesson_offer_lesson", "lesson_offer", ["lesson_id"], unique=False)
    op.create_table(
        "retro_action",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("retrospective_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("metric_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("target", model.Scaled(4), nullable=True),
        sa.Column("judged_on", sa.Date(), nullable=True),
        sa.Column("became_kind", sa.Text(), nullable=True),
        sa.Column("became_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("archived_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("archived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("became_kind IN ('story', 'action_item')", name=op.f("ck_retro_action_became")),
        sa.CheckConstraint("direction IN ('up', 'down')", name=op.f("ck_retro_action_direction")),
        sa.CheckConstraint(
            "(became_kind IS NULL) = (became_id IS NULL)", name=op.f("ck_retro_action_became_something")
        ),
        sa.CheckConstraint("(metric_id IS NULL) = (judged_on IS NULL)", name=op.f("ck_retro_action_effect_has_a_day")),
        sa.CheckConstraint("(metric_id IS NULL) = (target IS NULL)", name=op.f("ck_retro_action_effect_has_a_target")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_retro_action_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_retro_action_created_by_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_retro_action_owner_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "metric_id"],
            ["metric.project_id", "metric.id"],
            name=op.f("fk_retro_action_project_id_metric_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "retrospective_id"],
            ["retrospective.project_id", "retrospective.id"],
            name=op.f("fk_retro_action_project_id_retrospective_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_retro_action_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_retro_action_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retro_action")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_retro_action_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_retro_action_metric", "retro_action", ["metric_id"], unique=False)
    op.create_index("ix_retro_action_owner", "retro_action", ["owner_id"], unique=False)
    op.create_index("ix_retro_action_retrospective", "retro_action", ["retrospective_id", "id"], unique=False)
    op.create_table(
        "retro_note",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("retrospective_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("head_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("hand", sa.String(length=64), nullable=True),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.CheckConstraint("place BETWEEN 0 AND 7", name=op.f("ck_retro_note_place")),
        sa.CheckConstraint("votes >= 0", name=op.f("ck_retro_note_votes")),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_retro_note_author_id")),
        sa.ForeignKeyConstraint(["head_id"], ["retro_note.id"], name=op.f("fk_retro_note_head_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "retrospective_id"],
            ["retrospective.project_id", "retrospective.id"],
            name=op.f("fk_retro_note_project_id_retrospective_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_retro_note_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retro_note")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_retro_note_project_id_id")),
    )
    op.create_index("ix_retro_note_head", "retro_note", ["head_id"], unique=False)
    op.create_index("ix_retro_note_table", "retro_note", ["retrospective_id", "place", "id"], unique=False)
    op.create_table(
        "retro_seat",
        sa.Column(
            "retrospective_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("seat", sa.String(length=64), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("seen_at", model.UtcMoment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id", "retrospective_id"],
            ["retrospective.project_id", "retrospective.id"],
            name=op.f("fk_retro_seat_project_id_retrospective_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_retro_seat_project_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_retro_seat_user_id")),
        sa.PrimaryKeyConstraint("retrospective_id", "seat", name=op.f("pk_retro_seat")),
    )
    op.create_table(
        "retro_table",
        sa.Column(
            "retrospective_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=True),
        sa.Column("ends_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("locked_at", model.UtcMoment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id", "retrospective_id"],
            ["retrospective.project_id", "retrospective.id"],
            name=op.f("fk_retro_table_project_id_retrospective_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_retro_table_project_id")),
        sa.PrimaryKeyConstraint("retrospective_id", name=op.f("pk_retro_table")),
    )
    op.create_table(
        "retro_vote",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("retrospective_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("note_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hand", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id", "note_id"],
            ["retro_note.project_id", "retro_note.id"],
            name=op.f("fk_retro_vote_project_id_note_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "retrospective_id"],
            ["retrospective.project_id", "retrospective.id"],
            name=op.f("fk_retro_vote_project_id_retrospective_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_retro_vote_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retro_vote")),
    )
    op.create_index("ix_retro_vote_hand", "retro_vote", ["retrospective_id", "hand"], unique=False)
    op.create_index("ix_retro_vote_note", "retro_vote", ["note_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_retro_vote_note", table_name="retro_vote")
    op.drop_index("ix_retro_vote_hand", table_name="retro_vote")
    op.drop_table("retro_vote")
    op.drop_table("retro_table")
    op.drop_table("retro_seat")
    op.drop_index("ix_retro_note_table", table_name="retro_note")
    op.drop_index("ix_retro_note_head", table_name="retro_note")
    op.drop_table("retro_note")
    op.drop_index("ix_retro_action_retrospective", table_name="retro_action")
    op.drop_index("ix_retro_action_owner", table_name="retro_action")
    op.drop_index("ix_retro_action_metric", table_name="retro_action")
    op.drop_table("retro_action")
    op.drop_index("ix_lesson_offer_lesson", table_name="lesson_offer")
    op.drop_table("lesson_offer")
    op.drop_index("ix_retrospective_wave", table_name="retrospective")
    op.drop_index("ix_retrospective_list", table_name="retrospective")
    op.drop_index("ix_retrospective_facilitator", table_name="retrospective")
    op.drop_table("retrospective")
    op.drop_index("ix_lesson_wave", table_name="lesson")
    op.drop_index("ix_lesson_source", table_name="lesson")
    op.drop_index("ix_lesson_shared", table_name="lesson")
    op.drop_index("ix_lesson_list", table_name="lesson")
    op.drop_index("ix_lesson_kept", table_name="lesson")
    op.drop_table("lesson")
    op.drop_table("lesson_signature")
