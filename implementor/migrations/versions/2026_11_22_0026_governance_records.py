"""Risks, decisions, action items, requests for change and what they have to do with others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_22_0026"
down_revision = "2026_11_22_0025"
branch_labels = None
depends_on = None


COUNTERS = ("next_risk_number", "next_decision_number", "next_action_number", "next_change_number")


def upgrade() -> None:
    """Go forward."""
    for name in COUNTERS:
        op.add_column("project", sa.Column(name, sa.Integer(), nullable=False, server_default="1"))
    op.create_table(
        "action_item",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("opened_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("done_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("archived_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("archived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("(done_at IS NULL) = (result IS NULL)", name=op.f("ck_action_item_done_with_a_result")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_action_item_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_action_item_created_by_id")),
        sa.ForeignKeyConstraint(["done_by_id"], ["user.id"], name=op.f("fk_action_item_done_by_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["user.id"], name=op.f("fk_action_item_opened_by_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_action_item_owner_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_action_item_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_action_item_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_item")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_action_item_project_id_id")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_action_item_project_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_action_item_due", "action_item", ["project_id", "due_on", "id"], unique=False)
    op.create_index("ix_action_item_list", "action_item", ["project_id", "done_at", "id"], unique=False)
    op.create_index("ix_action_item_owner_id", "action_item", ["owner_id", "done_at"], unique=False)
    op.create_table(
        "decision",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("background", sa.Text(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("opened_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("votes_asked_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("votes_asked_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decided_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reverses_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reversed_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("archived_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("archived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("(decided_at IS NULL) = (outcome IS NULL)", name=op.f("ck_decision_decided")),
        sa.CheckConstraint("(decided_at IS NULL) = (reason IS NULL)", name=op.f("ck_decision_decided_for_a_reason")),
        sa.CheckConstraint("reversed_at IS NULL OR decided_at IS NOT NULL", name=op.f("ck_decision_reversed")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_decision_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_decision_created_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_decision_decided_by_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["user.id"], name=op.f("fk_decision_opened_by_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_decision_owner_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "reverses_id"],
            ["decision.project_id", "decision.id"],
            name=op.f("fk_decision_project_id_reverses_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_decision_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_decision_updated_by_id")),
        sa.ForeignKeyConstraint(["votes_asked_by_id"], ["user.id"], name=op.f("fk_decision_votes_asked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_decision_project_id_id")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_decision_project_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_decision_due", "decision", ["project_id", "due_on", "id"], unique=False)
    op.create_index("ix_decision_list", "decision", ["project_id", "decided_at", "id"], unique=False)
    op.create_index("ix_decision_owner_id", "decision", ["owner_id", "decided_at"], unique=False)
    op.create_index(
        "uq_decision_reverses",
        "decision",
        ["project_id", "reverses_id"],
        unique=True,
        sqlite_where=sa.text("reverses_id IS NOT NULL AND archived_at IS NULL"),
        postgresql_where=sa.text("reverses_id IS NOT NULL AND archived_at IS NULL"),
    )
    op.create_table(
        "record_link",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("record_kind", sa.Text(), nullable=False),
        sa.Column("record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("other_kind", sa.Text(), nullable=False),
        sa.Column("other_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("relation IN ('affects', 'came_from', 'became')", name=op.f("ck_record_link_relation")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_record_link_created_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_record_link_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_record_link_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_link")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_record_link_project_id_id")),
        sa.UniqueConstraint(
            "record_kind",
            "record_id",
            "relation",
            "other_kind",
            "other_id",
            name=op.f("uq_record_link_record_kind_record_id_relation_other_kind_other_id"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_record_link_other", "record_link", ["other_kind", "other_id"], unique=False)
    op.create_table(
        "risk",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("inherent_probability", sa.Integer(), nullable=True),
        sa.Column("inherent_impact", sa.Integer(), nullable=True),
        sa.Column("probability", sa.Integer(), nullable=False),
        sa.Column("impact", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("residual_probability", sa.Integer(), nullable=True),
        sa.Column("residual_impact", sa.Integer(), nullable=True),
        sa.Column("response", sa.Text(), nullable=True),
        sa.Column("response_plan", sa.Text(), nullable=True),
        sa.Column("trigger", sa.Text(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("exposure_amount", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("exposure_currency", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("opened_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("closed_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("closing_reason", sa.Text(), nullable=True),
        sa.Column("archived_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("archived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("response IN ('avoid', 'reduce', 'transfer', 'accept')", name=op.f("ck_risk_response")),
        sa.CheckConstraint("(closed_at IS NULL) = (closing_reason IS NULL)", name=op.f("ck_risk_closed_for_a_reason")),
        sa.CheckConstraint("(exposure_amount IS NULL) = (exposure_currency IS NULL)", name=op.f("ck_risk_exposure")),
        sa.CheckConstraint(
            "(inherent_probability IS NULL) = (inherent_impact IS NULL)", name=op.f("ck_risk_inherent_pair")
        ),
        sa.CheckConstraint(
            "(residual_probability IS NULL) = (residual_impact IS NULL)", name=op.f("ck_risk_residual_pair")
        ),
        sa.CheckConstraint("impact BETWEEN 1 AND 5", name=op.f("ck_risk_impact")),
        sa.CheckConstraint("inherent_impact BETWEEN 1 AND 5", name=op.f("ck_risk_inherent_impact")),
        sa.CheckConstraint("inherent_probability BETWEEN 1 AND 5", name=op.f("ck_risk_inherent_probability")),
        sa.CheckConstraint("probability BETWEEN 1 AND 5", name=op.f("ck_risk_probability")),
        sa.CheckConstraint("residual_impact BETWEEN 1 AND 5", name=op.f("ck_risk_residual_impact")),
        sa.CheckConstraint("residual_probability BETWEEN 1 AND 5", name=op.f("ck_risk_residual_probability")),
        sa.CheckConstraint("score = probability * impact", name=op.f("ck_risk_score")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_risk_archived_by_id")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["user.id"], name=op.f("fk_risk_closed_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_risk_created_by_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["user.id"], name=op.f("fk_risk_opened_by_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_risk_owner_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_risk_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_risk_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_risk_project_id_id")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_risk_project_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_risk_list", "risk", ["project_id", "closed_at", "score", "id"], unique=False)
    op.create_index("ix_risk_owner_id", "risk", ["owner_id", "closed_at"], unique=False)
    op.create_index("ix_risk_review", "risk", ["project_id", "review_on", "id"], unique=False)
    op.create_table(
        "change_request",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("effects", sa.Text(), nullable=True),
        sa.Column("amount", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("opened_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("decision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("answered_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("archived_at", model.UtcMoment(timezone=True), nullable=True),
        sa.Column("archived_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("answer IN ('approved', 'refused', 'postponed')", name=op.f("ck_change_request_answer")),
        sa.CheckConstraint("subject IN ('scope', 'money', 'date')", name=op.f("ck_change_request_subject")),
        sa.CheckConstraint("(amount IS NULL) = (currency IS NULL)", name=op.f("ck_change_request_amount")),
        sa.CheckConstraint("(answer IS NULL) = (decision_id IS NULL)", name=op.f("ck_change_request_decided")),
        sa.ForeignKeyConstraint(["archived_by_id"], ["user.id"], name=op.f("fk_change_request_archived_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_change_request_created_by_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["user.id"], name=op.f("fk_change_request_opened_by_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_change_request_owner_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "decision_id"],
            ["decision.project_id", "decision.id"],
            name=op.f("fk_change_request_project_id_decision_id"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_change_request_project_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_change_request_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_request")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_change_request_project_id_id")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_change_request_project_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_change_request_decision", "change_request", ["project_id", "decision_id"], unique=False)
    op.create_index("ix_change_request_due", "change_request", ["project_id", "due_on", "id"], unique=False)
    op.create_index("ix_change_request_list", "change_request", ["project_id", "answer", "id"], unique=False)
    op.create_index("ix_change_request_owner_id", "change_request", ["owner_id", "answer"], unique=False)
    op.create_table(
        "decision_vote",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("decision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("updated_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_decision_vote_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "decision_id"],
            ["decision.project_id", "decision.id"],
            name=op.f("fk_decision_vote_project_id_decision_id"),
        ),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_decision_vote_updated_by_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_decision_vote_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_vote")),
        sa.UniqueConstraint("decision_id", "user_id", name=op.f("uq_decision_vote_decision_id_user_id")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_decision_vote_project_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "risk_score",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("risk_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("inherent_probability", sa.Integer(), nullable=True),
        sa.Column("inherent_impact", sa.Integer(), nullable=True),
        sa.Column("probability", sa.Integer(), nullable=False),
        sa.Column("impact", sa.Integer(), nullable=False),
        sa.Column("residual_probability", sa.Integer(), nullable=True),
        sa.Column("residual_impact", sa.Integer(), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.CheckConstraint("impact BETWEEN 1 AND 5", name=op.f("ck_risk_score_impact")),
        sa.CheckConstraint("inherent_impact BETWEEN 1 AND 5", name=op.f("ck_risk_score_inherent_impact")),
        sa.CheckConstraint("inherent_probability BETWEEN 1 AND 5", name=op.f("ck_risk_score_inherent_probability")),
        sa.CheckConstraint("probability BETWEEN 1 AND 5", name=op.f("ck_risk_score_probability")),
        sa.CheckConstraint("residual_impact BETWEEN 1 AND 5", name=op.f("ck_risk_score_residual_impact")),
        sa.CheckConstraint("residual_probability BETWEEN 1 AND 5", name=op.f("ck_risk_score_residual_probability")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_risk_score_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "risk_id"], ["risk.project_id", "risk.id"], name=op.f("fk_risk_score_project_id_risk_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_score")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_risk_score_project", "risk_score", ["project_id", "at", "id"], unique=False)
    op.create_index("ix_risk_score_risk", "risk_score", ["risk_id", "at", "id"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_risk_score_risk", table_name="risk_score")
    op.drop_index("ix_risk_score_project", table_name="risk_score")
    op.drop_table("risk_score")
    op.drop_table("decision_vote")
    op.drop_index("ix_change_request_owner_id", table_name="change_request")
    op.drop_index("ix_change_request_list", table_name="change_request")
    op.drop_index("ix_change_request_due", table_name="change_request")
    op.drop_index("ix_change_request_decision", table_name="change_request")
    op.drop_table("change_request")
    op.drop_index("ix_risk_review", table_name="risk")
    op.drop_index("ix_risk_owner_id", table_name="risk")
    op.drop_index("ix_risk_list", table_name="risk")
    op.drop_table("risk")
    op.drop_index("ix_record_link_other", table_name="record_link")
    op.drop_table("record_link")
    op.drop_index(
        "uq_decision_reverses",
        table_name="decision",
        sqlite_where=sa.text("reverses_id IS NOT NULL AND archived_at IS NULL"),
        postgresql_where=sa.text("reverses_id IS NOT NULL AND archived_at IS NULL"),
    )
    op.drop_index("ix_decision_owner_id", table_name="decision")
    op.drop_index("ix_decision_list", table_name="decision")
    op.drop_index("ix_decision_due", table_name="decision")
    op.drop_table("decision")
    op.drop_index("ix_action_item_owner_id", table_name="action_item")
    op.drop_index("ix_action_item_list", table_name="action_item")
    op.drop_index("ix_action_item_due", table_name="action_item")
    op.drop_table("action_item")
    for name in reversed(COUNTERS):
        op.drop_column("project", name)
