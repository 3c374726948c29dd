"""People chosen one by one to try a pilot, and what those who tried it found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_23_0078"
down_revision = "2026_11_23_0077"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SOMEHOW = "(judged_at IS NULL) = (judgement IS NULL)"
KNOWN = "judgement IS NULL OR judgement IN ('fit', 'unfit')"


def upgrade() -> None:
    """Go forward."""
    op.create_table('config_pilot_person',
    sa.Column('pilot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['pilot_id'], ['config_pilot.id'], name=op.f('fk_config_pilot_person_pilot_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_config_pilot_person_user_id')),
    sa.PrimaryKeyConstraint('pilot_id', 'user_id', name=op.f('pk_config_pilot_person')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table("config_pilot", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.add_column(sa.Column("judgement", sa.Text(), nullable=True))
        table.add_column(sa.Column("judged_at", model.UtcMoment(timezone=True), nullable=True))
        table.add_column(sa.Column("judged_by_id", WHOLE, nullable=True))
        table.add_column(sa.Column("judged_for", sa.Text(), nullable=False, server_default=""))
        table.create_foreign_key(op.f("fk_config_pilot_judged_by_id"), "user", ["judged_by_id"], ["id"])
        table.create_check_constraint(op.f("ck_config_pilot_judged_somehow"), SOMEHOW)
        table.create_check_constraint(op.f("ck_config_pilot_judgement_known"), KNOWN)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("config_pilot", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.drop_constraint(op.f("ck_config_pilot_judgement_known"), type_="check")
        table.drop_constraint(op.f("ck_config_pilot_judged_somehow"), type_="check")
        table.drop_constraint(op.f("fk_config_pilot_judged_by_id"), type_="foreignkey")
        for name in ("judged_for", "judged_by_id", "judged_at", "judgement"):
            table.drop_column(name)
    op.drop_table('config_pilot_person')
