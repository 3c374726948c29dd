"""Interactions and appointments with who comes to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_22_0010"
down_revision = "2026_11_22_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table('appointment',
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('starts_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('ends_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('zone', sa.Text(), nullable=False),
    sa.Column('place', sa.Text(), nullable=True),
    sa.Column('notes', sa.Text(), nullable=True),
    sa.Column('done_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('done_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('cancelled_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('cancelled_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('end_note', sa.Text(), nullable=True),
    sa.Column('about_kind', sa.Text(), nullable=True),
    sa.Column('about_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('contact_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('archived_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('archived_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("kind IN ('meeting', 'visit', 'call')", name=op.f('ck_appointment_kind_known')),
    sa.CheckConstraint('(about_kind IS NULL) = (about_id IS NULL)', name=op.f('ck_appointment_about_whole')),
    sa.CheckConstraint('account_id IS NOT NULL OR contact_id IS NOT NULL OR about_id IS NOT NULL', name=op.f('ck_appointment_concerns')),
    sa.CheckConstraint('done_at IS NULL OR cancelled_at IS NULL', name=op.f('ck_appointment_one_end')),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_appointment_ends_after_start')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_appointment_account_id')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_appointment_archived_by_id')),
    sa.ForeignKeyConstraint(['cancelled_by_id'], ['user.id'], name=op.f('fk_appointment_cancelled_by_id')),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_appointment_contact_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_appointment_created_by_id')),
    sa.ForeignKeyConstraint(['done_by_id'], ['user.id'], name=op.f('fk_appointment_done_by_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['user.id'], name=op.f('fk_appointment_owner_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_appointment_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appointment')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_appointment_list_about_kind_about_id_starts_at', 'appointment', ['about_kind', 'about_id', 'starts_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_appointment_list_account_id_starts_at', 'appointment', ['account_id', 'starts_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_appointment_list_contact_id_starts_at', 'appointment', ['contact_id', 'starts_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_appointment_list_kind_starts_at', 'appointment', ['kind', 'starts_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_appointment_list_owner_id_starts_at', 'appointment', ['owner_id', 'starts_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_appointment_list_starts_at', 'appointment', ['starts_at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_table('interaction',
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('direction', sa.Text(), nullable=False),
    sa.Column('at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('duration_minutes', sa.Integer(), nullable=True),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('external_id', sa.Text(), nullable=True),
    sa.Column('follow_up_on', sa.Date(), nullable=True),
    sa.Column('follow_up', sa.Text(), nullable=True),
    sa.Column('follow_up_owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('follow_up_done_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('follow_up_done_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('about_kind', sa.Text(), nullable=True),
    sa.Column('about_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('contact_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('archived_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('archived_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("channel IN ('email', 'phone', 'chat', 'web', 'visit', 'social')", name=op.f('ck_interaction_channel_known')),
    sa.CheckConstraint("direction IN ('in', 'out')", name=op.f('ck_interaction_direction_known')),
    sa.CheckConstraint('(about_kind IS NULL) = (about_id IS NULL)', name=op.f('ck_interaction_about_whole')),
    sa.CheckConstraint('account_id IS NOT NULL OR contact_id IS NOT NULL OR about_id IS NOT NULL', name=op.f('ck_interaction_concerns')),
    sa.CheckConstraint('duration_minutes >= 0', name=op.f('ck_interaction_duration_not_negative')),
    sa.CheckConstraint('follow_up_done_at IS NULL OR follow_up_on IS NOT NULL', name=op.f('ck_interaction_only_due_is_done')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_interaction_account_id')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_interaction_archived_by_id')),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_interaction_contact_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_interaction_created_by_id')),
    sa.ForeignKeyConstraint(['follow_up_done_by_id'], ['user.id'], name=op.f('fk_interaction_follow_up_done_by_id')),
    sa.ForeignKeyConstraint(['follow_up_owner_id'], ['user.id'], name=op.f('fk_interaction_follow_up_owner_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['user.id'], name=op.f('fk_interaction_owner_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_interaction_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interaction')),
    sa.UniqueConstraint('channel', 'external_id', name=op.f('uq_interaction_channel_external_id')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_interaction_list_about_kind_about_id_at', 'interaction', ['about_kind', 'about_id', 'at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_interaction_list_account_id_at', 'interaction', ['account_id', 'at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_interaction_list_at', 'interaction', ['at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_interaction_list_channel_at', 'interaction', ['channel', 'at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_interaction_list_contact_id_at', 'interaction', ['contact_id', 'at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_interaction_list_outcome_at', 'interaction', ['outcome', 'at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_interaction_list_owner_id_at', 'interaction', ['owner_id', 'at', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_interaction_to_follow', 'interaction', ['follow_up_owner_id', 'follow_up_on', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL AND follow_up_done_at IS NULL AND follow_up_on IS NOT NULL'), postgresql_where=sa.text('archived_at IS NULL AND follow_up_done_at IS NULL AND follow_up_on IS NOT NULL'))
    op.create_table('appointment_attendee',
    sa.Column('appointment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('archived_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('archived_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['appointment_id'], ['appointment.id'], name=op.f('fk_appointment_attendee_appointment_id')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_appointment_attendee_archived_by_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_appointment_attendee_created_by_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_appointment_attendee_updated_by_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_appointment_attendee_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appointment_attendee')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_appointment_attendee_user', 'appointment_attendee', ['user_id', 'appointment_id'], unique=False)
    op.create_index('uq_appointment_attendee_person', 'appointment_attendee', ['appointment_id', 'user_id'], unique=True, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))


def downgrade() -> None:
    """Go back."""
    op.drop_index('uq_appointment_attendee_person', table_name='appointment_attendee', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_appointment_attendee_user', table_name='appointment_attendee')
    op.drop_table('appointment_attendee')
    op.drop_index('ix_interaction_to_follow', table_name='interaction', sqlite_where=sa.text('archived_at IS NULL AND follow_up_done_at IS NULL AND follow_up_on IS NOT NULL'), postgresql_where=sa.text('archived_at IS NULL AND follow_up_done_at IS NULL AND follow_up_on IS NOT NULL'))
    op.drop_index('ix_interaction_list_owner_id_at', table_name='interaction', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_interaction_list_outcome_at', table_name='interaction', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_interaction_list_contact_id_at', table_name='interaction', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_interaction_list_channel_at', table_name='interaction', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_interaction_list_at', table_name='interaction', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_interaction_list_account_id_at', table_name='interaction', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_interaction_list_about_kind_about_id_at', table_name='interaction', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_table('interaction')
    op.drop_index('ix_appointment_list_starts_at', table_name='appointment', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_appointment_list_owner_id_starts_at', table_name='appointment', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_appointment_list_kind_starts_at', table_name='appointment', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_appointment_list_contact_id_starts_at', table_name='appointment', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_appointment_list_account_id_starts_at', table_name='appointment', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_appointment_list_about_kind_about_id_starts_at', table_name='appointment', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_table('appointment')
