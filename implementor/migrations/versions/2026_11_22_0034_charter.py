"""Add the charters of projects, in editions that sponsor and project lead sign."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from implementor.foundation import model

revision = "2026_11_22_0034"
down_revision = "2026_11_22_0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table('charter',
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('edition', sa.SmallInteger(), nullable=False),
    sa.Column('replaces_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('purpose', sa.Text(), nullable=True),
    sa.Column('scope_in', sa.Text(), nullable=True),
    sa.Column('scope_out', sa.Text(), nullable=True),
    sa.Column('rules', sa.Text(), nullable=True),
    sa.Column('budget_amount', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('budget_currency', sa.Text(), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('authority', sa.Text(), nullable=True),
    sa.Column('sponsor_signed_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('sponsor_signed_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('lead_signed_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('lead_signed_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('signed_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('ended_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('frozen', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=True),
    sa.Column('archived_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('archived_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint('(budget_amount IS NULL) = (budget_currency IS NULL)', name=op.f('ck_charter_budget_has_a_currency')),
    sa.CheckConstraint('(lead_signed_at IS NULL) = (lead_signed_by_id IS NULL)', name=op.f('ck_charter_lead')),
    sa.CheckConstraint('(signed_at IS NULL) = (sponsor_signed_at IS NULL OR lead_signed_at IS NULL)', name=op.f('ck_charter_signed_by_both')),
    sa.CheckConstraint('(sponsor_signed_at IS NULL) = (sponsor_signed_by_id IS NULL)', name=op.f('ck_charter_sponsor')),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_charter_days_in_order')),
    sa.CheckConstraint('sponsor_signed_by_id <> lead_signed_by_id', name=op.f('ck_charter_nobody_signs_for_both')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_charter_archived_by_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_charter_created_by_id')),
    sa.ForeignKeyConstraint(['lead_signed_by_id'], ['user.id'], name=op.f('fk_charter_lead_signed_by_id')),
    sa.ForeignKeyConstraint(['project_id', 'replaces_id'], ['charter.project_id', 'charter.id'], name=op.f('fk_charter_project_id_replaces_id')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_charter_project_id')),
    sa.ForeignKeyConstraint(['sponsor_signed_by_id'], ['user.id'], name=op.f('fk_charter_sponsor_signed_by_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_charter_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_charter')),
    sa.UniqueConstraint('project_id', 'id', name=op.f('uq_charter_project_id_id')),
    sa.UniqueConstraint('replaces_id', name=op.f('uq_charter_replaces_id')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_charter_list', 'charter', ['project_id', 'edition', 'id'], unique=False)
    op.create_index('uq_charter_draft', 'charter', ['project_id'], unique=True, sqlite_where=sa.text('signed_at IS NULL AND archived_at IS NULL'), postgresql_where=sa.text('signed_at IS NULL AND archived_at IS NULL'))


def downgrade() -> None:
    """Go back."""
    op.drop_index('uq_charter_draft', table_name='charter', sqlite_where=sa.text('signed_at IS NULL AND archived_at IS NULL'), postgresql_where=sa.text('signed_at IS NULL AND archived_at IS NULL'))
    op.drop_index('ix_charter_list', table_name='charter')
    op.drop_table('charter')
