"""Texts that are filled in from records, rules of when and then, and their runs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from implementor.foundation import model

revision = "2026_11_23_0054"
down_revision = "2026_11_23_0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table('automation_rule',
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('event', sa.Text(), nullable=False),
    sa.Column('field', sa.Text(), nullable=True),
    sa.Column('days', sa.Integer(), nullable=True),
    sa.Column('conditions', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('steps', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('in_bulk', sa.Boolean(), nullable=False),
    sa.Column('rank', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('stopped_at', model.UtcMoment(timezone=True), nullable=True),
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
    sa.CheckConstraint("(event = 'date') = (days IS NOT NULL)", name=op.f('ck_automation_rule_days_of_dates')),
    sa.CheckConstraint("event <> 'date' OR field IS NOT NULL", name=op.f('ck_automation_rule_date_named')),
    sa.CheckConstraint("event IN ('created', 'changed', 'date')", name=op.f('ck_automation_rule_event_known')),
    sa.CheckConstraint('failures >= 0', name=op.f('ck_automation_rule_failures_counted')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_automation_rule_archived_by_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_automation_rule_created_by_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_automation_rule_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_automation_rule')),
    sa.UniqueConstraint('uid', name=op.f('uq_automation_rule_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_automation_rule_kind', 'automation_rule', ['kind', 'rank', 'id'], unique=False)
    op.create_table('message_template',
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('consent', sa.Text(), nullable=True),
    sa.Column('subject_en', sa.Text(), nullable=False),
    sa.Column('subject_es', sa.Text(), nullable=False),
    sa.Column('body_en', sa.Text(), nullable=False),
    sa.Column('body_es', sa.Text(), nullable=False),
    sa.Column('terms_en', sa.Text(), nullable=False),
    sa.Column('terms_es', sa.Text(), nullable=False),
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
    sa.CheckConstraint("purpose IN ('email', 'proposal')", name=op.f('ck_message_template_purpose_known')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_message_template_archived_by_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_message_template_created_by_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_message_template_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message_template')),
    sa.UniqueConstraint('uid', name=op.f('uq_message_template_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_message_template_kind', 'message_template', ['kind', 'label_en', 'id'], unique=False)
    op.create_table('automation_run',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('rule_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('record_kind', sa.Text(), nullable=False),
    sa.Column('record_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('steps', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('done_count', sa.Integer(), nullable=False),
    sa.Column('reason', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=True),
    sa.CheckConstraint("state IN ('waiting', 'done', 'skipped', 'failed', 'cut')", name=op.f('ck_automation_run_state_known')),
    sa.ForeignKeyConstraint(['rule_id'], ['automation_rule.id'], name=op.f('fk_automation_run_rule_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_automation_run')),
    sa.UniqueConstraint('rule_id', 'key', name=op.f('uq_automation_run_rule_id_key')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_automation_run_newest', 'automation_run', ['rule_id', 'id'], unique=False)
    op.create_index('ix_automation_run_record', 'automation_run', ['record_kind', 'record_id', 'id'], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index('ix_automation_run_record', table_name='automation_run')
    op.drop_index('ix_automation_run_newest', table_name='automation_run')
    op.drop_table('automation_run')
    op.drop_index('ix_message_template_kind', table_name='message_template')
    op.drop_table('message_template')
    op.drop_index('ix_automation_rule_kind', table_name='automation_rule')
    op.drop_table('automation_rule')
