"""Areas of who asked, and which requests wait longer than promised."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_0086"
down_revision = "2026_11_23_0085"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table('support_request', schema=None) as batch_op:
        batch_op.add_column(sa.Column('area_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('is_late', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_index('ix_support_request_area', ['project_id', 'area_id', 'id'], unique=False)
        batch_op.create_index('ix_support_request_late', ['project_id', 'is_late', 'id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_support_request_area_id'), 'area', ['area_id'], ['id'])
    with op.batch_alter_table('support_request', schema=None) as batch_op:
        batch_op.alter_column('is_late', server_default=None)
    op.execute(
        "UPDATE support_request SET is_late = TRUE WHERE EXISTS (SELECT 1 FROM sla_clock"
        " WHERE record_kind = 'support_request' AND record_id = support_request.id AND breached_at IS NOT NULL)"
    )


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table('support_request', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_support_request_area_id'), type_='foreignkey')
        batch_op.drop_index('ix_support_request_late')
        batch_op.drop_index('ix_support_request_area')
        batch_op.drop_column('is_late')
        batch_op.drop_column('area_id')
