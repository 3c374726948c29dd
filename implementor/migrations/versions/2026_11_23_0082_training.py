"""Courses, their topics, paths and sessions, who takes part, and corrections of attendance."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_23_0082"
down_revision = "2026_11_23_0081"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "course",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name_es", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("pass_mark", sa.Integer(), nullable=False),
        sa.Column("valid_months", sa.Integer(), nullable=True),
        sa.Column("materials", sa.Text(), nullable=False),
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
        sa.CheckConstraint("kind IN ('use', 'benefits', 'attitude', 'trainer')", name=op.f("ck_course_kind")),
        sa.CheckConstraint("minutes BETWEEN 1 AND 100000", name=op.f("ck_course_minutes")),
        sa.CheckConstraint("pass_mark BETWEEN 0 AND 100", name=op.f("ck_course_pass_mark")),
        sa.CheckConstraint("valid_months BETWEEN 1 AND 120", name=op.f("ck_course_valid_months")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_course_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_course_created_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_course_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_course_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_course_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_course_list", "course", ["project_id", "name_key", "id"], unique=False)
    op.create_table(
        "course_topic",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
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
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_course_topic_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_course_topic_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "course_id"],
            ["course.project_id", "course.id"],
            name=op.f("fk_course_topic_project_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "story_id"],
            ["story.project_id", "story.id"],
            name=op.f("fk_course_topic_project_id_story_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_course_topic_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_course_topic_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_topic")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_course_topic_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_course_topic_course", "course_topic", ["project_id", "course_id", "id"], unique=False)
    op.create_index("ix_course_topic_list", "course_topic", ["project_id", "name_key", "id"], unique=False)
    op.create_index("ix_course_topic_story", "course_topic", ["project_id", "story_id", "id"], unique=False)
    op.create_table(
        "path_step",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
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
        sa.CheckConstraint("position BETWEEN 1 AND 1000", name=op.f("ck_path_step_position")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_path_step_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_path_step_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "course_id"],
            ["course.project_id", "course.id"],
            name=op.f("fk_path_step_project_id_course_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_path_step_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_path_step_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_path_step")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_path_step_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_path_step_course", "path_step", ["project_id", "course_id", "id"], unique=False)
    op.create_index("ix_path_step_list", "path_step", ["project_id", "name_key", "position", "id"], unique=False)
    op.create_table(
        "training_session",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("starts_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("trainer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("closed_at", model.UtcMoment(timezone=True), nullable=True),
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
            "state IN ('planned', 'open', 'closed', 'cancelled')", name=op.f("ck_training_session_state")
        ),
        sa.CheckConstraint("seats BETWEEN 1 AND 5000", name=op.f("ck_training_session_seats")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_training_session_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_training_session_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "course_id"],
            ["course.project_id", "course.id"],
            name=op.f("fk_training_session_project_id_course_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_training_session_project_id")),
        sa.ForeignKeyConstraint(["trainer_id"], ["user.id"], name=op.f("fk_training_session_trainer_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_training_session_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_session")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_training_session_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_training_session_course", "training_session", ["project_id", "course_id", "starts_at"], unique=False
    )
    op.create_index("ix_training_session_list", "training_session", ["project_id", "starts_at", "id"], unique=False)
    op.create_index("ix_training_session_trainer", "training_session", ["trainer_id"], unique=False)
    op.create_table(
        "enrolment",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("score_before", sa.Integer(), nullable=True),
        sa.Column("score_after", sa.Integer(), nullable=True),
        sa.Column("trained_on", sa.Date(), nullable=True),
        sa.Column("certificate", sa.Integer(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("reminded_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("expiry_told_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "state IN ('invited', 'booked', 'attended', 'no_show', 'completed')", name=op.f("ck_enrolment_state")
        ),
        sa.CheckConstraint("way IN ('rule', 'hand', 'self', 'import')", name=op.f("ck_enrolment_way")),
        sa.CheckConstraint("score_after BETWEEN 0 AND 100", name=op.f("ck_enrolment_score_after")),
        sa.CheckConstraint("score_before BETWEEN 0 AND 100", name=op.f("ck_enrolment_score_before")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_enrolment_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "course_id"],
            ["course.project_id", "course.id"],
            name=op.f("fk_enrolment_project_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "person_id"],
            ["affected_person.project_id", "affected_person.id"],
            name=op.f("fk_enrolment_project_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "session_id"],
            ["training_session.project_id", "training_session.id"],
            name=op.f("fk_enrolment_project_id_session_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_enrolment_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_enrolment_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint("project_id", "certificate", name=op.f("uq_enrolment_project_id_certificate")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_enrolment_project_id_id")),
        sa.UniqueConstraint("session_id", "person_id", name=op.f("uq_enrolment_session_id_person_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_enrolment_course", "enrolment", ["project_id", "course_id", "state", "id"], unique=False)
    op.create_index("ix_enrolment_person", "enrolment", ["project_id", "person_id", "id"], unique=False)
    op.create_index("ix_enrolment_valid_until", "enrolment", ["valid_until"], unique=False)
    op.create_index(
        "uq_enrolment_waiting",
        "enrolment",
        ["course_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('invited', 'booked')"),
        postgresql_where=sa.text("state IN ('invited', 'booked')"),
    )
    op.create_table(
        "attendance_correction",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("enrolment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("became", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "became IN ('invited', 'booked', 'attended', 'no_show', 'completed')",
            name=op.f("ck_attendance_correction_became"),
        ),
        sa.CheckConstraint(
            "was IN ('invited', 'booked', 'attended', 'no_show', 'completed')",
            name=op.f("ck_attendance_correction_was"),
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_attendance_correction_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "enrolment_id"],
            ["enrolment.project_id", "enrolment.id"],
            name=op.f("fk_attendance_correction_project_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_attendance_correction_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_attendance_correction_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_correction")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_attendance_correction_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_attendance_correction_enrolment",
        "attendance_correction",
        ["project_id", "enrolment_id", "id"],
        unique=False,
    )


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_attendance_correction_enrolment", table_name="attendance_correction")
    op.drop_table("attendance_correction")
    op.drop_index(
        "uq_enrolment_waiting",
        table_name="enrolment",
        sqlite_where=sa.text("state IN ('invited', 'booked')"),
        postgresql_where=sa.text("state IN ('invited', 'booked')"),
    )
    op.drop_index("ix_enrolment_valid_until", table_name="enrolment")
    op.drop_index("ix_enrolment_person", table_name="enrolment")
    op.drop_index("ix_enrolment_course", table_name="enrolment")
    op.drop_table("enrolment")
    op.drop_index("ix_training_session_trainer", table_name="training_session")
    op.drop_index("ix_training_session_list", table_name="training_session")
    op.drop_index("ix_training_session_course", table_name="training_session")
    op.drop_table("training_session")
    op.drop_index("ix_path_step_list", table_name="path_step")
    op.drop_index("ix_path_step_course", table_name="path_step")
    op.drop_table("path_step")
    op.drop_index("ix_course_topic_story", table_name="course_topic")
    op.drop_index("ix_course_topic_list", table_name="course_topic")
    op.drop_index("ix_course_topic_course", table_name="course_topic")
    op.drop_table("course_topic")
    op.drop_index("ix_course_list", table_name="course")
    op.drop_table("course")
