"""Keep impacts, stakeholders, blackout periods, transition steps and planned messages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_23_0077"
down_revision = "2026_11_23_0076"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "load_rule",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("weeks_before", sa.Integer(), nullable=False),
        sa.Column("weeks_after", sa.Integer(), nullable=False),
        sa.Column("limit_points", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("limit_points BETWEEN 1 AND 500", name=op.f("ck_load_rule_limit_points")),
        sa.CheckConstraint("weeks_after BETWEEN 0 AND 26", name=op.f("ck_load_rule_weeks_after")),
        sa.CheckConstraint("weeks_before BETWEEN 0 AND 26", name=op.f("ck_load_rule_weeks_before")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_load_rule_created_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_load_rule_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_load_rule_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_load_rule")),
        sa.UniqueConstraint("project_id", name=op.f("uq_load_rule_project_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "blackout_period",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("audience_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
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
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_blackout_period_days")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_blackout_period_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_blackout_period_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "audience_id"],
            ["audience.project_id", "audience.id"],
            name=op.f("fk_blackout_period_project_id_audience_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_blackout_period_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_blackout_period_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blackout_period")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_blackout_period_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_blackout_period_audience", "blackout_period", ["project_id", "audience_id"], unique=False)
    op.create_index("ix_blackout_period_list", "blackout_period", ["project_id", "starts_on", "id"], unique=False)
    op.create_table(
        "change_impact",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("audience_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("wave_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("story_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("becomes", sa.Text(), nullable=False),
        sa.Column("processes", sa.Integer(), nullable=False),
        sa.Column("systems", sa.Integer(), nullable=False),
        sa.Column("tools", sa.Integer(), nullable=False),
        sa.Column("job_roles", sa.Integer(), nullable=False),
        sa.Column("critical_behaviours", sa.Integer(), nullable=False),
        sa.Column("mindset", sa.Integer(), nullable=False),
        sa.Column("reporting_structure", sa.Integer(), nullable=False),
        sa.Column("performance_reviews", sa.Integer(), nullable=False),
        sa.Column("compensation", sa.Integer(), nullable=False),
        sa.Column("location", sa.Integer(), nullable=False),
        sa.Column("is_policy", sa.Boolean(), nullable=False),
        sa.Column("is_process", sa.Boolean(), nullable=False),
        sa.Column("is_people", sa.Boolean(), nullable=False),
        sa.Column("is_technology", sa.Boolean(), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
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
        sa.CheckConstraint("(wave_id IS NULL) <> (story_id IS NULL)", name=op.f("ck_change_impact_of_wave_or_story")),
        sa.CheckConstraint("compensation BETWEEN 0 AND 5", name=op.f("ck_change_impact_compensation")),
        sa.CheckConstraint("critical_behaviours BETWEEN 0 AND 5", name=op.f("ck_change_impact_critical_behaviours")),
        sa.CheckConstraint("job_roles BETWEEN 0 AND 5", name=op.f("ck_change_impact_job_roles")),
        sa.CheckConstraint("location BETWEEN 0 AND 5", name=op.f("ck_change_impact_location")),
        sa.CheckConstraint("mindset BETWEEN 0 AND 5", name=op.f("ck_change_impact_mindset")),
        sa.CheckConstraint("performance_reviews BETWEEN 0 AND 5", name=op.f("ck_change_impact_performance_reviews")),
        sa.CheckConstraint("processes BETWEEN 0 AND 5", name=op.f("ck_change_impact_processes")),
        sa.CheckConstraint("reporting_structure BETWEEN 0 AND 5", name=op.f("ck_change_impact_reporting_structure")),
        sa.CheckConstraint("systems BETWEEN 0 AND 5", name=op.f("ck_change_impact_systems")),
        sa.CheckConstraint("tools BETWEEN 0 AND 5", name=op.f("ck_change_impact_tools")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_change_impact_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_change_impact_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "audience_id"],
            ["audience.project_id", "audience.id"],
            name=op.f("fk_change_impact_project_id_audience_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "story_id"],
            ["story.project_id", "story.id"],
            name=op.f("fk_change_impact_project_id_story_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "wave_id"], ["wave.project_id", "wave.id"], name=op.f("fk_change_impact_project_id_wave_id")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_change_impact_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_change_impact_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_impact")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_change_impact_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_change_impact_audience", "change_impact", ["project_id", "audience_id", "id"], unique=False)
    op.create_index("ix_change_impact_list", "change_impact", ["project_id", "name_key", "id"], unique=False)
    op.create_index("ix_change_impact_story", "change_impact", ["project_id", "story_id", "id"], unique=False)
    op.create_index("ix_change_impact_wave", "change_impact", ["project_id", "wave_id", "id"], unique=False)
    op.create_table(
        "planned_message",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("audience_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("wave_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("sender_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("reminded_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("sent_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("sent_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("sent_count", sa.Integer(), nullable=True),
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
            "channel IN ('mail', 'meeting', 'talk', 'chat', 'intranet', 'other')",
            name=op.f("ck_planned_message_channel"),
        ),
        sa.CheckConstraint("(sent_at IS NULL) = (sent_count IS NULL)", name=op.f("ck_planned_message_sent")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_planned_message_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_planned_message_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "audience_id"],
            ["audience.project_id", "audience.id"],
            name=op.f("fk_planned_message_project_id_audience_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "wave_id"],
            ["wave.project_id", "wave.id"],
            name=op.f("fk_planned_message_project_id_wave_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_planned_message_project_id")),
        sa.ForeignKeyConstraint(["sender_id"], ["user.id"], name=op.f("fk_planned_message_sender_id")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["user.id"], name=op.f("fk_planned_message_sent_by_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_planned_message_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_message")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_planned_message_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_planned_message_audience", "planned_message", ["project_id", "audience_id"], unique=False)
    op.create_index("ix_planned_message_due", "planned_message", ["project_id", "due_on", "id"], unique=False)
    op.create_index("ix_planned_message_list", "planned_message", ["project_id", "name_key", "id"], unique=False)
    op.create_index("ix_planned_message_sender_id", "planned_message", ["sender_id"], unique=False)
    op.create_index("ix_planned_message_wave", "planned_message", ["project_id", "wave_id"], unique=False)
    op.create_table(
        "stakeholder",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Text(), nullable=True),
        sa.Column("audience_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("impact", sa.Integer(), nullable=False),
        sa.Column("influence", sa.Integer(), nullable=False),
        sa.Column("reaction", sa.Text(), nullable=False),
        sa.Column("tactics", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
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
            "reaction IN ('supports', 'leans_to', 'neutral', 'doubts', 'resists')", name=op.f("ck_stakeholder_reaction")
        ),
        sa.CheckConstraint("impact BETWEEN 1 AND 5", name=op.f("ck_stakeholder_impact")),
        sa.CheckConstraint("influence BETWEEN 1 AND 5", name=op.f("ck_stakeholder_influence")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_stakeholder_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_stakeholder_created_by_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_stakeholder_owner_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "audience_id"],
            ["audience.project_id", "audience.id"],
            name=op.f("fk_stakeholder_project_id_audience_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_stakeholder_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_stakeholder_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stakeholder")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_stakeholder_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_stakeholder_audience", "stakeholder", ["project_id", "audience_id"], unique=False)
    op.create_index("ix_stakeholder_list", "stakeholder", ["project_id", "name_key", "id"], unique=False)
    op.create_index("ix_stakeholder_owner_id", "stakeholder", ["owner_id"], unique=False)
    op.create_table(
        "transition_step",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("wave_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("offset_days", sa.Integer(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
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
        sa.CheckConstraint(
            "kind IN ('communication', 'training', 'go_live', 'support')", name=op.f("ck_transition_step_kind")
        ),
        sa.CheckConstraint("(planned_on IS NULL) <> (offset_days IS NULL)", name=op.f("ck_transition_step_one_day")),
        sa.CheckConstraint("offset_days BETWEEN -365 AND 365", name=op.f("ck_transition_step_offset_days")),
        sa.CheckConstraint(
            "offset_days IS NULL OR wave_id IS NOT NULL", name=op.f("ck_transition_step_offset_of_a_wave")
        ),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_transition_step_archived_by_id")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_transition_step_area_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_transition_step_created_by_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_transition_step_owner_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "wave_id"],
            ["wave.project_id", "wave.id"],
            name=op.f("fk_transition_step_project_id_wave_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_transition_step_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_transition_step_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transition_step")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_transition_step_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_transition_step_area", "transition_step", ["project_id", "area_id", "id"], unique=False)
    op.create_index("ix_transition_step_area_id", "transition_step", ["area_id"], unique=False)
    op.create_index("ix_transition_step_list", "transition_step", ["project_id", "name_key", "id"], unique=False)
    op.create_index("ix_transition_step_owner_id", "transition_step", ["owner_id"], unique=False)
    op.create_index("ix_transition_step_wave", "transition_step", ["project_id", "wave_id", "id"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_transition_step_wave", table_name="transition_step")
    op.drop_index("ix_transition_step_owner_id", table_name="transition_step")
    op.drop_index("ix_transition_step_list", table_name="transition_step")
    op.drop_index("ix_transition_step_area_id", table_name="transition_step")
    op.drop_index("ix_transition_step_area", table_name="transition_step")
    op.drop_table("transition_step")
    op.drop_index("ix_stakeholder_owner_id", table_name="stakeholder")
    op.drop_index("ix_stakeholder_list", table_name="stakeholder")
    op.drop_index("ix_stakeholder_audience", table_name="stakeholder")
    op.drop_table("stakeholder")
    op.drop_index("ix_planned_message_wave", table_name="planned_message")
    op.drop_index("ix_planned_message_sender_id", table_name="planned_message")
    op.drop_index("ix_planned_message_list", table_name="planned_message")
    op.drop_index("ix_planned_message_due", table_name="planned_message")
    op.drop_index("ix_planned_message_audience", table_name="planned_message")
    op.drop_table("planned_message")
    op.drop_index("ix_change_impact_wave", table_name="change_impact")
    op.drop_index("ix_change_impact_story", table_name="change_impact")
    op.drop_index("ix_change_impact_list", table_name="change_impact")
    op.drop_index("ix_change_impact_audience", table_name="change_impact")
    op.drop_table("change_impact")
    op.drop_index("ix_blackout_period_list", table_name="blackout_period")
    op.drop_index("ix_blackout_period_audience", table_name="blackout_period")
    op.drop_table("blackout_period")
    op.drop_table("load_rule")
