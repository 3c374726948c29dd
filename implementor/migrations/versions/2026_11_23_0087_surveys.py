"""Surveys, their questions, who is asked, and what groups answered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_23_0087"
down_revision = "2026_11_23_0086"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "survey",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name_es", sa.Text(), nullable=True),
        sa.Column("intro", sa.Text(), nullable=False),
        sa.Column("intro_es", sa.Text(), nullable=False),
        sa.Column("audience_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("grouping", sa.Text(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("remind_days", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=True),
        sa.Column("first_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("opened_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("reminded_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("closed_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("asked", sa.Integer(), nullable=True),
        sa.Column("answered", sa.Integer(), nullable=True),
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
        sa.CheckConstraint("grouping IN ('team', 'area', 'level')", name=op.f("ck_survey_grouping")),
        sa.CheckConstraint("kind IN ('pulse', 'culture', 'own')", name=op.f("ck_survey_kind")),
        sa.CheckConstraint("state = 'open' OR salt IS NULL", name=op.f("ck_survey_salt")),
        sa.CheckConstraint("state IN ('draft', 'open', 'closed')", name=op.f("ck_survey_state")),
        sa.CheckConstraint("remind_days BETWEEN 0 AND 60", name=op.f("ck_survey_remind_days")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_survey_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_survey_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "audience_id"],
            ["audience.project_id", "audience.id"],
            name=op.f("fk_survey_project_id_audience_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "first_id"], ["survey.project_id", "survey.id"], name=op.f("fk_survey_project_id_first_id")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_survey_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_survey_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_survey_project_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("survey", schema=None) as batch_op:
        batch_op.create_index("ix_survey_audience", ["project_id", "audience_id", "id"], unique=False)
        batch_op.create_index("ix_survey_closes", ["state", "closes_on"], unique=False)
        batch_op.create_index("ix_survey_day", ["project_id", "closes_on", "id"], unique=False)
        batch_op.create_index("ix_survey_grouping", ["project_id", "grouping", "id"], unique=False)
        batch_op.create_index("ix_survey_first", ["project_id", "first_id", "id"], unique=False)
        batch_op.create_index("ix_survey_kind", ["project_id", "kind", "id"], unique=False)
        batch_op.create_index("ix_survey_list", ["project_id", "name_key", "id"], unique=False)
        batch_op.create_index("ix_survey_state", ["project_id", "state", "id"], unique=False)

    op.create_table(
        "survey_group",
        sa.Column(
            "survey_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=True),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("barriers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id", "survey_id"],
            ["survey.project_id", "survey.id"],
            name=op.f("fk_survey_group_project_id_survey_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_survey_group_project_id")),
        sa.PrimaryKeyConstraint("survey_id", "place", name=op.f("pk_survey_group")),
    )
    op.create_table(
        "survey_held_answer",
        sa.Column("hand", sa.String(length=64), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("survey_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id", "survey_id"],
            ["survey.project_id", "survey.id"],
            name=op.f("fk_survey_held_answer_project_id_survey_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_survey_held_answer_project_id")),
        sa.PrimaryKeyConstraint("hand", name=op.f("pk_survey_held_answer")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("survey_held_answer", schema=None) as batch_op:
        batch_op.create_index("ix_survey_held_answer_survey", ["survey_id"], unique=False)

    op.create_table(
        "survey_invitation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("survey_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("told_at", model.UtcMoment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id", "person_id"],
            ["affected_person.project_id", "affected_person.id"],
            name=op.f("fk_survey_invitation_project_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "survey_id"],
            ["survey.project_id", "survey.id"],
            name=op.f("fk_survey_invitation_project_id_survey_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_survey_invitation_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_invitation")),
        sa.UniqueConstraint("survey_id", "person_id", name=op.f("uq_survey_invitation_survey_id_person_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("survey_invitation", schema=None) as batch_op:
        batch_op.create_index("ix_survey_invitation_person", ["project_id", "person_id"], unique=False)
        batch_op.create_index("ix_survey_invitation_untold", ["survey_id", "told_at"], unique=False)

    op.create_table(
        "survey_question",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("survey_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=True),
        sa.Column("name_es", sa.Text(), nullable=True),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("choices_es", sa.Text(), nullable=False),
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
        sa.CheckConstraint("kind IN ('scale', 'choice', 'text')", name=op.f("ck_survey_question_kind")),
        sa.CheckConstraint("place BETWEEN 1 AND 999", name=op.f("ck_survey_question_place")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_survey_question_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_survey_question_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "survey_id"],
            ["survey.project_id", "survey.id"],
            name=op.f("fk_survey_question_project_id_survey_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_survey_question_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_survey_question_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_question")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_survey_question_project_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("survey_question", schema=None) as batch_op:
        batch_op.create_index("ix_survey_question_kind", ["project_id", "kind", "id"], unique=False)
        batch_op.create_index("ix_survey_question_list", ["project_id", "place", "id"], unique=False)
        batch_op.create_index("ix_survey_question_survey", ["project_id", "survey_id", "id"], unique=False)

    op.create_table(
        "survey_count",
        sa.Column(
            "survey_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "question_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("value", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id", "question_id"],
            ["survey_question.project_id", "survey_question.id"],
            name=op.f("fk_survey_count_project_id_question_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "survey_id"],
            ["survey.project_id", "survey.id"],
            name=op.f("fk_survey_count_project_id_survey_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_survey_count_project_id")),
        sa.ForeignKeyConstraint(
            ["survey_id", "place"],
            ["survey_group.survey_id", "survey_group.place"],
            name=op.f("fk_survey_count_survey_id_place"),
        ),
        sa.PrimaryKeyConstraint("survey_id", "place", "question_id", "value", name=op.f("pk_survey_count")),
    )
    with op.batch_alter_table("survey_count", schema=None) as batch_op:
        batch_op.create_index("ix_survey_count_question", ["project_id", "question_id"], unique=False)

    op.create_table(
        "survey_saying",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("survey_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("question_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id", "question_id"],
            ["survey_question.project_id", "survey_question.id"],
            name=op.f("fk_survey_saying_project_id_question_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "survey_id"],
            ["survey.project_id", "survey.id"],
            name=op.f("fk_survey_saying_project_id_survey_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_survey_saying_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_saying")),
    )
    with op.batch_alter_table("survey_saying", schema=None) as batch_op:
        batch_op.create_index(
            "ix_survey_saying_question", ["project_id", "survey_id", "question_id", "id"], unique=False
        )


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("survey_saying", schema=None) as batch_op:
        batch_op.drop_index("ix_survey_saying_question")

    op.drop_table("survey_saying")
    with op.batch_alter_table("survey_count", schema=None) as batch_op:
        batch_op.drop_index("ix_survey_count_question")

    op.drop_table("survey_count")
    with op.batch_alter_table("survey_question", schema=None) as batch_op:
        batch_op.drop_index("ix_survey_question_survey")
        batch_op.drop_index("ix_survey_question_list")
        batch_op.drop_index("ix_survey_question_kind")

    op.drop_table("survey_question")
    with op.batch_alter_table("survey_invitation", schema=None) as batch_op:
        batch_op.drop_index("ix_survey_invitation_untold")
        batch_op.drop_index("ix_survey_invitation_person")

    op.drop_table("survey_invitation")
    with op.batch_alter_table("survey_held_answer", schema=None) as batch_op:
        batch_op.drop_index("ix_survey_held_answer_survey")

    op.drop_table("survey_held_answer")
    op.drop_table("survey_group")
    with op.batch_alter_table("survey", schema=None) as batch_op:
        batch_op.drop_index("ix_survey_state")
        batch_op.drop_index("ix_survey_list")
        batch_op.drop_index("ix_survey_kind")
        batch_op.drop_index("ix_survey_first")
        batch_op.drop_index("ix_survey_grouping")
        batch_op.drop_index("ix_survey_day")
        batch_op.drop_index("ix_survey_closes")
        batch_op.drop_index("ix_survey_audience")

    op.drop_table("survey")
