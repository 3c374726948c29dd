"""Reports that people keep, and which of them are on somebody's first page."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from implementor.foundation import model

revision = "2026_11_23_0068"
down_revision = "2026_11_23_0067"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table('saved_report',
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('plan', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('shared', sa.Text(), nullable=False),
    sa.Column('team_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
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
    sa.CheckConstraint("(shared = 'team') = (team_id IS NOT NULL)", name=op.f('ck_saved_report_team_named')),
    sa.CheckConstraint("shared <> 'me' OR owner_id IS NOT NULL", name=op.f('ck_saved_report_own_owned')),
    sa.CheckConstraint("shared IN ('me', 'all', 'crm_manager', 'crm_admin', 'team')", name=op.f('ck_saved_report_shared_known')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_saved_report_archived_by_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_saved_report_created_by_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['user.id'], name=op.f('fk_saved_report_owner_id')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_saved_report_team_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_saved_report_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_report')),
    sa.UniqueConstraint('uid', name=op.f('uq_saved_report_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_saved_report_list', 'saved_report', ['archived_at', 'created_at', 'id'], unique=False)
    op.create_index('ix_saved_report_owner', 'saved_report', ['owner_id'], unique=False)
    op.create_index('ix_saved_report_team', 'saved_report', ['team_id'], unique=False)
    op.create_table('pinned_report',
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('report_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('pinned_at', model.UtcMoment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['report_id'], ['saved_report.id'], name=op.f('fk_pinned_report_report_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_pinned_report_user_id')),
    sa.PrimaryKeyConstraint('user_id', 'report_id', name=op.f('pk_pinned_report')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_pinned_report_report', 'pinned_report', ['report_id'], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index('ix_pinned_report_report', table_name='pinned_report')
    op.drop_table('pinned_report')
    op.drop_index('ix_saved_report_team', table_name='saved_report')
    op.drop_index('ix_saved_report_owner', table_name='saved_report')
    op.drop_index('ix_saved_report_list', table_name='saved_report')
    op.drop_table('saved_report')
