"""Add campaigns with their channels, members, what happened with them, and what came from them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_22_0023"
down_revision = "2026_11_22_0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table('campaign',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('name_key', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('code', sa.Text(), nullable=True),
    sa.Column('code_key', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('type', sa.Text(), nullable=True),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('parent_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('area_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('audience', sa.Text(), nullable=True),
    sa.Column('description', sa.Text(), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('budget_amount', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('budget_currency', sa.Text(), nullable=True),
    sa.Column('cost_amount', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('cost_currency', sa.Text(), nullable=True),
    sa.Column('base_cost_amount', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('base_currency', sa.Text(), nullable=True),
    sa.Column('expected_responses', sa.Integer(), nullable=True),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('archived_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('archived_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("status IN ('planned', 'running', 'finished', 'cancelled')", name=op.f('ck_campaign_status_known')),
    sa.CheckConstraint('(base_cost_amount IS NULL) = (base_currency IS NULL)', name=op.f('ck_campaign_frozen_whole')),
    sa.CheckConstraint('(budget_amount IS NULL) = (budget_currency IS NULL)', name=op.f('ck_campaign_budget_in_a_currency')),
    sa.CheckConstraint('(cost_amount IS NULL) = (cost_currency IS NULL)', name=op.f('ck_campaign_cost_in_a_currency')),
    sa.CheckConstraint('budget_amount >= 0 AND cost_amount >= 0', name=op.f('ck_campaign_amounts_not_negative')),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_campaign_ends_after_it_starts')),
    sa.CheckConstraint('expected_responses >= 0', name=op.f('ck_campaign_expected_not_negative')),
    sa.CheckConstraint('parent_id <> id', name=op.f('ck_campaign_not_its_own_parent')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_campaign_archived_by_id')),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_campaign_area_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_campaign_created_by_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['user.id'], name=op.f('fk_campaign_owner_id')),
    sa.ForeignKeyConstraint(['parent_id'], ['campaign.id'], name=op.f('fk_campaign_parent_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_campaign_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_campaign_list_area_id_starts_on', 'campaign', ['area_id', 'starts_on', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_campaign_list_budget_currency_budget_amount', 'campaign', ['budget_currency', 'budget_amount', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_campaign_list_code_key', 'campaign', ['code_key', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_campaign_list_cost_currency_cost_amount', 'campaign', ['cost_currency', 'cost_amount', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_campaign_list_created_at', 'campaign', ['created_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_campaign_list_ends_on', 'campaign', ['ends_on', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_campaign_list_name_key', 'campaign', ['name_key', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_campaign_list_owner_id_starts_on', 'campaign', ['owner_id', 'starts_on', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_campaign_list_parent_id_name_key', 'campaign', ['parent_id', 'name_key', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_campaign_list_starts_on', 'campaign', ['starts_on', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_campaign_list_status_starts_on', 'campaign', ['status', 'starts_on', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_campaign_list_type_starts_on', 'campaign', ['type', 'starts_on', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_campaign_list_updated_at', 'campaign', ['updated_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('uq_campaign_code', 'campaign', ['code_key'], unique=True, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_table('campaign_channel',
    sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('budget_amount', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('budget_currency', sa.Text(), nullable=True),
    sa.Column('cost_amount', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('cost_currency', sa.Text(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('archived_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('archived_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint('(budget_amount IS NULL) = (budget_currency IS NULL)', name=op.f('ck_campaign_channel_budget_in_a_currency')),
    sa.CheckConstraint('(cost_amount IS NULL) = (cost_currency IS NULL)', name=op.f('ck_campaign_channel_cost_in_a_currency')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_campaign_channel_archived_by_id')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_campaign_channel_campaign_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_campaign_channel_created_by_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_campaign_channel_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign_channel')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_campaign_channel_campaign', 'campaign_channel', ['campaign_id', 'channel'], unique=False)
    op.create_index('ix_campaign_channel_channel', 'campaign_channel', ['channel', 'campaign_id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_table('campaign_member',
    sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('contact_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('lead_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('named', sa.Text(), nullable=True),
    sa.Column('channel', sa.Text(), nullable=True),
    sa.Column('joined_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('status_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('responded_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('tries_told', sa.Integer(), nullable=False),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('archived_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('archived_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("status IN ('listed', 'sent', 'opened', 'bounced', 'responded', 'declined', 'accepted', 'opted_out')", name=op.f('ck_campaign_member_status_known')),
    sa.CheckConstraint('(contact_id IS NOT NULL AND lead_id IS NULL AND named IS NULL) OR (contact_id IS NULL AND lead_id IS NOT NULL AND named IS NULL) OR (contact_id IS NULL AND lead_id IS NULL AND named IS NOT NULL)', name=op.f('ck_campaign_member_is_somebody')),
    sa.CheckConstraint('tries_told >= 0 AND tries >= tries_told', name=op.f('ck_campaign_member_tries_counted')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_campaign_member_archived_by_id')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_campaign_member_campaign_id')),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_campaign_member_contact_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_campaign_member_created_by_id')),
    sa.ForeignKeyConstraint(['lead_id'], ['lead.id'], name=op.f('fk_campaign_member_lead_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_campaign_member_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign_member')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_campaign_member_list_campaign_id_joined_at', 'campaign_member', ['campaign_id', 'joined_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_campaign_member_list_campaign_id_status_joined_at', 'campaign_member', ['campaign_id', 'status', 'joined_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_campaign_member_list_channel_joined_at', 'campaign_member', ['channel', 'joined_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_campaign_member_list_contact_id_joined_at', 'campaign_member', ['contact_id', 'joined_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_campaign_member_list_created_at', 'campaign_member', ['created_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_campaign_member_list_joined_at', 'campaign_member', ['joined_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_campaign_member_list_lead_id_joined_at', 'campaign_member', ['lead_id', 'joined_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_campaign_member_list_outcome_joined_at', 'campaign_member', ['outcome', 'joined_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_campaign_member_list_responded_at', 'campaign_member', ['responded_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_campaign_member_list_status_at', 'campaign_member', ['status_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_campaign_member_list_status_joined_at', 'campaign_member', ['status', 'joined_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_campaign_member_list_updated_at', 'campaign_member', ['updated_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('uq_campaign_member_contact', 'campaign_member', ['campaign_id', 'contact_id'], unique=True, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('uq_campaign_member_lead', 'campaign_member', ['campaign_id', 'lead_id'], unique=True, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_table('campaign_origin',
    sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('lead_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('opportunity_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('told_by', sa.Text(), nullable=False),
    sa.Column('archived_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('archived_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("told_by IN ('hand', 'lead', 'import')", name=op.f('ck_campaign_origin_told_by_known')),
    sa.CheckConstraint('(lead_id IS NULL) <> (opportunity_id IS NULL)', name=op.f('ck_campaign_origin_of_one_record')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_campaign_origin_archived_by_id')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_campaign_origin_campaign_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_campaign_origin_created_by_id')),
    sa.ForeignKeyConstraint(['lead_id'], ['lead.id'], name=op.f('fk_campaign_origin_lead_id')),
    sa.ForeignKeyConstraint(['opportunity_id'], ['opportunity.id'], name=op.f('fk_campaign_origin_opportunity_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_campaign_origin_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign_origin')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_campaign_origin_lead', 'campaign_origin', ['campaign_id', 'lead_id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_campaign_origin_opportunity', 'campaign_origin', ['campaign_id', 'opportunity_id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('uq_campaign_origin_lead', 'campaign_origin', ['lead_id'], unique=True, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('uq_campaign_origin_opportunity', 'campaign_origin', ['opportunity_id'], unique=True, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_table('campaign_event',
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('channel', sa.Text(), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('interaction_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('is_sourced', sa.Boolean(), nullable=False),
    sa.Column('archived_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('archived_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("kind IN ('sent', 'opened', 'bounced', 'responded', 'declined', 'accepted', 'opted_out')", name=op.f('ck_campaign_event_kind_known')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_campaign_event_archived_by_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_campaign_event_created_by_id')),
    sa.ForeignKeyConstraint(['interaction_id'], ['interaction.id'], name=op.f('fk_campaign_event_interaction_id')),
    sa.ForeignKeyConstraint(['member_id'], ['campaign_member.id'], name=op.f('fk_campaign_event_member_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_campaign_event_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign_event')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_campaign_event_interaction', 'campaign_event', ['interaction_id'], unique=False)
    op.create_index('ix_campaign_event_member', 'campaign_event', ['member_id', 'at', 'id'], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index('ix_campaign_event_member', table_name='campaign_event')
    op.drop_index('ix_campaign_event_interaction', table_name='campaign_event')
    op.drop_table('campaign_event')
    op.drop_index('uq_campaign_origin_opportunity', table_name='campaign_origin', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('uq_campaign_origin_lead', table_name='campaign_origin', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_campaign_origin_opportunity', table_name='campaign_origin', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_campaign_origin_lead', table_name='campaign_origin', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_table('campaign_origin')
    op.drop_index('uq_campaign_member_lead', table_name='campaign_member', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('uq_campaign_member_contact', table_name='campaign_member', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_campaign_member_list_updated_at', table_name='campaign_member', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_campaign_member_list_status_joined_at', table_name='campaign_member', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_campaign_member_list_status_at', table_name='campaign_member', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_campaign_member_list_responded_at', table_name='campaign_member', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_campaign_member_list_outcome_joined_at', table_name='campaign_member', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_campaign_member_list_lead_id_joined_at', table_name='campaign_member', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_campaign_member_list_joined_at', table_name='campaign_member', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_campaign_member_list_created_at', table_name='campaign_member', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_campaign_member_list_contact_id_joined_at', table_name='campaign_member', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_campaign_member_list_channel_joined_at', table_name='campaign_member', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_campaign_member_list_campaign_id_status_joined_at', table_name='campaign_member', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_campaign_member_list_campaign_id_joined_at', table_name='campaign_member', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_table('campaign_member')
    op.drop_index('ix_campaign_channel_channel', table_name='campaign_channel', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_campaign_channel_campaign', table_name='campaign_channel')
    op.drop_table('campaign_channel')
    op.drop_index('uq_campaign_code', table_name='campaign', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_campaign_list_updated_at', table_name='campaign', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_campaign_list_type_starts_on', table_name='campaign', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_campaign_list_status_starts_on', table_name='campaign', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_campaign_list_starts_on', table_name='campaign', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_campaign_list_parent_id_name_key', table_name='campaign', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_campaign_list_owner_id_starts_on', table_name='campaign', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_campaign_list_name_key', table_name='campaign', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_campaign_list_ends_on', table_name='campaign', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_campaign_list_created_at', table_name='campaign', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_campaign_list_cost_currency_cost_amount', table_name='campaign', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_campaign_list_code_key', table_name='campaign', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_campaign_list_budget_currency_budget_amount', table_name='campaign', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_campaign_list_area_id_starts_on', table_name='campaign', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_table('campaign')
