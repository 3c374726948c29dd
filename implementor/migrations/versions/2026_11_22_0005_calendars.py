"""Tables of exchange rates, opening hours, service levels and their clocks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from implementor.foundation import model

revision = "2026_11_22_0005"
down_revision = "2026_11_22_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table('base_currency',
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('currency', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint('length(currency) = 3', name=op.f('ck_base_currency_currency')),
    sa.CheckConstraint('place = 1', name=op.f('ck_base_currency_only_one')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_base_currency_created_by_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_base_currency_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_base_currency')),
    sa.UniqueConstraint('place', name=op.f('uq_base_currency_place')),
    sqlite_autoincrement=True
    )
    op.create_table('business_calendar',
    sa.Column('time_zone', sa.Text(), nullable=False),
    sa.Column('week', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('country', sa.Text(), nullable=True),
    sa.Column('region', sa.Text(), nullable=True),
    sa.Column('closed_days', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('name_key', sa.Text(), nullable=False),
    sa.Column('archived_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('archived_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_business_calendar_archived_by_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_business_calendar_created_by_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_business_calendar_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_business_calendar')),
    sqlite_autoincrement=True
    )
    op.create_index('uq_business_calendar_name_key', 'business_calendar', ['name_key'], unique=True, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_table('currency_rate',
    sa.Column('currency', sa.Text(), nullable=False),
    sa.Column('base', sa.Text(), nullable=False),
    sa.Column('rated_on', sa.Date(), nullable=False),
    sa.Column('rate', model.Scaled(12), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint('currency <> base', name=op.f('ck_currency_rate_two_currencies')),
    sa.CheckConstraint('rate > 0', name=op.f('ck_currency_rate_positive')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_currency_rate_created_by_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_currency_rate_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_currency_rate')),
    sa.UniqueConstraint('base', 'currency', 'rated_on', name=op.f('uq_currency_rate_base_currency_rated_on')),
    sqlite_autoincrement=True
    )
    op.create_table('sla_policy',
    sa.Column('record_kind', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('conditions', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('targets', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('warn_ratio', model.Scaled(2), nullable=False),
    sa.Column('calendar_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('name_key', sa.Text(), nullable=False),
    sa.Column('archived_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('archived_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint('warn_ratio > 0 AND warn_ratio <= 100', name=op.f('ck_sla_policy_warn_ratio')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_sla_policy_archived_by_id')),
    sa.ForeignKeyConstraint(['calendar_id'], ['business_calendar.id'], name=op.f('fk_sla_policy_calendar_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_sla_policy_created_by_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_sla_policy_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sla_policy')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_sla_policy_calendar_id'), 'sla_policy', ['calendar_id'], unique=False)
    op.create_index('ix_sla_policy_order', 'sla_policy', ['record_kind', 'position'], unique=False)
    op.create_table('sla_policy_version',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('policy_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('fingerprint', sa.Text(), nullable=False),
    sa.Column('terms', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('made_at', model.UtcMoment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['policy_id'], ['sla_policy.id'], name=op.f('fk_sla_policy_version_policy_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sla_policy_version')),
    sa.UniqueConstraint('policy_id', 'fingerprint', name=op.f('uq_sla_policy_version_policy_id_fingerprint')),
    sqlite_autoincrement=True
    )
    op.create_table('sla_clock',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('record_kind', sa.Text(), nullable=False),
    sa.Column('record_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('version_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('priority', sa.Text(), nullable=True),
    sa.Column('target_seconds', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('is_explicit', sa.Boolean(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('started_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('counting_since', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('elapsed_seconds', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('due_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('warn_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('warned_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('paused_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('met_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('breached_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('cancelled_at', model.UtcMoment(timezone=True), nullable=True),
    sa.CheckConstraint("state <> 'running' OR due_at IS NOT NULL", name=op.f('ck_sla_clock_running_is_due')),
    sa.CheckConstraint("state IN ('running', 'paused', 'met', 'breached', 'cancelled')", name=op.f('ck_sla_clock_state_known')),
    sa.ForeignKeyConstraint(['version_id'], ['sla_policy_version.id'], name=op.f('fk_sla_clock_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sla_clock')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_sla_clock_due', 'sla_clock', ['due_at', 'id'], unique=False, sqlite_where=sa.text("state = 'running'"), postgresql_where=sa.text("state = 'running'"))
    op.create_index('ix_sla_clock_record', 'sla_clock', ['record_kind', 'record_id'], unique=False)
    op.create_index('ix_sla_clock_version', 'sla_clock', ['version_id'], unique=False)
    op.create_index('ix_sla_clock_warn', 'sla_clock', ['warn_at', 'id'], unique=False, sqlite_where=sa.text("state = 'running' AND warned_at IS NULL"), postgresql_where=sa.text("state = 'running' AND warned_at IS NULL"))
    op.create_index('uq_sla_clock_open', 'sla_clock', ['record_kind', 'record_id', 'name'], unique=True, sqlite_where=sa.text('met_at IS NULL AND cancelled_at IS NULL'), postgresql_where=sa.text('met_at IS NULL AND cancelled_at IS NULL'))


def downgrade() -> None:
    """Go back."""
    op.drop_index('uq_sla_clock_open', table_name='sla_clock', sqlite_where=sa.text('met_at IS NULL AND cancelled_at IS NULL'), postgresql_where=sa.text('met_at IS NULL AND cancelled_at IS NULL'))
    op.drop_index('ix_sla_clock_warn', table_name='sla_clock', sqlite_where=sa.text("state = 'running' AND warned_at IS NULL"), postgresql_where=sa.text("state = 'running' AND warned_at IS NULL"))
    op.drop_index('ix_sla_clock_version', table_name='sla_clock')
    op.drop_index('ix_sla_clock_record', table_name='sla_clock')
    op.drop_index('ix_sla_clock_due', table_name='sla_clock', sqlite_where=sa.text("state = 'running'"), postgresql_where=sa.text("state = 'running'"))
    op.drop_table('sla_clock')
    op.drop_table('sla_policy_version')
    op.drop_index('ix_sla_policy_order', table_name='sla_policy')
    op.drop_index(op.f('ix_sla_policy_calendar_id'), table_name='sla_policy')
    op.drop_table('sla_policy')
    op.drop_table('currency_rate')
    op.drop_index('uq_business_calendar_name_key', table_name='business_calendar', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_table('business_calendar')
    op.drop_table('base_currency')
