"""Methods of an installation; gates with their lines, waivers, signatures and readings; what a wave passes them for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from implementor.foundation import model

revision = "2026_11_22_0028"
down_revision = "2026_11_22_0027"
branch_labels = None
depends_on = None
DEEDS = {"planning": "start", "implementation": "close", "adoption": "finish"}
"""Stage that waves of an earlier project pass -> what they do when they leave it."""


def upgrade() -> None:
    """Go forward."""
    op.add_column("stage", sa.Column("passes", sa.Text(), nullable=False, server_default=""))
    stage = sa.table("stage", sa.column("key", sa.Text), sa.column("passes", sa.Text), sa.column("scope", sa.Text))
    for key, deed in DEEDS.items():
        op.execute(stage.update().where(stage.c.key == key, stage.c.scope == "wave").values(passes=deed))
    op.create_table(
        "method_version",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "content", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("published_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("published_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "(published_at IS NULL) = (published_by_id IS NULL)", name=op.f("ck_method_version_published_by_somebody")
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_method_version_created_by_id")),
        sa.ForeignKeyConstraint(["published_by_id"], ["user.id"], name=op.f("fk_method_version_published_by_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_method_version_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_method_version")),
        sa.UniqueConstraint("key", "number", name=op.f("uq_method_version_key_number")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_method_version_draft",
        "method_version",
        ["key"],
        unique=True,
        sqlite_where=sa.text("published_at IS NULL"),
        postgresql_where=sa.text("published_at IS NULL"),
    )
    op.create_table(
        "gate",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stage_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("wave_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("proposed_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("proposed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("opened_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("opened_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("(state = 'signed') = (opened_at IS NOT NULL)", name=op.f("ck_gate_opened")),
        sa.CheckConstraint(
            "state IN ('planned', 'prepared', 'in_review', 'mitigation', 'signed')", name=op.f("ck_gate_state")
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_gate_created_by_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["user.id"], name=op.f("fk_gate_opened_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "stage_id"], ["stage.project_id", "stage.id"], name=op.f("fk_gate_project_id_stage_id")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_gate_project_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["user.id"], name=op.f("fk_gate_proposed_by_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_gate_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_gate_project_id_id")),
        sa.UniqueConstraint("project_id", "name", name=op.f("uq_gate_project_id_name")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_gate_decision_id"), "gate", ["decision_id"], unique=False)
    op.create_index("ix_gate_state", "gate", ["state", "project_id"], unique=False)
    op.create_table(
        "gate_item",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("gate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_key", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("done_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("done_at IS NULL OR evidence <> ''", name=op.f("ck_gate_item_done_with_evidence")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_gate_item_created_by_id")),
        sa.ForeignKeyConstraint(["done_by_id"], ["user.id"], name=op.f("fk_gate_item_done_by_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_gate_item_owner_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "gate_id"], ["gate.project_id", "gate.id"], name=op.f("fk_gate_item_project_id_gate_id")
        ),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_gate_item_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_item")),
        sa.UniqueConstraint("gate_id", "item_key", name=op.f("uq_gate_item_gate_id_item_key")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_gate_item_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "gate_reading",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("gate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_key", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("value", model.Scaled(2), nullable=False),
        sa.Column("target", model.Scaled(2), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id", "gate_id"], ["gate.project_id", "gate.id"], name=op.f("fk_gate_reading_project_id_gate_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_reading")),
        sa.UniqueConstraint("gate_id", "item_key", "on", name=op.f("uq_gate_reading_gate_id_item_key_on")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "gate_signature",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("gate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("signed_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("signed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("voided_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("decision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_gate_signature_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "gate_id"], ["gate.project_id", "gate.id"], name=op.f("fk_gate_signature_project_id_gate_id")
        ),
        sa.ForeignKeyConstraint(["signed_by_id"], ["user.id"], name=op.f("fk_gate_signature_signed_by_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_gate_signature_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_signature")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_gate_signature_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_gate_signature_decision_id"), "gate_signature", ["decision_id"], unique=False)
    op.create_index(
        "uq_gate_signature_stands",
        "gate_signature",
        ["gate_id", "role"],
        unique=True,
        sqlite_where=sa.text("voided_at IS NULL"),
        postgresql_where=sa.text("voided_at IS NULL"),
    )
    op.create_table(
        "gate_waiver",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("gate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_key", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("waived_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("waived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("withdrawn_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("risk_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_gate_waiver_reason_given")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_gate_waiver_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "gate_id"], ["gate.project_id", "gate.id"], name=op.f("fk_gate_waiver_project_id_gate_id")
        ),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_gate_waiver_updated_by_id")),
        sa.ForeignKeyConstraint(["waived_by_id"], ["user.id"], name=op.f("fk_gate_waiver_waived_by_id")),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["user.id"], name=op.f("fk_gate_waiver_withdrawn_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_waiver")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_gate_waiver_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_gate_waiver_decision_id"), "gate_waiver", ["decision_id"], unique=False)
    op.create_index(
        "uq_gate_waiver_in_force",
        "gate_waiver",
        ["gate_id", "item_key"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_index(
        "uq_gate_waiver_in_force",
        table_name="gate_waiver",
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.drop_index(op.f("ix_gate_waiver_decision_id"), table_name="gate_waiver")
    op.drop_table("gate_waiver")
    op.drop_index(
        "uq_gate_signature_stands",
        table_name="gate_signature",
        sqlite_where=sa.text("voided_at IS NULL"),
        postgresql_where=sa.text("voided_at IS NULL"),
    )
    op.drop_index(op.f("ix_gate_signature_decision_id"), table_name="gate_signature")
    op.drop_table("gate_signature")
    op.drop_table("gate_reading")
    op.drop_table("gate_item")
    op.drop_index("ix_gate_state", table_name="gate")
    op.drop_index(op.f("ix_gate_decision_id"), table_name="gate")
    op.drop_table("gate")
    op.drop_index(
        "uq_method_version_draft",
        table_name="method_version",
        sqlite_where=sa.text("published_at IS NULL"),
        postgresql_where=sa.text("published_at IS NULL"),
    )
    op.drop_table("method_version")
    op.drop_column("stage", "passes")
