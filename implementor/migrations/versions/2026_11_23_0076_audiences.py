"""Keep audiences, the people affected, who is in which and who stands by them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_23_0076"
down_revision = "2026_11_23_0075"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "affected_person",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_key", sa.Text(), nullable=True),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("job_role", sa.Text(), nullable=True),
        sa.Column("job_role_key", sa.Text(), nullable=True),
        sa.Column("hired_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("manager_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("erased_at", model.UtcMoment(timezone=True), nullable=True),
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
        sa.CheckConstraint("language IN ('en', 'es')", name=op.f("ck_affected_person_language")),
        sa.CheckConstraint(
            "erased_at IS NULL OR (email IS NULL AND user_id IS NULL)", name=op.f("ck_affected_person_erased")
        ),
        sa.CheckConstraint("manager_id <> id", name=op.f("ck_affected_person_not_own_manager")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_affected_person_archived_by_id")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_affected_person_area_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_affected_person_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "manager_id"],
            ["affected_person.project_id", "affected_person.id"],
            name=op.f("fk_affected_person_project_id_manager_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_affected_person_project_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_affected_person_team_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_affected_person_updated_by_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_affected_person_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_affected_person")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_affected_person_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_affected_person_area", "affected_person", ["project_id", "area_id", "id"], unique=False)
    op.create_index(
        "ix_affected_person_job_role", "affected_person", ["project_id", "job_role_key", "id"], unique=False
    )
    op.create_index("ix_affected_person_list", "affected_person", ["project_id", "name_key", "id"], unique=False)
    op.create_index("ix_affected_person_manager", "affected_person", ["project_id", "manager_id", "id"], unique=False)
    op.create_index("ix_affected_person_team", "affected_person", ["project_id", "team_id", "id"], unique=False)
    op.create_index("ix_affected_person_user_id", "affected_person", ["user_id"], unique=False)
    op.create_index(
        "uq_affected_person_email",
        "affected_person",
        ["project_id", "email_key"],
        unique=True,
        sqlite_where=sa.text("email_key IS NOT NULL"),
        postgresql_where=sa.text("email_key IS NOT NULL"),
    )
    op.create_index(
        "uq_affected_person_login",
        "affected_person",
        ["project_id", "user_id"],
        unique=True,
        sqlite_where=sa.text("user_id IS NOT NULL"),
        postgresql_where=sa.text("user_id IS NOT NULL"),
    )
    op.create_table(
        "audience",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("job_role", sa.Text(), nullable=True),
        sa.Column("stated_size", sa.Integer(), nullable=True),
        sa.Column("people_per_champion", sa.Integer(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
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
        sa.CheckConstraint("kind IN ('area', 'team', 'role', 'group')", name=op.f("ck_audience_kind")),
        sa.CheckConstraint("people_per_champion BETWEEN 1 AND 1000", name=op.f("ck_audience_people_per_champion")),
        sa.CheckConstraint("stated_size BETWEEN 0 AND 1000000", name=op.f("ck_audience_stated_size")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_audience_archived_by_id")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_audience_area_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_audience_created_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_audience_project_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_audience_team_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_audience_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audience")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_audience_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audience_area_id", "audience", ["area_id"], unique=False)
    op.create_index("ix_audience_list", "audience", ["project_id", "name_key", "id"], unique=False)
    op.create_index("ix_audience_team_id", "audience", ["team_id"], unique=False)
    op.create_index(
        "uq_audience_name",
        "audience",
        ["project_id", "name_key"],
        unique=True,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_table(
        "audience_member",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("audience_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_audience_member_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "audience_id"],
            ["audience.project_id", "audience.id"],
            name=op.f("fk_audience_member_project_id_audience_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "person_id"],
            ["affected_person.project_id", "affected_person.id"],
            name=op.f("fk_audience_member_project_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_audience_member_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_audience_member_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audience_member")),
        sa.UniqueConstraint("audience_id", "person_id", name=op.f("uq_audience_member_audience_id_person_id")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_audience_member_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audience_member_person", "audience_member", ["project_id", "person_id"], unique=False)
    op.create_table(
        "champion",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("audience_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("until_on >= since_on", name=op.f("ck_champion_dates")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_champion_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "audience_id"],
            ["audience.project_id", "audience.id"],
            name=op.f("fk_champion_project_id_audience_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "person_id"],
            ["affected_person.project_id", "affected_person.id"],
            name=op.f("fk_champion_project_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_champion_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_champion_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_champion")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_champion_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_champion_audience", "champion", ["project_id", "audience_id"], unique=False)
    op.create_index("ix_champion_person", "champion", ["project_id", "person_id"], unique=False)
    op.create_index(
        "uq_champion_open",
        "champion",
        ["audience_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("until_on IS NULL"),
        postgresql_where=sa.text("until_on IS NULL"),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_index(
        "uq_champion_open",
        table_name="champion",
        sqlite_where=sa.text("until_on IS NULL"),
        postgresql_where=sa.text("until_on IS NULL"),
    )
    op.drop_index("ix_champion_person", table_name="champion")
    op.drop_index("ix_champion_audience", table_name="champion")
    op.drop_table("champion")
    op.drop_index("ix_audience_member_person", table_name="audience_member")
    op.drop_table("audience_member")
    op.drop_index(
        "uq_audience_name",
        table_name="audience",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index("ix_audience_team_id", table_name="audience")
    op.drop_index("ix_audience_list", table_name="audience")
    op.drop_index("ix_audience_area_id", table_name="audience")
    op.drop_table("audience")
    op.drop_index(
        "uq_affected_person_login",
        table_name="affected_person",
        sqlite_where=sa.text("user_id IS NOT NULL"),
        postgresql_where=sa.text("user_id IS NOT NULL"),
    )
    op.drop_index(
        "uq_affected_person_email",
        table_name="affected_person",
        sqlite_where=sa.text("email_key IS NOT NULL"),
        postgresql_where=sa.text("email_key IS NOT NULL"),
    )
    op.drop_index("ix_affected_person_user_id", table_name="affected_person")
    op.drop_index("ix_affected_person_team", table_name="affected_person")
    op.drop_index("ix_affected_person_manager", table_name="affected_person")
    op.drop_index("ix_affected_person_list", table_name="affected_person")
    op.drop_index("ix_affected_person_job_role", table_name="affected_person")
    op.drop_index("ix_affected_person_area", table_name="affected_person")
    op.drop_table("affected_person")
