"""Incentives of rollouts: rules, periods, points that are frozen, corrections and awards."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_23_0088"
down_revision = "2026_11_23_0087"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "incentive",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("audience_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("award", sa.Text(), nullable=False),
        sa.Column("award_to", sa.Text(), nullable=False),
        sa.Column("award_by", sa.Text(), nullable=False),
        sa.Column("award_from", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column(
            "archived_at", sa.DateTime(timezone=True).with_variant(sa.String(length=27), "sqlite"), nullable=True
        ),
        sa.Column("archived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True).with_variant(sa.String(length=27), "sqlite"), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True).with_variant(sa.String(length=27), "sqlite"), nullable=False
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("award_by IN ('points', 'first')", name=op.f("ck_incentive_award_by")),
        sa.CheckConstraint("award_to IN ('people', 'teams')", name=op.f("ck_incentive_award_to")),
        sa.CheckConstraint("award_from BETWEEN 1 AND 10000", name=op.f("ck_incentive_award_from")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_incentive_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_incentive_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "audience_id"],
            ["audience.project_id", "audience.id"],
            name=op.f("fk_incentive_project_id_audience_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_incentive_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_incentive_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incentive")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_incentive_project_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("incentive", schema=None) as batch_op:
        batch_op.create_index("ix_incentive_audience", ["project_id", "audience_id", "id"], unique=False)
        batch_op.create_index("ix_incentive_list", ["project_id", "name_key", "id"], unique=False)

    op.create_table(
        "incentive_naming",
        sa.Column("incentive_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True).with_variant(sa.String(length=27), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["incentive_id"], ["incentive.id"], name=op.f("fk_incentive_naming_incentive_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_incentive_naming_user_id")),
        sa.PrimaryKeyConstraint("incentive_id", "user_id", name=op.f("pk_incentive_naming")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("incentive_naming", schema=None) as batch_op:
        batch_op.create_index("ix_incentive_naming_user", ["user_id"], unique=False)

    op.create_table(
        "incentive_period",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("incentive_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True).with_variant(sa.String(length=27), "sqlite"), nullable=True),
        sa.Column(
            "announced_at", sa.DateTime(timezone=True).with_variant(sa.String(length=27), "sqlite"), nullable=True
        ),
        sa.Column(
            "terms", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=True
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column(
            "archived_at", sa.DateTime(timezone=True).with_variant(sa.String(length=27), "sqlite"), nullable=True
        ),
        sa.Column("archived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True).with_variant(sa.String(length=27), "sqlite"), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True).with_variant(sa.String(length=27), "sqlite"), nullable=False
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("announced_at IS NULL OR closed_at IS NOT NULL", name=op.f("ck_incentive_period_announced")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_incentive_period_dates")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_incentive_period_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_incentive_period_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "incentive_id"],
            ["incentive.project_id", "incentive.id"],
            name=op.f("fk_incentive_period_project_id_incentive_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_incentive_period_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_incentive_period_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incentive_period")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_incentive_period_project_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("incentive_period", schema=None) as batch_op:
        batch_op.create_index("ix_incentive_period_closed", ["project_id", "closed_at", "id"], unique=False)
        batch_op.create_index(
            "ix_incentive_period_incentive", ["project_id", "incentive_id", "starts_on"], unique=False
        )
        batch_op.create_index("ix_incentive_period_list", ["project_id", "starts_on", "id"], unique=False)

    op.create_table(
        "incentive_rule",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("incentive_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("figure", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.Column("cap", sa.Integer(), nullable=True),
        sa.Column("complete", sa.Integer(), nullable=True),
        sa.Column("valid", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column(
            "archived_at", sa.DateTime(timezone=True).with_variant(sa.String(length=27), "sqlite"), nullable=True
        ),
        sa.Column("archived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True).with_variant(sa.String(length=27), "sqlite"), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True).with_variant(sa.String(length=27), "sqlite"), nullable=False
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "figure IN ('complete', 'valid', 'prompt', 'healthy', 'records', 'days', 'first_ten', 'trained')",
            name=op.f("ck_incentive_rule_figure"),
        ),
        sa.CheckConstraint("cap BETWEEN 1 AND 10000", name=op.f("ck_incentive_rule_cap")),
        sa.CheckConstraint("complete BETWEEN 1 AND 100", name=op.f("ck_incentive_rule_complete")),
        sa.CheckConstraint("points BETWEEN 1 AND 10000", name=op.f("ck_incentive_rule_points")),
        sa.CheckConstraint("target BETWEEN 1 AND 100", name=op.f("ck_incentive_rule_target")),
        sa.CheckConstraint("valid BETWEEN 1 AND 100", name=op.f("ck_incentive_rule_valid")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_incentive_rule_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_incentive_rule_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "incentive_id"],
            ["incentive.project_id", "incentive.id"],
            name=op.f("fk_incentive_rule_project_id_incentive_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_incentive_rule_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_incentive_rule_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incentive_rule")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_incentive_rule_project_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("incentive_rule", schema=None) as batch_op:
        batch_op.create_index("ix_incentive_rule_incentive", ["project_id", "incentive_id", "id"], unique=False)
        batch_op.create_index("ix_incentive_rule_list", ["project_id", "name_key", "id"], unique=False)

    op.create_table(
        "incentive_award",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("period_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("is_given", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True).with_variant(sa.String(length=27), "sqlite"), nullable=False),
        sa.CheckConstraint("(user_id IS NULL) <> (team_id IS NULL)", name=op.f("ck_incentive_award_to_whom")),
        sa.ForeignKeyConstraint(["period_id"], ["incentive_period.id"], name=op.f("fk_incentive_award_period_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_incentive_award_team_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_incentive_award_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incentive_award")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("incentive_award", schema=None) as batch_op:
        batch_op.create_index("ix_incentive_award_period", ["period_id", "id"], unique=False)
        batch_op.create_index("ix_incentive_award_user", ["user_id", "period_id"], unique=False)

    op.create_table(
        "incentive_standing",
        sa.Column("period_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column(
            "earned", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column(
            "left_out", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column(
            "counted_at", sa.DateTime(timezone=True).with_variant(sa.String(length=27), "sqlite"), nullable=False
        ),
        sa.ForeignKeyConstraint(["period_id"], ["incentive_period.id"], name=op.f("fk_incentive_standing_period_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_incentive_standing_team_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_incentive_standing_user_id")),
        sa.PrimaryKeyConstraint("period_id", "user_id", name=op.f("pk_incentive_standing")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("incentive_standing", schema=None) as batch_op:
        batch_op.create_index("ix_incentive_standing_user", ["user_id", "period_id"], unique=False)

    op.create_table(
        "incentive_correction",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("period_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True).with_variant(sa.String(length=27), "sqlite"), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "points BETWEEN -10000 AND 10000 AND points <> 0", name=op.f("ck_incentive_correction_points")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_incentive_correction_by_id")),
        sa.ForeignKeyConstraint(
            ["period_id", "user_id"],
            ["incentive_standing.period_id", "incentive_standing.user_id"],
            name=op.f("fk_incentive_correction_period_id_user_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incentive_correction")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("incentive_correction", schema=None) as batch_op:
        batch_op.create_index("ix_incentive_correction_period", ["period_id", "user_id", "id"], unique=False)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("incentive_correction", schema=None) as batch_op:
        batch_op.drop_index("ix_incentive_correction_period")

    op.drop_table("incentive_correction")
    with op.batch_alter_table("incentive_standing", schema=None) as batch_op:
        batch_op.drop_index("ix_incentive_standing_user")

    op.drop_table("incentive_standing")
    with op.batch_alter_table("incentive_award", schema=None) as batch_op:
        batch_op.drop_index("ix_incentive_award_user")
        batch_op.drop_index("ix_incentive_award_period")

    op.drop_table("incentive_award")
    with op.batch_alter_table("incentive_rule", schema=None) as batch_op:
        batch_op.drop_index("ix_incentive_rule_list")
        batch_op.drop_index("ix_incentive_rule_incentive")

    op.drop_table("incentive_rule")
    with op.batch_alter_table("incentive_period", schema=None) as batch_op:
        batch_op.drop_index("ix_incentive_period_list")
        batch_op.drop_index("ix_incentive_period_incentive")
        batch_op.drop_index("ix_incentive_period_closed")

    op.drop_table("incentive_period")
    with op.batch_alter_table("incentive_naming", schema=None) as batch_op:
        batch_op.drop_index("ix_incentive_naming_user")

    op.drop_table("incentive_naming")
    with op.batch_alter_table("incentive", schema=None) as batch_op:
        batch_op.drop_index("ix_incentive_list")
        batch_op.drop_index("ix_incentive_audience")

    op.drop_table("incentive")
