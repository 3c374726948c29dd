"""Publish the scorecard of a project to areas, which take note of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from implementor.foundation import model

revision = "2026_11_22_0050"
down_revision = "2026_11_22_0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "scorecard_edition",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column(
            "figures", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("published_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_scorecard_edition_numbered")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_scorecard_edition_project_id")),
        sa.ForeignKeyConstraint(["published_by_id"], ["user.id"], name=op.f("fk_scorecard_edition_published_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scorecard_edition")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_scorecard_edition_project_id_id")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_scorecard_edition_project_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "scorecard_acknowledgement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", model.UtcMoment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_scorecard_acknowledgement_area_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "edition_id"],
            ["scorecard_edition.project_id", "scorecard_edition.id"],
            name=op.f("fk_scorecard_acknowledgement_project_id_edition_id"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_scorecard_acknowledgement_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scorecard_acknowledgement")),
        sa.UniqueConstraint(
            "edition_id", "area_id", "user_id", name=op.f("uq_scorecard_acknowledgement_edition_id_area_id_user_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "scorecard_area",
        sa.Column("edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_scorecard_area_area_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "edition_id"],
            ["scorecard_edition.project_id", "scorecard_edition.id"],
            name=op.f("fk_scorecard_area_project_id_edition_id"),
        ),
        sa.PrimaryKeyConstraint("edition_id", "area_id", name=op.f("pk_scorecard_area")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("scorecard_area")
    op.drop_table("scorecard_acknowledgement")
    op.drop_table("scorecard_edition")
