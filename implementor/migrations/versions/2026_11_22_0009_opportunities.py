"""Opportunities with their way through the stages, decision makers, objections, competitors and lines."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_22_0009"
down_revision = "2026_11_22_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table('opportunity',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('name_key', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('contact_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('pipeline_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stage_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('began_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('stage_since', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('amount', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('currency', sa.Text(), nullable=True),
    sa.Column('close_on', sa.Date(), nullable=True),
    sa.Column('probability_ratio', model.Scaled(4), nullable=False),
    sa.Column('probability_source', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=True),
    sa.Column('motive', sa.Text(), nullable=True),
    sa.Column('next_step', sa.Text(), nullable=True),
    sa.Column('next_step_on', sa.Date(), nullable=True),
    sa.Column('loss_reason', sa.Text(), nullable=True),
    sa.Column('loss_note', sa.Text(), nullable=True),
    sa.Column('description', sa.Text(), nullable=True),
    sa.Column('closed_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('rate', model.Scaled(12), nullable=True),
    sa.Column('base_amount', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('base_currency', sa.Text(), nullable=True),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('archived_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('archived_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("(status = 'open') = (closed_at IS NULL)", name=op.f('ck_opportunity_closed_at_a_moment')),
    sa.CheckConstraint("probability_source IN ('stage', 'manual')", name=op.f('ck_opportunity_probability_source_known')),
    sa.CheckConstraint("status <> 'lost' OR probability_ratio = 0", name=op.f('ck_opportunity_lost_is_certain')),
    sa.CheckConstraint("status <> 'won' OR probability_ratio = 10000", name=op.f('ck_opportunity_won_is_certain')),
    sa.CheckConstraint("status = 'open' OR close_on IS NOT NULL", name=op.f('ck_opportunity_closed_on_a_day')),
    sa.CheckConstraint("status IN ('open', 'won', 'lost')", name=op.f('ck_opportunity_status_known')),
    sa.CheckConstraint('(base_amount IS NULL) = (rate IS NULL)', name=op.f('ck_opportunity_frozen_whole')),
    sa.CheckConstraint('amount IS NULL OR (amount >= 0 AND currency IS NOT NULL)', name=op.f('ck_opportunity_amount_in_a_currency')),
    sa.CheckConstraint('probability_ratio BETWEEN 0 AND 10000', name=op.f('ck_opportunity_probability_range')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_opportunity_account_id')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_opportunity_archived_by_id')),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_opportunity_contact_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_opportunity_created_by_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['user.id'], name=op.f('fk_opportunity_owner_id')),
    sa.ForeignKeyConstraint(['pipeline_id'], ['pipeline.id'], name=op.f('fk_opportunity_pipeline_id')),
    sa.ForeignKeyConstraint(['stage_id'], ['pipeline_stage.id'], name=op.f('fk_opportunity_stage_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_opportunity_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opportunity')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_opportunity_board', 'opportunity', ['pipeline_id', 'status', 'stage_id', 'currency', 'amount', 'owner_id', 'archived_at'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_opportunity_list_account_id_updated_at', 'opportunity', ['account_id', 'updated_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_opportunity_list_amount', 'opportunity', ['amount', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_opportunity_list_began_at', 'opportunity', ['began_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_opportunity_list_close_on', 'opportunity', ['close_on', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_opportunity_list_closed_at', 'opportunity', ['closed_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_opportunity_list_contact_id_updated_at', 'opportunity', ['contact_id', 'updated_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_opportunity_list_created_at', 'opportunity', ['created_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_opportunity_list_currency_amount', 'opportunity', ['currency', 'amount', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_opportunity_list_loss_reason_updated_at', 'opportunity', ['loss_reason', 'updated_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_opportunity_list_motive_updated_at', 'opportunity', ['motive', 'updated_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_opportunity_list_name_key', 'opportunity', ['name_key', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_opportunity_list_next_step_on', 'opportunity', ['next_step_on', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_opportunity_list_owner_id_status_updated_at', 'opportunity', ['owner_id', 'status', 'updated_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_opportunity_list_probability_ratio', 'opportunity', ['probability_ratio', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_opportunity_list_source_updated_at', 'opportunity', ['source', 'updated_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_opportunity_list_stage_id_stage_since', 'opportunity', ['stage_id', 'stage_since', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_opportunity_list_stage_since', 'opportunity', ['stage_since', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_opportunity_forecast', 'opportunity', ['status', 'close_on', 'owner_id', 'stage_id', 'currency', 'probability_ratio', 'amount', 'archived_at'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_opportunity_list_updated_at', 'opportunity', ['updated_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_table('opportunity_competitor',
    sa.Column('opportunity_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('name_key', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('strengths', sa.Text(), nullable=True),
    sa.Column('weaknesses', sa.Text(), nullable=True),
    sa.Column('archived_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('archived_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_opportunity_competitor_archived_by_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_opportunity_competitor_created_by_id')),
    sa.ForeignKeyConstraint(['opportunity_id'], ['opportunity.id'], name=op.f('fk_opportunity_competitor_opportunity_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_opportunity_competitor_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opportunity_competitor')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_opportunity_competitor_name', 'opportunity_competitor', ['name_key'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_opportunity_competitor_opportunity', 'opportunity_competitor', ['opportunity_id'], unique=False)
    op.create_table('opportunity_decision_maker',
    sa.Column('opportunity_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('contact_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('role', sa.Text(), nullable=True),
    sa.Column('stance', sa.Text(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('archived_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('archived_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_opportunity_decision_maker_archived_by_id')),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_opportunity_decision_maker_contact_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_opportunity_decision_maker_created_by_id')),
    sa.ForeignKeyConstraint(['opportunity_id'], ['opportunity.id'], name=op.f('fk_opportunity_decision_maker_opportunity_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_opportunity_decision_maker_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opportunity_decision_maker')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_opportunity_decision_maker_contact', 'opportunity_decision_maker', ['contact_id'], unique=False)
    op.create_index('uq_opportunity_decision_maker', 'opportunity_decision_maker', ['opportunity_id', 'contact_id'], unique=True, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_table('opportunity_line',
    sa.Column('opportunity_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('quantity', model.Scaled(4), nullable=False),
    sa.Column('unit_price_amount', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('currency', sa.Text(), nullable=False),
    sa.Column('discount_ratio', model.Scaled(4), nullable=False),
    sa.Column('total_amount', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('archived_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('archived_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint('discount_ratio BETWEEN 0 AND 10000', name=op.f('ck_opportunity_line_discount_range')),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_opportunity_line_quantity_positive')),
    sa.CheckConstraint('unit_price_amount >= 0', name=op.f('ck_opportunity_line_price_not_negative')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_opportunity_line_archived_by_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_opportunity_line_created_by_id')),
    sa.ForeignKeyConstraint(['opportunity_id'], ['opportunity.id'], name=op.f('fk_opportunity_line_opportunity_id')),
    sa.ForeignKeyConstraint(['product_id'], ['product.id'], name=op.f('fk_opportunity_line_product_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_opportunity_line_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opportunity_line')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_opportunity_line_opportunity', 'opportunity_line', ['opportunity_id'], unique=False)
    op.create_index('ix_opportunity_line_product', 'opportunity_line', ['product_id'], unique=False)
    op.create_table('opportunity_objection',
    sa.Column('opportunity_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('objection', sa.Text(), nullable=False),
    sa.Column('type', sa.Text(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('settled_on', sa.Date(), nullable=True),
    sa.Column('archived_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('archived_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_opportunity_objection_archived_by_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_opportunity_objection_created_by_id')),
    sa.ForeignKeyConstraint(['opportunity_id'], ['opportunity.id'], name=op.f('fk_opportunity_objection_opportunity_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_opportunity_objection_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opportunity_objection')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_opportunity_objection_opportunity', 'opportunity_objection', ['opportunity_id'], unique=False)
    op.create_table('stage_event',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('opportunity_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('from_stage_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('to_stage_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('seconds', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.CheckConstraint("status IN ('open', 'won', 'lost')", name=op.f('ck_stage_event_status_known')),
    sa.CheckConstraint('(from_stage_id IS NULL) = (seconds IS NULL)', name=op.f('ck_stage_event_began_or_moved')),
    sa.CheckConstraint('seconds >= 0', name=op.f('ck_stage_event_seconds_not_negative')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_stage_event_by_id')),
    sa.ForeignKeyConstraint(['from_stage_id'], ['pipeline_stage.id'], name=op.f('fk_stage_event_from_stage_id')),
    sa.ForeignKeyConstraint(['opportunity_id'], ['opportunity.id'], name=op.f('fk_stage_event_opportunity_id')),
    sa.ForeignKeyConstraint(['to_stage_id'], ['pipeline_stage.id'], name=op.f('fk_stage_event_to_stage_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stage_event')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_stage_event_entered', 'stage_event', ['to_stage_id', 'at', 'opportunity_id'], unique=False)
    op.create_index('ix_stage_event_left', 'stage_event', ['from_stage_id', 'at', 'seconds'], unique=False)
    op.create_index('ix_stage_event_opportunity', 'stage_event', ['opportunity_id', 'at', 'id'], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index('ix_stage_event_opportunity', table_name='stage_event')
    op.drop_index('ix_stage_event_left', table_name='stage_event')
    op.drop_index('ix_stage_event_entered', table_name='stage_event')
    op.drop_table('stage_event')
    op.drop_index('ix_opportunity_objection_opportunity', table_name='opportunity_objection')
    op.drop_table('opportunity_objection')
    op.drop_index('ix_opportunity_line_product', table_name='opportunity_line')
    op.drop_index('ix_opportunity_line_opportunity', table_name='opportunity_line')
    op.drop_table('opportunity_line')
    op.drop_index('uq_opportunity_decision_maker', table_name='opportunity_decision_maker', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_opportunity_decision_maker_contact', table_name='opportunity_decision_maker')
    op.drop_table('opportunity_decision_maker')
    op.drop_index('ix_opportunity_competitor_opportunity', table_name='opportunity_competitor')
    op.drop_index('ix_opportunity_competitor_name', table_name='opportunity_competitor', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_table('opportunity_competitor')
    op.drop_index('ix_opportunity_list_updated_at', table_name='opportunity', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_opportunity_forecast', table_name='opportunity', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_opportunity_list_stage_since', table_name='opportunity', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_opportunity_list_stage_id_stage_since', table_name='opportunity', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_opportunity_list_source_updated_at', table_name='opportunity', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_opportunity_list_probability_ratio', table_name='opportunity', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_opportunity_list_owner_id_status_updated_at', table_name='opportunity', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_opportunity_list_next_step_on', table_name='opportunity', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_opportunity_list_name_key', table_name='opportunity', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_opportunity_list_motive_updated_at', table_name='opportunity', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_opportunity_list_loss_reason_updated_at', table_name='opportunity', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_opportunity_list_currency_amount', table_name='opportunity', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_opportunity_list_created_at', table_name='opportunity', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_opportunity_list_contact_id_updated_at', table_name='opportunity', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_opportunity_list_closed_at', table_name='opportunity', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_opportunity_list_close_on', table_name='opportunity', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_opportunity_list_began_at', table_name='opportunity', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_opportunity_list_amount', table_name='opportunity', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_opportunity_list_account_id_updated_at', table_name='opportunity', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_opportunity_board', table_name='opportunity', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_table('opportunity')
