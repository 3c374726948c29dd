"""Budgets by line and month, what was approved of them, limits and contracts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_22_0033"
down_revision = "2026_11_22_0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "variance_limit",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ratio", model.Scaled(4), nullable=False),
        sa.Column("amount", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "(amount IS NULL) = (currency IS NULL)", name=op.f("ck_variance_limit_amount_has_a_currency")
        ),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_variance_limit_amount")),
        sa.CheckConstraint("ratio BETWEEN 0 AND 100000", name=op.f("ck_variance_limit_ratio")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_variance_limit_created_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_variance_limit_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_variance_limit_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_variance_limit")),
        sa.UniqueConstraint("project_id", name=op.f("uq_variance_limit_project_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "budget_line",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("wave_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("archived_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("archived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "category IN ('licence', 'services', 'people', 'training', 'integration', 'other')",
            name=op.f("ck_budget_line_category"),
        ),
        sa.CheckConstraint("length(currency) = 3", name=op.f("ck_budget_line_currency")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_budget_line_archived_by_id")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_budget_line_area_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_budget_line_created_by_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_budget_line_owner_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "wave_id"], ["wave.project_id", "wave.id"], name=op.f("fk_budget_line_project_id_wave_id")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_budget_line_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_budget_line_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_line")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_budget_line_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_budget_line_list_area_id",
        "budget_line",
        ["project_id", "area_id", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_budget_line_list_category",
        "budget_line",
        ["project_id", "category", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_budget_line_list_currency",
        "budget_line",
        ["project_id", "currency", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_budget_line_list_owner_id",
        "budget_line",
        ["project_id", "owner_id", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_budget_line_list_title_key",
        "budget_line",
        ["project_id", "title_key", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_budget_line_list_wave_id",
        "budget_line",
        ["project_id", "wave_id", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_table(
        "budget_amount",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("line_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "kind IN ('planned', 'committed', 'actual', 'forecast')", name=op.f("ck_budget_amount_kind")
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_budget_amount_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "line_id"],
            ["budget_line.project_id", "budget_line.id"],
            name=op.f("fk_budget_amount_project_id_line_id"),
        ),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_budget_amount_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_amount")),
        sa.UniqueConstraint("line_id", "kind", "month", name=op.f("uq_budget_amount_line_id_kind_month")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_budget_amount_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_budget_amount_sum", "budget_amount", ["project_id", "kind", "month", "line_id", "amount"], unique=False
    )
    op.create_table(
        "budget_baseline",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("decision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("change_request_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("approved_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("approved_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("withdrawn_at", model.UtcMoment(timezone=True), nullable=True),
        sa.CheckConstraint("number = 1 OR reason IS NOT NULL", name=op.f("ck_budget_baseline_again_for_a_reason")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["user.id"], name=op.f("fk_budget_baseline_approved_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "change_request_id"],
            ["change_request.project_id", "change_request.id"],
            name=op.f("fk_budget_baseline_project_id_change_request_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "decision_id"],
            ["decision.project_id", "decision.id"],
            name=op.f("fk_budget_baseline_project_id_decision_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_budget_baseline_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_baseline")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_budget_baseline_project_id_id")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_budget_baseline_project_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_budget_baseline_decision", "budget_baseline", ["project_id", "decision_id"], unique=False)
    op.create_table(
        "budget_fact",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("line_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("kind IN ('planned', 'committed', 'actual', 'forecast')", name=op.f("ck_budget_fact_kind")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_budget_fact_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "line_id"],
            ["budget_line.project_id", "budget_line.id"],
            name=op.f("fk_budget_fact_project_id_line_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_fact")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_budget_fact_at", "budget_fact", ["project_id", "at", "id"], unique=False)
    op.create_index(
        "ix_budget_fact_cell", "budget_fact", ["project_id", "line_id", "kind", "month", "at"], unique=False
    )
    op.create_table(
        "contract",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("supplier", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("line_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("amount", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("warn_days", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("licences", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.Column("decision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("warned_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("archived_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("archived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("verdict IN ('go', 'no_go')", name=op.f("ck_contract_verdict")),
        sa.CheckConstraint("(amount IS NULL) = (currency IS NULL)", name=op.f("ck_contract_amount_has_a_currency")),
        sa.CheckConstraint("(verdict IS NULL) = (decision_id IS NULL)", name=op.f("ck_contract_decided")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_contract_dates")),
        sa.CheckConstraint("licences >= 0", name=op.f("ck_contract_licences")),
        sa.CheckConstraint("warn_days BETWEEN 0 AND 730", name=op.f("ck_contract_warn_days")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_contract_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_contract_created_by_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_contract_owner_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "decision_id"],
            ["decision.project_id", "decision.id"],
            name=op.f("fk_contract_project_id_decision_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "line_id"],
            ["budget_line.project_id", "budget_line.id"],
            name=op.f("fk_contract_project_id_line_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_contract_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_contract_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_contract_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_contract_decision", "contract", ["project_id", "decision_id"], unique=False)
    op.create_index(
        "ix_contract_ending",
        "contract",
        ["ends_on", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_contract_list_ends_on",
        "contract",
        ["project_id", "ends_on", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_contract_list_line_id",
        "contract",
        ["project_id", "line_id", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_contract_list_owner_id",
        "contract",
        ["project_id", "owner_id", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_contract_list_title_key",
        "contract",
        ["project_id", "title_key", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_contract_list_verdict",
        "contract",
        ["project_id", "verdict", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_table(
        "baseline_amount",
        sa.Column("baseline_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("line_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("amount", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("converted", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id", "baseline_id"],
            ["budget_baseline.project_id", "budget_baseline.id"],
            name=op.f("fk_baseline_amount_project_id_baseline_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "line_id"],
            ["budget_line.project_id", "budget_line.id"],
            name=op.f("fk_baseline_amount_project_id_line_id"),
        ),
        sa.PrimaryKeyConstraint("baseline_id", "line_id", "month", name=op.f("pk_baseline_amount")),
    )
    op.create_table(
        "baseline_story",
        sa.Column("baseline_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("story_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("points", model.Scaled(2), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id", "baseline_id"],
            ["budget_baseline.project_id", "budget_baseline.id"],
            name=op.f("fk_baseline_story_project_id_baseline_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "story_id"],
            ["story.project_id", "story.id"],
            name=op.f("fk_baseline_story_project_id_story_id"),
        ),
        sa.PrimaryKeyConstraint("baseline_id", "story_id", name=op.f("pk_baseline_story")),
    )
    op.create_table(
        "licence_count",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("contract_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("used >= 0", name=op.f("ck_licence_count_used")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_licence_count_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "contract_id"],
            ["contract.project_id", "contract.id"],
            name=op.f("fk_licence_count_project_id_contract_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence_count")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_licence_count_contract", "licence_count", ["project_id", "contract_id", "counted_on", "id"], unique=False
    )


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_licence_count_contract", table_name="licence_count")
    op.drop_table("licence_count")
    op.drop_table("baseline_story")
    op.drop_table("baseline_amount")
    op.drop_index(
        "ix_contract_list_verdict",
        table_name="contract",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_contract_list_title_key",
        table_name="contract",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_contract_list_owner_id",
        table_name="contract",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_contract_list_line_id",
        table_name="contract",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_contract_list_ends_on",
        table_name="contract",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_contract_ending",
        table_name="contract",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index("ix_contract_decision", table_name="contract")
    op.drop_table("contract")
    op.drop_index("ix_budget_fact_cell", table_name="budget_fact")
    op.drop_index("ix_budget_fact_at", table_name="budget_fact")
    op.drop_table("budget_fact")
    op.drop_index("ix_budget_baseline_decision", table_name="budget_baseline")
    op.drop_table("budget_baseline")
    op.drop_index("ix_budget_amount_sum", table_name="budget_amount")
    op.drop_table("budget_amount")
    op.drop_index(
        "ix_budget_line_list_wave_id",
        table_name="budget_line",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_budget_line_list_title_key",
        table_name="budget_line",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_budget_line_list_owner_id",
        table_name="budget_line",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_budget_line_list_currency",
        table_name="budget_line",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_budget_line_list_category",
        table_name="budget_line",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_budget_line_list_area_id",
        table_name="budget_line",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_table("budget_line")
    op.drop_table("variance_limit")
