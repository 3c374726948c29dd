"""How far fields of one's own reach by day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_0083"
down_revision = "2026_11_23_0082"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table('adoption_reach_day',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('field', sa.Text(), nullable=False),
    sa.Column('records', sa.Integer(), nullable=False),
    sa.Column('filled', sa.Integer(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('users', sa.Integer(), nullable=False),
    sa.CheckConstraint('filled <= records AND users <= people', name=op.f('ck_adoption_reach_day_parts_of_wholes')),
    sa.PrimaryKeyConstraint('day', 'field', name=op.f('pk_adoption_reach_day')),
    sqlite_autoincrement=True
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table('adoption_reach_day')
