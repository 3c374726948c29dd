"""Accounts, and what other systems call records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_22_0004"
down_revision = "2026_11_22_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table('external_id',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('record_kind', sa.Text(), nullable=False),
    sa.Column('record_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('system', sa.Text(), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_external_id')),
    sa.UniqueConstraint('record_kind', 'system', 'value', name=op.f('uq_external_id_record_kind_system_value')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_external_id_record', 'external_id', ['record_kind', 'record_id'], unique=False)
    op.create_table('account',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('name_key', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('parent_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('type', sa.Text(), nullable=True),
    sa.Column('industry', sa.Text(), nullable=True),
    sa.Column('segment', sa.Text(), nullable=True),
    sa.Column('zone', sa.Text(), nullable=True),
    sa.Column('area_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('tax_id', sa.Text(), nullable=True),
    sa.Column('employees', sa.Integer(), nullable=True),
    sa.Column('founded', sa.Integer(), nullable=True),
    sa.Column('revenue_amount', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('currency', sa.Text(), nullable=True),
    sa.Column('email', sa.Text(), nullable=True),
    sa.Column('phone', sa.Text(), nullable=True),
    sa.Column('website', sa.Text(), nullable=True),
    sa.Column('street', sa.Text(), nullable=True),
    sa.Column('postcode', sa.Text(), nullable=True),
    sa.Column('city', sa.Text(), nullable=True),
    sa.Column('region', sa.Text(), nullable=True),
    sa.Column('country', sa.Text(), nullable=True),
    sa.Column('description', sa.Text(), nullable=True),
    sa.Column('merged_into_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('archived_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('archived_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint('employees >= 0', name=op.f('ck_account_employees_not_negative')),
    sa.CheckConstraint('parent_id <> id', name=op.f('ck_account_not_its_own_parent')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_account_archived_by_id')),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_account_area_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_account_created_by_id')),
    sa.ForeignKeyConstraint(['merged_into_id'], ['account.id'], name=op.f('fk_account_merged_into_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['user.id'], name=op.f('fk_account_owner_id')),
    sa.ForeignKeyConstraint(['parent_id'], ['account.id'], name=op.f('fk_account_parent_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_account_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_account_list_area_id_name_key', 'account', ['area_id', 'name_key', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_account_list_country_name_key', 'account', ['country', 'name_key', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_account_list_created_at', 'account', ['created_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_account_list_employees', 'account', ['employees', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_account_list_industry_name_key', 'account', ['industry', 'name_key', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_account_list_name_key', 'account', ['name_key', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_account_list_owner_id_name_key', 'account', ['owner_id', 'name_key', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_account_list_segment_name_key', 'account', ['segment', 'name_key', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_account_list_type_name_key', 'account', ['type', 'name_key', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_account_list_updated_at', 'account', ['updated_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_account_list_zone_name_key', 'account', ['zone', 'name_key', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index(op.f('ix_account_merged_into_id'), 'account', ['merged_into_id'], unique=False)
    op.create_index('ix_account_parent', 'account', ['parent_id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_account_tax_id', 'account', ['tax_id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))


def downgrade() -> None:
    """Go back."""
    op.drop_index('ix_account_tax_id', table_name='account', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_account_parent', table_name='account', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index(op.f('ix_account_merged_into_id'), table_name='account')
    op.drop_index('ix_account_list_zone_name_key', table_name='account', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_account_list_updated_at', table_name='account', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_account_list_type_name_key', table_name='account', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_account_list_segment_name_key', table_name='account', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_account_list_owner_id_name_key', table_name='account', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_account_list_name_key', table_name='account', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_account_list_industry_name_key', table_name='account', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_account_list_employees', table_name='account', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_account_list_created_at', table_name='account', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_account_list_country_name_key', table_name='account', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_account_list_area_id_name_key', table_name='account', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_table('account')
    op.drop_index('ix_external_id_record', table_name='external_id')
    op.drop_table('external_id')
