"""The live configuration: lists of words, pipelines, access rules, and the row that stamps each state."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from implementor.foundation import model

revision = "2026_11_22_0003"
down_revision = "2026_11_21_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table('access_profile',
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('see', sa.Text(), nullable=False),
    sa.Column('edit', sa.Text(), nullable=False),
    sa.Column('hidden', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('read_only', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('uid', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("edit IN ('none', 'own', 'team', 'all')", name=op.f('ck_access_profile_edit_known')),
    sa.CheckConstraint("role IN ('crm_user', 'crm_manager', 'crm_admin')", name=op.f('ck_access_profile_role_known')),
    sa.CheckConstraint("see IN ('none', 'own', 'team', 'all')", name=op.f('ck_access_profile_see_known')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_access_profile_created_by_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_access_profile_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_profile')),
    sa.UniqueConstraint('kind', 'role', name=op.f('uq_access_profile_kind_role')),
    sa.UniqueConstraint('uid', name=op.f('uq_access_profile_uid')),
    sqlite_autoincrement=True
    )
    op.create_table('picklist',
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('default_key', sa.Text(), nullable=True),
    sa.Column('uid', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('label_en', sa.Text(), nullable=False),
    sa.Column('label_es', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_picklist_created_by_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_picklist_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_picklist')),
    sa.UniqueConstraint('key', name=op.f('uq_picklist_key')),
    sa.UniqueConstraint('uid', name=op.f('uq_picklist_uid')),
    sqlite_autoincrement=True
    )
    op.create_table('pipeline',
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('rank', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('currency', sa.Text(), nullable=True),
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
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_pipeline_archived_by_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_pipeline_created_by_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_pipeline_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pipeline')),
    sa.UniqueConstraint('key', name=op.f('uq_pipeline_key')),
    sa.UniqueConstraint('uid', name=op.f('uq_pipeline_uid')),
    sqlite_autoincrement=True
    )
    op.create_table('configuration_version',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stamp', sa.Text(), nullable=False),
    sa.Column('shipped', sa.Text(), nullable=False),
    sa.Column('at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('action_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint('id = 1', name=op.f('ck_configuration_version_one_row')),
    sa.ForeignKeyConstraint(['action_id'], ['action.id'], name=op.f('fk_configuration_version_action_id')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_configuration_version_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_configuration_version'))
    )
    op.create_table('picklist_value',
    sa.Column('picklist_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('rank', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('tone', sa.Text(), nullable=False),
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
    sa.CheckConstraint("tone IN ('neutral', 'ok', 'accepted', 'review', 'risk', 'off')", name=op.f('ck_picklist_value_tone_known')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_picklist_value_archived_by_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_picklist_value_created_by_id')),
    sa.ForeignKeyConstraint(['picklist_id'], ['picklist.id'], name=op.f('fk_picklist_value_picklist_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_picklist_value_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_picklist_value')),
    sa.UniqueConstraint('picklist_id', 'key', name=op.f('uq_picklist_value_picklist_id_key')),
    sa.UniqueConstraint('uid', name=op.f('uq_picklist_value_uid')),
    sqlite_autoincrement=True
    )
    op.create_table('pipeline_stage',
    sa.Column('pipeline_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('rank', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('probability', sa.Integer(), nullable=False),
    sa.Column('forecast', sa.Text(), nullable=False),
    sa.Column('days_limit', sa.Integer(), nullable=True),
    sa.Column('required_fields', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
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
    sa.CheckConstraint("forecast IN ('pipeline', 'best_case', 'commit', 'omitted', 'closed')", name=op.f('ck_pipeline_stage_forecast_known')),
    sa.CheckConstraint("kind <> 'lost' OR (probability = 0 AND forecast = 'omitted')", name=op.f('ck_pipeline_stage_lost_is_certain')),
    sa.CheckConstraint("kind <> 'won' OR (probability = 100 AND forecast = 'closed')", name=op.f('ck_pipeline_stage_won_is_certain')),
    sa.CheckConstraint("kind IN ('open', 'won', 'lost')", name=op.f('ck_pipeline_stage_kind_known')),
    sa.CheckConstraint('days_limit IS NULL OR days_limit > 0', name=op.f('ck_pipeline_stage_days_limit_range')),
    sa.CheckConstraint('probability BETWEEN 0 AND 100', name=op.f('ck_pipeline_stage_probability_range')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_pipeline_stage_archived_by_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_pipeline_stage_created_by_id')),
    sa.ForeignKeyConstraint(['pipeline_id'], ['pipeline.id'], name=op.f('fk_pipeline_stage_pipeline_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_pipeline_stage_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pipeline_stage')),
    sa.UniqueConstraint('pipeline_id', 'key', name=op.f('uq_pipeline_stage_pipeline_id_key')),
    sa.UniqueConstraint('uid', name=op.f('uq_pipeline_stage_uid')),
    sqlite_autoincrement=True
    )
    
    op.execute("INSERT INTO configuration_version (id, number, stamp, shipped) VALUES (1, 0, 'first', '')")


def downgrade() -> None:
    """Go back."""
    op.drop_table('pipeline_stage')
    op.drop_table('picklist_value')
    op.drop_table('configuration_version')
    op.drop_table('pipeline')
    op.drop_table('picklist')
    op.drop_table('access_profile')
    
