"""What customers ordered, line by line, and the facts of its way."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_22_0017"
down_revision = "2026_11_22_0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "order_counter",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("last", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_order_counter_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_counter")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "customer_order",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("number_key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("opportunity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("ordered_on", sa.Date(), nullable=False),
        sa.Column("wanted_on", sa.Date(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("net_amount", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("tax_amount", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("total_amount", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("placed_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("approved_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("dispatched_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("invoiced_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("paid_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("cancelled_at", model.UtcMoment(timezone=True), nullable=True),
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
            "state IN ('draft', 'placed', 'approved', 'dispatched', 'invoiced', 'paid', 'cancelled')",
            name=op.f("ck_customer_order_state_known"),
        ),
        sa.CheckConstraint("type IN ('sale', 'credit')", name=op.f("ck_customer_order_type_known")),
        sa.CheckConstraint("(net_amount IS NULL) = (tax_amount IS NULL)", name=op.f("ck_customer_order_net_and_tax")),
        sa.CheckConstraint("net_amount + tax_amount = total_amount", name=op.f("ck_customer_order_total_adds_up")),
        sa.CheckConstraint(
            "total_amount IS NULL OR currency IS NOT NULL", name=op.f("ck_customer_order_total_in_a_currency")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_customer_order_account_id")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_customer_order_archived_by_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_customer_order_contact_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_customer_order_created_by_id")),
        sa.ForeignKeyConstraint(["opportunity_id"], ["opportunity.id"], name=op.f("fk_customer_order_opportunity_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_customer_order_owner_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_customer_order_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_order")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_customer_order_list_account_id_ordered_on",
        "customer_order",
        ["account_id", "ordered_on", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_order_list_approved_at",
        "customer_order",
        ["approved_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_order_list_cancelled_at",
        "customer_order",
        ["cancelled_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_order_list_contact_id_ordered_on",
        "customer_order",
        ["contact_id", "ordered_on", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_order_list_created_at",
        "customer_order",
        ["created_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_order_list_currency_total_amount",
        "customer_order",
        ["currency", "total_amount", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_order_list_dispatched_at",
        "customer_order",
        ["dispatched_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_order_list_invoiced_at",
        "customer_order",
        ["invoiced_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_order_list_number_key",
        "customer_order",
        ["number_key", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_order_list_opportunity_id_ordered_on",
        "customer_order",
        ["opportunity_id", "ordered_on", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_order_list_ordered_on",
        "customer_order",
        ["ordered_on", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_order_list_owner_id_ordered_on",
        "customer_order",
        ["owner_id", "ordered_on", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_order_list_paid_at",
        "customer_order",
        ["paid_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_order_list_placed_at",
        "customer_order",
        ["placed_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_order_list_state_ordered_on",
        "customer_order",
        ["state", "ordered_on", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_order_list_total_amount",
        "customer_order",
        ["total_amount", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_order_list_type_ordered_on",
        "customer_order",
        ["type", "ordered_on", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_order_list_updated_at",
        "customer_order",
        ["updated_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_customer_order_list_wanted_on",
        "customer_order",
        ["wanted_on", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_table(
        "order_fact",
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("archived_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("archived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "kind IN ('placed', 'approved', 'dispatched', 'invoiced', 'paid', 'cancelled')",
            name=op.f("ck_order_fact_kind_known"),
        ),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_order_fact_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_order_fact_created_by_id")),
        sa.ForeignKeyConstraint(["order_id"], ["customer_order.id"], name=op.f("fk_order_fact_order_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_order_fact_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_fact")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_order_fact_order", "order_fact", ["order_id", "at", "id"], unique=False)
    op.create_index(
        "uq_order_fact",
        "order_fact",
        ["order_id", "kind"],
        unique=True,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_table(
        "order_line",
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("quantity", model.Scaled(4), nullable=False),
        sa.Column("unit_price_amount", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("discount_ratio", model.Scaled(4), nullable=False),
        sa.Column("tax_ratio", model.Scaled(4), nullable=False),
        sa.Column("net_amount", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("tax_amount", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("total_amount", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("archived_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("archived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("discount_ratio BETWEEN 0 AND 10000", name=op.f("ck_order_line_discount_range")),
        sa.CheckConstraint("net_amount + tax_amount = total_amount", name=op.f("ck_order_line_total_adds_up")),
        sa.CheckConstraint("quantity <> 0", name=op.f("ck_order_line_quantity_not_zero")),
        sa.CheckConstraint("tax_ratio BETWEEN 0 AND 10000", name=op.f("ck_order_line_tax_range")),
        sa.CheckConstraint("unit_price_amount >= 0", name=op.f("ck_order_line_price_not_negative")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_order_line_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_order_line_created_by_id")),
        sa.ForeignKeyConstraint(["order_id"], ["customer_order.id"], name=op.f("fk_order_line_order_id")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_order_line_product_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_order_line_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_line")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_order_line_order", "order_line", ["order_id"], unique=False)
    op.create_index("ix_order_line_product", "order_line", ["product_id", "order_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_order_line_product", table_name="order_line")
    op.drop_index("ix_order_line_order", table_name="order_line")
    op.drop_table("order_line")
    op.drop_index(
        "uq_order_fact",
        table_name="order_fact",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index("ix_order_fact_order", table_name="order_fact")
    op.drop_table("order_fact")
    op.drop_index(
        "ix_customer_order_list_wanted_on",
        table_name="customer_order",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_order_list_updated_at",
        table_name="customer_order",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_order_list_type_ordered_on",
        table_name="customer_order",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_order_list_total_amount",
        table_name="customer_order",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_order_list_state_ordered_on",
        table_name="customer_order",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_order_list_placed_at",
        table_name="customer_order",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_order_list_paid_at",
        table_name="customer_order",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_order_list_owner_id_ordered_on",
        table_name="customer_order",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_order_list_ordered_on",
        table_name="customer_order",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_order_list_opportunity_id_ordered_on",
        table_name="customer_order",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_order_list_number_key",
        table_name="customer_order",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_order_list_invoiced_at",
        table_name="customer_order",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_order_list_dispatched_at",
        table_name="customer_order",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_order_list_currency_total_amount",
        table_name="customer_order",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_order_list_created_at",
        table_name="customer_order",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_order_list_contact_id_ordered_on",
        table_name="customer_order",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_order_list_cancelled_at",
        table_name="customer_order",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_order_list_approved_at",
        table_name="customer_order",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "ix_customer_order_list_account_id_ordered_on",
        table_name="customer_order",
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_table("customer_order")
    op.drop_table("order_counter")
