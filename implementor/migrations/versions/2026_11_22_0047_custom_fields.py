"""Fields of one's own, and the column of CRM records that holds their values."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from implementor.foundation import model

revision = "2026_11_22_0047"
down_revision = "2026_11_22_0046"
branch_labels = None
depends_on = None

EXTENSIBLE = (
    "account", "appointment", "campaign", "contact", "customer_case", "customer_commitment", "customer_order",
    "interaction", "lead", "opportunity", "price_list", "product", "quote",
)  # fmt: skip
INDEXES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'index' AND name LIKE 'ext~_%' ESCAPE '~'",
    "postgresql": "SELECT indexname FROM pg_indexes WHERE indexname LIKE 'ext~_%' ESCAPE '~'",
}
"""The indexes of fields of one's own, which no model describes."""


def upgrade() -> None:
    """Go forward."""
    op.create_table('custom_field',
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('field_kind', sa.Text(), nullable=False),
    sa.Column('hint_en', sa.Text(), nullable=False),
    sa.Column('hint_es', sa.Text(), nullable=False),
    sa.Column('picklist_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('target', sa.Text(), nullable=True),
    sa.Column('currency', sa.Text(), nullable=True),
    sa.Column('minimum', model.Scaled(4), nullable=True),
    sa.Column('maximum', model.Scaled(4), nullable=True),
    sa.Column('longest', sa.Integer(), nullable=True),
    sa.Column('is_filterable', sa.Boolean(), nullable=False),
    sa.Column('index_state', sa.Text(), nullable=False),
    sa.Column('rank', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('uid', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('label_en', sa.Text(), nullable=False),
    sa.Column('label_es', sa.Text(), nullable=False),
    sa.Column('archived_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('archived_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("(field_kind = 'money') = (currency IS NOT NULL)",
    name=op.f('ck_custom_field_money_has_currency')),
    sa.CheckConstraint("(field_kind = 'reference') = (target IS NOT NULL)",
    name=op.f('ck_custom_field_link_has_target')),
    sa.CheckConstraint("index_state IN ('none', 'building', 'ready')", name=op.f('ck_custom_field_index_state_known')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_custom_field_archived_by_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_custom_field_created_by_id')),
    sa.ForeignKeyConstraint(['picklist_id'], ['picklist.id'], name=op.f('fk_custom_field_picklist_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_custom_field_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_custom_field')),
    sa.UniqueConstraint('key', name=op.f('uq_custom_field_key')),
    sa.UniqueConstraint('uid', name=op.f('uq_custom_field_uid')),
    sqlite_autoincrement=True
    )
    values = sa.JSON(none_as_null=True).with_variant(
        postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), 'postgresql'
    )
    for table in EXTENSIBLE:
        op.add_column(table, sa.Column('ext', values, nullable=True))


def downgrade() -> None:
    """Go back."""
    here = op.get_bind()
    for name in here.execute(sa.text(INDEXES[here.dialect.name])).scalars().all():
        op.drop_index(name)
    for table in EXTENSIBLE:
        op.drop_column(table, 'ext')
    op.drop_table('custom_field')
