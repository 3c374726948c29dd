"""The products that accounts hold."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_22_0013"
down_revision = "2026_11_22_0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table('relation',
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Text(), nullable=True),
    sa.Column('since', sa.Date(), nullable=True),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('quantity', model.Scaled(3), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('archived_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('archived_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_relation_quantity_positive')),
    sa.CheckConstraint('until >= since', name=op.f('ck_relation_in_order')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_relation_account_id')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_relation_archived_by_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_relation_created_by_id')),
    sa.ForeignKeyConstraint(['product_id'], ['product.id'], name=op.f('fk_relation_product_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_relation_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_relation')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_relation_account', 'relation', ['account_id', 'id'], unique=False)
    op.create_index('ix_relation_product', 'relation', ['product_id', 'id'], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index('ix_relation_product', table_name='relation')
    op.drop_index('ix_relation_account', table_name='relation')
    op.drop_table('relation')
