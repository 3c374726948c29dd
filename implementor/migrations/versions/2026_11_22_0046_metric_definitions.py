"""Keep how metrics are measured, version by version, and what stands behind each measurement."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from implementor.foundation import model

revision = "2026_11_22_0046"
down_revision = "2026_11_22_0045"
branch_labels = None
depends_on = None


NAMED = sa.text("key <> ''")
TOLD = "value IS NOT NULL OR corrects_id IS NOT NULL"
WITHDRAW = "ck_measurement_only_corrections_withdraw"
JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
BEHIND = ("numerator", "denominator", "n", "definition_number", "unmeasured")


def behind() -> list[sa.Column[object]]:
    """What stands behind a measurement."""
    shapes = (model.Scaled(4), model.Scaled(4), sa.Integer(), sa.Integer(), JSON)
    return [sa.Column(name, shape, nullable=True) for name, shape in zip(BEHIND, shapes, strict=True)]


def change_measurement(told: str, *, add: list[sa.Column[object]], drop: tuple[str, ...]) -> None:
    """Give the table other columns and another rule; SQLite writes it anew."""
    with op.batch_alter_table("measurement", table_kwargs={"sqlite_autoincrement": True}) as measurement:
        measurement.drop_constraint(op.f(WITHDRAW), type_="check")
        for column in add:
            measurement.add_column(column)
        for name in drop:
            measurement.drop_column(name)
        measurement.create_check_constraint(op.f(WITHDRAW), told)


def upgrade() -> None:
    """Go forward."""
    op.add_column("metric", sa.Column("key", sa.Text(), server_default="", nullable=False))
    op.add_column("metric", sa.Column("definition_number", sa.Integer(), nullable=True))
    op.add_column("metric", sa.Column("tried_on", sa.Date(), nullable=True))
    op.execute("UPDATE metric SET key = 'metric_' || id")
    op.create_index(
        "uq_metric_key", "metric", ["project_id", "key"], unique=True, sqlite_where=NAMED, postgresql_where=NAMED
    )
    change_measurement(f"{TOLD} OR definition_number IS NOT NULL", add=behind(), drop=())
    op.create_table(
        "metric_definition",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("metric_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "definition", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("created_at", model.UtcMoment(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_metric_definition_counted_from_one")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_metric_definition_created_by_id")),
        sa.ForeignKeyConstraint(
            ["project_id", "metric_id"],
            ["metric.project_id", "metric.id"],
            name=op.f("fk_metric_definition_project_id_metric_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_metric_definition")),
        sa.UniqueConstraint("metric_id", "number", name=op.f("uq_metric_definition_metric_id_number")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("metric_definition")
    op.execute("DELETE FROM measurement WHERE value IS NULL AND corrects_id IS NULL")
    change_measurement(TOLD, add=[], drop=BEHIND)
    op.drop_index("uq_metric_key", table_name="metric", sqlite_where=NAMED, postgresql_where=NAMED)
    for name in ("tried_on", "definition_number", "key"):
        op.drop_column("metric", name)
