"""Cases with the facts of their way, and the counter of their numbers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_22_0015"
down_revision = "2026_11_22_0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "case_counter",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("last", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_case_counter_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_counter")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "customer_case",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_since", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("opened_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("first_response_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("resolution", sa.Text(), nullable=True),
        sa.Column("resolved_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("resolved_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("closed_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("duplicate_of_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("satisfaction", sa.Integer(), nullable=True),
        sa.Column("satisfaction_comment", sa.Text(), nullable=True),
        sa.Column("due_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("warn_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("archived_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("archived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "(status = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_customer_case_closed_at_a_moment")
        ),
        sa.CheckConstraint(
            "priority IN ('low', 'normal', 'high', 'urgent')", name=op.f("ck_customer_case_priority_known")
        ),
        sa.CheckConstraint(
            "status IN ('new', 'in_progress', 'waiting_customer', 'waiting_others', 'resolved', 'closed')",
            name=op.f("ck_customer_case_status_known"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('resolved', 'closed') OR resolved_at IS NOT NULL",
            name=op.f("ck_customer_case_done_at_a_moment"),
        ),
        sa.CheckConstraint("duplicate_of_id <> id", name=op.f("ck_customer_case_not_its_own_duplicate")),
        sa.CheckConstraint("satisfaction BETWEEN 1 AND 5", name=op.f("ck_customer_case_satisfaction_range")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_customer_case_account_id")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_customer_case_archived_by_id")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_customer_case_area_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_customer_case_contact_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_customer_case_created_by_id")),
        sa.ForeignKeyConstraint(
            ["duplicate_of_id"], ["customer_case.id"], name=op.f("fk_customer_case_duplicate_of_id")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_customer_case_owner_id")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_customer_case_product_id")),
        sa.ForeignKeyConstraint(["resolved_by_id"], ["user.id"], name=op.f("fk_customer_case_resolved_by_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_customer_case_team_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_customer_case_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_case")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_customer_case_duplicate_of", "customer_case", ["duplicate_of_id"], unique=False)
    op.create_index(
        "ix_customer_case_up",
        "customer_case",
        ["owner_id", "due_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL AND due_at IS NOT NULL"),
        postgresql_where=sa.text("archived_at IS NULL AND due_at IS NOT NULL"),
    )
    op.create_index(
        "ix_customer_case_list_account_id_opened_at",
        "customer_case",
        ["account_id", "opened_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_case_list_area_id_status_opened_at",
        "customer_case",
        ["area_id", "status", "opened_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_case_list_category_opened_at",
        "customer_case",
        ["category", "opened_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_case_list_channel_opened_at",
        "customer_case",
        ["channel", "opened_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_case_list_closed_at",
        "customer_case",
        ["closed_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_case_list_code",
        "customer_case",
        ["code", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_case_list_contact_id_opened_at",
        "customer_case",
        ["contact_id", "opened_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_case_list_created_at",
        "customer_case",
        ["created_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_case_list_due_at",
        "customer_case",
        ["due_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_case_list_duplicate_of_id",
        "customer_case",
        ["duplicate_of_id", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_case_list_first_response_at",
        "customer_case",
        ["first_response_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_case_list_number",
        "customer_case",
        ["number", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_case_list_opened_at",
        "customer_case",
        ["opened_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_case_list_owner_id_status_opened_at",
        "customer_case",
        ["owner_id", "status", "opened_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_case_list_priority_opened_at",
        "customer_case",
        ["priority", "opened_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_case_list_product_id_opened_at",
        "customer_case",
        ["product_id", "opened_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_case_list_resolved_at",
        "customer_case",
        ["resolved_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_case_list_satisfaction_opened_at",
        "customer_case",
        ["satisfaction", "opened_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_case_list_status_opened_at",
        "customer_case",
        ["status", "opened_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_case_list_status_since",
        "customer_case",
        ["status_since", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_case_list_subject_key",
        "customer_case",
        ["subject_key", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_case_list_team_id_status_opened_at",
        "customer_case",
        ["team_id", "status", "opened_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_case_list_updated_at",
        "customer_case",
        ["updated_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_case_list_warn_at",
        "customer_case",
        ["warn_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index("uq_customer_case_code", "customer_case", ["code"], unique=True)
    op.create_index("uq_customer_case_number", "customer_case", ["number"], unique=True)
    op.create_table(
        "case_event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("aspect", sa.Text(), nullable=False),
        sa.Column("from_key", sa.Text(), nullable=True),
        sa.Column("to_key", sa.Text(), nullable=True),
        sa.Column("from_label", sa.Text(), nullable=True),
        sa.Column("to_label", sa.Text(), nullable=True),
        sa.Column("at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("seconds", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "aspect IN ('status', 'owner', 'area', 'priority')", name=op.f("ck_case_event_aspect_known")
        ),
        sa.CheckConstraint("seconds >= 0", name=op.f("ck_case_event_seconds_not_negative")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_case_event_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["customer_case.id"], name=op.f("fk_case_event_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_event")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_case_event_aspect", "case_event", ["aspect", "at", "to_key"], unique=False)
    op.create_index("ix_case_event_case", "case_event", ["case_id", "at", "id"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_case_event_case", table_name="case_event")
    op.drop_index("ix_case_event_aspect", table_name="case_event")
    op.drop_table("case_event")
    op.drop_index("uq_customer_case_number", table_name="customer_case")
    op.drop_index("uq_customer_case_code", table_name="customer_case")
    op.drop_index(
        "ix_customer_case_list_warn_at",
        table_name="customer_case",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_case_list_updated_at",
        table_name="customer_case",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_case_list_team_id_status_opened_at",
        table_name="customer_case",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_case_list_subject_key",
        table_name="customer_case",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_case_list_status_since",
        table_name="customer_case",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_case_list_status_opened_at",
        table_name="customer_case",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_case_list_satisfaction_opened_at",
        table_name="customer_case",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_case_list_resolved_at",
        table_name="customer_case",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_case_list_product_id_opened_at",
        table_name="customer_case",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_case_list_priority_opened_at",
        table_name="customer_case",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_case_list_owner_id_status_opened_at",
        table_name="customer_case",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_case_list_opened_at",
        table_name="customer_case",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_case_list_number",
        table_name="customer_case",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_case_list_first_response_at",
        table_name="customer_case",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_case_list_duplicate_of_id",
        table_name="customer_case",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_case_list_due_at",
        table_name="customer_case",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_case_list_created_at",
        table_name="customer_case",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_case_list_contact_id_opened_at",
        table_name="customer_case",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_case_list_code",
        table_name="customer_case",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_case_list_closed_at",
        table_name="customer_case",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_case_list_channel_opened_at",
        table_name="customer_case",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_case_list_category_opened_at",
        table_name="customer_case",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_case_list_area_id_status_opened_at",
        table_name="customer_case",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_case_list_account_id_opened_at",
        table_name="customer_case",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_case_up",
        table_name="customer_case",
        sqlite_where=sa.text("archived_at IS NULL AND due_at IS NOT NULL"),
        postgresql_where=sa.text("archived_at IS NULL AND due_at IS NOT NULL"),
    )
    op.drop_index("ix_customer_case_duplicate_of", table_name="customer_case")
    op.drop_table("customer_case")
    op.drop_table("case_counter")
