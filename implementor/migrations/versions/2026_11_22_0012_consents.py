"""Consents, the words that people agree to, and commitments to customers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_22_0012"
down_revision = "2026_11_22_0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table('consent_wording',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('written_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('written_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint('number > 0', name=op.f('ck_consent_wording_counted')),
    sa.ForeignKeyConstraint(['written_by_id'], ['user.id'], name=op.f('fk_consent_wording_written_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent_wording')),
    sa.UniqueConstraint('purpose', 'language', 'number', name=op.f('uq_consent_wording_purpose_language_number')),
    sqlite_autoincrement=True
    )
    op.create_table('consent',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('contact_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('channel', sa.Text(), nullable=True),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('basis', sa.Text(), nullable=True),
    sa.Column('capture', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=True),
    sa.Column('proof', sa.Text(), nullable=True),
    sa.Column('wording_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('captured_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('noted_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('noted_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("basis IN ('consent', 'contract', 'legal_obligation', 'vital_interest', 'public_interest', 'legitimate_interest')", name=op.f('ck_consent_basis_known')),
    sa.CheckConstraint("capture IN ('form', 'email', 'phone', 'paper', 'visit', 'third_party', 'import', 'conversion', 'other')", name=op.f('ck_consent_capture_known')),
    sa.CheckConstraint("channel IN ('email', 'phone', 'chat', 'post', 'social', 'visit')", name=op.f('ck_consent_channel_known')),
    sa.CheckConstraint("status IN ('given', 'expired', 'refused', 'withdrawn', 'objected')", name=op.f('ck_consent_status_known')),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_consent_contact_id')),
    sa.ForeignKeyConstraint(['noted_by_id'], ['user.id'], name=op.f('fk_consent_noted_by_id')),
    sa.ForeignKeyConstraint(['wording_id'], ['consent_wording.id'], name=op.f('fk_consent_wording_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_consent_contact', 'consent', ['contact_id', 'purpose', 'captured_at', 'id'], unique=False)
    op.create_index('ix_consent_wording', 'consent', ['wording_id'], unique=False)
    op.create_table('customer_commitment',
    sa.Column('promise', sa.Text(), nullable=False),
    sa.Column('details', sa.Text(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('kept_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('kept_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('broken_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('broken_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
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
    sa.CheckConstraint('(about_kind IS NULL) = (about_id IS NULL)', name=op.f('ck_customer_commitment_about_whole')),
    sa.CheckConstraint('account_id IS NOT NULL OR contact_id IS NOT NULL OR about_id IS NOT NULL', name=op.f('ck_customer_commitment_concerns')),
    sa.CheckConstraint('broken_at IS NULL OR reason IS NOT NULL', name=op.f('ck_customer_commitment_broken_for_a_reason')),
    sa.CheckConstraint('kept_at IS NULL OR broken_at IS NULL', name=op.f('ck_customer_commitment_one_end')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_customer_commitment_account_id')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_customer_commitment_archived_by_id')),
    sa.ForeignKeyConstraint(['broken_by_id'], ['user.id'], name=op.f('fk_customer_commitment_broken_by_id')),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_customer_commitment_contact_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_customer_commitment_created_by_id')),
    sa.ForeignKeyConstraint(['kept_by_id'], ['user.id'], name=op.f('fk_customer_commitment_kept_by_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['user.id'], name=op.f('fk_customer_commitment_owner_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_customer_commitment_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_customer_commitment')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_customer_commitment_list_about_kind_about_id_due_on', 'customer_commitment', ['about_kind', 'about_id', 'due_on', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_customer_commitment_list_account_id_due_on', 'customer_commitment', ['account_id', 'due_on', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_customer_commitment_list_contact_id_due_on', 'customer_commitment', ['contact_id', 'due_on', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_customer_commitment_list_due_on', 'customer_commitment', ['due_on', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_customer_commitment_list_owner_id_due_on', 'customer_commitment', ['owner_id', 'due_on', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_index('ix_customer_commitment_open', 'customer_commitment', ['due_on', 'id'], unique=False, sqlite_where=sa.text('archived_at IS NULL AND kept_at IS NULL AND broken_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL AND kept_at IS NULL AND broken_at IS NULL'))


def downgrade() -> None:
    """Go back."""
    op.drop_index('ix_customer_commitment_open', table_name='customer_commitment', sqlite_where=sa.text('archived_at IS NULL AND kept_at IS NULL AND broken_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL AND kept_at IS NULL AND broken_at IS NULL'))
    op.drop_index('ix_customer_commitment_list_owner_id_due_on', table_name='customer_commitment', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_customer_commitment_list_due_on', table_name='customer_commitment', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_customer_commitment_list_contact_id_due_on', table_name='customer_commitment', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_customer_commitment_list_account_id_due_on', table_name='customer_commitment', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_customer_commitment_list_about_kind_about_id_due_on', table_name='customer_commitment', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_table('customer_commitment')
    op.drop_index('ix_consent_wording', table_name='consent')
    op.drop_index('ix_consent_contact', table_name='consent')
    op.drop_table('consent')
    op.drop_table('consent_wording')
