"""Leads, the facts of their way, and what they became."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from implementor.foundation import model

revision = "2026_11_22_0016"
down_revision = "2026_11_22_0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table('lead',
    sa.Column('first_name', sa.Text(), nullable=True),
    sa.Column('last_name', sa.Text(), nullable=True),
    sa.Column('company', sa.Text(), nullable=True),
    sa.Column('company_key', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('name_key', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('job_title', sa.Text(), nullable=True),
    sa.Column('email', sa.Text(), nullable=True),
    sa.Column('email_key', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('is_opted_out', sa.Boolean(), nullable=False),
    sa.Column('phone', sa.Text(), nullable=True),
    sa.Column('phone_key', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('do_not_call', sa.Boolean(), nullable=False),
    sa.Column('website', sa.Text(), nullable=True),
    sa.Column('street', sa.Text(), nullable=True),
    sa.Column('postcode', sa.Text(), nullable=True),
    sa.Column('city', sa.Text(), nullable=True),
    sa.Column('region', sa.Text(), nullable=True),
    sa.Column('country', sa.Text(), nullable=True),
    sa.Column('language', sa.Text(), nullable=True),
    sa.Column('industry', sa.Text(), nullable=True),
    sa.Column('source', sa.Text(), nullable=True),
    sa.Column('campaign', sa.Text(), nullable=True),
    sa.Column('need', sa.Text(), nullable=True),
    sa.Column('urgency', sa.Text(), nullable=True),
    sa.Column('score', sa.Integer(), nullable=True),
    sa.Column('potential_amount', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('currency', sa.Text(), nullable=True),
    sa.Column('description', sa.Text(), nullable=True),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('contact_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('opportunity_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('about_kind', sa.Text(), nullable=True),
    sa.Column('about_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('stage', sa.Text(), nullable=False),
    sa.Column('stage_since', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('cycle', sa.Integer(), nullable=False),
    sa.Column('began_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('mql_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('sal_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('sql_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('converted_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('archived_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('archived_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("stage IN ('new', 'mql', 'sal', 'sql', 'converted', 'recycled', 'lost')", name=op.f('ck_lead_stage_known')),
    sa.CheckConstraint('(about_kind IS NULL) = (about_id IS NULL)', name=op.f('ck_lead_about_whole')),
    sa.CheckConstraint('cycle > 0', name=op.f('ck_lead_cycle_counted')),
    sa.CheckConstraint('potential_amount IS NULL OR (potential_amount >= 0 AND currency IS NOT NULL)', name=op.f('ck_lead_potential_in_currency')),
    sa.CheckConstraint('score >= 0', name=op.f('ck_lead_score_not_negative')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_lead_account_id')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_lead_archived_by_id')),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_lead_contact_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_lead_created_by_id')),
    sa.ForeignKeyConstraint(['opportunity_id'], ['opportunity.id'], name=op.f('fk_lead_opportunity_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['user.id'], name=op.f('fk_lead_owner_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_lead_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lead')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_lead_list_about_kind_about_id', 'lead', ['about_kind', 'about_id', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_lead_list_account_id_updated_at', 'lead', ['account_id', 'updated_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_lead_list_began_at', 'lead', ['began_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_lead_list_campaign_updated_at', 'lead', ['campaign', 'updated_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_lead_list_company_key', 'lead', ['company_key', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_lead_list_contact_id_updated_at', 'lead', ['contact_id', 'updated_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_lead_list_converted_at', 'lead', ['converted_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_lead_list_country_updated_at', 'lead', ['country', 'updated_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_lead_list_created_at', 'lead', ['created_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_lead_list_currency_potential_amount', 'lead', ['currency', 'potential_amount', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_lead_list_email_key', 'lead', ['email_key', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_lead_list_industry_updated_at', 'lead', ['industry', 'updated_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_lead_list_language_updated_at', 'lead', ['language', 'updated_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_lead_list_mql_at', 'lead', ['mql_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_lead_list_name_key', 'lead', ['name_key', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_lead_list_opportunity_id_updated_at', 'lead', ['opportunity_id', 'updated_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_lead_list_owner_id_stage_updated_at', 'lead', ['owner_id', 'stage', 'updated_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_lead_list_phone_key', 'lead', ['phone_key', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_lead_list_potential_amount', 'lead', ['potential_amount', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_lead_list_sal_at', 'lead', ['sal_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_lead_list_score', 'lead', ['score', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_lead_list_source_updated_at', 'lead', ['source', 'updated_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_lead_list_sql_at', 'lead', ['sql_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_lead_list_stage_since', 'lead', ['stage_since', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_lead_list_stage_stage_since', 'lead', ['stage', 'stage_since', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_lead_list_stage_updated_at', 'lead', ['stage', 'updated_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_lead_list_updated_at', 'lead', ['updated_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_lead_list_urgency_updated_at', 'lead', ['urgency', 'updated_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_table('lead_conversion',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('lead_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('contact_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('opportunity_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('made', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('filled', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('before', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('relinked', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('undone_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('undone_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_lead_conversion_account_id')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_lead_conversion_by_id')),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_lead_conversion_contact_id')),
    sa.ForeignKeyConstraint(['lead_id'], ['lead.id'], name=op.f('fk_lead_conversion_lead_id')),
    sa.ForeignKeyConstraint(['opportunity_id'], ['opportunity.id'], name=op.f('fk_lead_conversion_opportunity_id')),
    sa.ForeignKeyConstraint(['undone_by_id'], ['user.id'], name=op.f('fk_lead_conversion_undone_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lead_conversion')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_lead_conversion_account', 'lead_conversion', ['account_id'], unique=False)
    op.create_index('ix_lead_conversion_contact', 'lead_conversion', ['contact_id'], unique=False)
    op.create_index('ix_lead_conversion_opportunity', 'lead_conversion', ['opportunity_id'], unique=False)
    op.create_index('uq_lead_conversion', 'lead_conversion', ['lead_id'], unique=True, sqlite_where=sa.text('undone_at IS NULL'), postgresql_where=sa.text('undone_at IS NULL'))
    op.create_table('lead_event',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('lead_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('cycle', sa.Integer(), nullable=False),
    sa.Column('from_stage', sa.Text(), nullable=True),
    sa.Column('to_stage', sa.Text(), nullable=False),
    sa.Column('at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('seconds', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('mql_seconds', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('is_first', sa.Boolean(), nullable=False),
    sa.Column('is_sourced', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('undone_at', model.UtcMoment(timezone=True), nullable=True),
    sa.CheckConstraint("to_stage IN ('new', 'mql', 'sal', 'sql', 'converted', 'recycled', 'lost')", name=op.f('ck_lead_event_to_stage_known')),
    sa.CheckConstraint('seconds >= 0 AND mql_seconds >= 0', name=op.f('ck_lead_event_time_not_negative')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_lead_event_by_id')),
    sa.ForeignKeyConstraint(['lead_id'], ['lead.id'], name=op.f('fk_lead_event_lead_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lead_event')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_lead_event_entered', 'lead_event', ['to_stage', 'at', 'lead_id'], unique=False, sqlite_where=sa.text('is_first = 1 AND undone_at IS NULL'), postgresql_where=sa.text('is_first AND undone_at IS NULL'))
    op.create_index('ix_lead_event_lead', 'lead_event', ['lead_id', 'cycle', 'id'], unique=False)
    op.create_index('uq_lead_event_first', 'lead_event', ['lead_id', 'cycle', 'to_stage'], unique=True, sqlite_where=sa.text('is_first = 1 AND undone_at IS NULL'), postgresql_where=sa.text('is_first AND undone_at IS NULL'))


def downgrade() -> None:
    """Go back."""
    op.drop_index('uq_lead_event_first', table_name='lead_event', sqlite_where=sa.text('is_first = 1 AND undone_at IS NULL'), postgresql_where=sa.text('is_first AND undone_at IS NULL'))
    op.drop_index('ix_lead_event_lead', table_name='lead_event')
    op.drop_index('ix_lead_event_entered', table_name='lead_event', sqlite_where=sa.text('is_first = 1 AND undone_at IS NULL'), postgresql_where=sa.text('is_first AND undone_at IS NULL'))
    op.drop_table('lead_event')
    op.drop_index('uq_lead_conversion', table_name='lead_conversion', sqlite_where=sa.text('undone_at IS NULL'), postgresql_where=sa.text('undone_at IS NULL'))
    op.drop_index('ix_lead_conversion_opportunity', table_name='lead_conversion')
    op.drop_index('ix_lead_conversion_contact', table_name='lead_conversion')
    op.drop_index('ix_lead_conversion_account', table_name='lead_conversion')
    op.drop_table('lead_conversion')
    op.drop_index('ix_lead_list_urgency_updated_at', table_name='lead', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_lead_list_updated_at', table_name='lead', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_lead_list_stage_updated_at', table_name='lead', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_lead_list_stage_stage_since', table_name='lead', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_lead_list_stage_since', table_name='lead', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_lead_list_sql_at', table_name='lead', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_lead_list_source_updated_at', table_name='lead', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_lead_list_score', table_name='lead', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_lead_list_sal_at', table_name='lead', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_lead_list_potential_amount', table_name='lead', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_lead_list_phone_key', table_name='lead', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_lead_list_owner_id_stage_updated_at', table_name='lead', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_lead_list_opportunity_id_updated_at', table_name='lead', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_lead_list_name_key', table_name='lead', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_lead_list_mql_at', table_name='lead', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_lead_list_language_updated_at', table_name='lead', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_lead_list_industry_updated_at', table_name='lead', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_lead_list_email_key', table_name='lead', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_lead_list_currency_potential_amount', table_name='lead', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_lead_list_created_at', table_name='lead', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_lead_list_country_updated_at', table_name='lead', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_lead_list_converted_at', table_name='lead', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_lead_list_contact_id_updated_at', table_name='lead', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_lead_list_company_key', table_name='lead', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_lead_list_campaign_updated_at', table_name='lead', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_lead_list_began_at', table_name='lead', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_lead_list_account_id_updated_at', table_name='lead', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_lead_list_about_kind_about_id', table_name='lead', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_table('lead')
