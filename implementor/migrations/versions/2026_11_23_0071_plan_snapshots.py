"""Named moments of plans."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_23_0071"
down_revision = "2026_11_23_0070"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table('plan_snapshot',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('name_key', sa.Text(), nullable=False),
    sa.Column('at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_plan_snapshot_by_id')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_plan_snapshot_project_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_snapshot')),
    sa.UniqueConstraint('project_id', 'name_key', name=op.f('uq_plan_snapshot_project_id_name_key')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_plan_snapshot_time', 'plan_snapshot', ['project_id', 'at', 'id'], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index('ix_plan_snapshot_time', table_name='plan_snapshot')
    op.drop_table('plan_snapshot')
