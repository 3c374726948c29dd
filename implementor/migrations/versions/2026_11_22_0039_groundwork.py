"""Add staffing needs, assessments of the four bases, and the SWOT."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_22_0039"
down_revision = "2026_11_22_0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table('assessment',
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('assessed_on', sa.Date(), nullable=False),
    sa.Column('strategy_score', sa.SmallInteger(), nullable=True),
    sa.Column('strategy_evidence', sa.Text(), nullable=True),
    sa.Column('people_score', sa.SmallInteger(), nullable=True),
    sa.Column('people_evidence', sa.Text(), nullable=True),
    sa.Column('processes_score', sa.SmallInteger(), nullable=True),
    sa.Column('processes_evidence', sa.Text(), nullable=True),
    sa.Column('technology_score', sa.SmallInteger(), nullable=True),
    sa.Column('technology_evidence', sa.Text(), nullable=True),
    sa.Column('situation', sa.Text(), nullable=True),
    sa.Column('market', sa.Text(), nullable=True),
    sa.Column('archived_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('archived_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint('people_score BETWEEN 1 AND 5', name=op.f('ck_assessment_people_score')),
    sa.CheckConstraint('people_score IS NULL OR people_evidence IS NOT NULL', name=op.f('ck_assessment_people_with_evidence')),
    sa.CheckConstraint('processes_score BETWEEN 1 AND 5', name=op.f('ck_assessment_processes_score')),
    sa.CheckConstraint('processes_score IS NULL OR processes_evidence IS NOT NULL', name=op.f('ck_assessment_processes_with_evidence')),
    sa.CheckConstraint('strategy_score BETWEEN 1 AND 5', name=op.f('ck_assessment_strategy_score')),
    sa.CheckConstraint('strategy_score IS NULL OR strategy_evidence IS NOT NULL', name=op.f('ck_assessment_strategy_with_evidence')),
    sa.CheckConstraint('technology_score BETWEEN 1 AND 5', name=op.f('ck_assessment_technology_score')),
    sa.CheckConstraint('technology_score IS NULL OR technology_evidence IS NOT NULL', name=op.f('ck_assessment_technology_with_evidence')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_assessment_archived_by_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_assessment_created_by_id')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_assessment_project_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_assessment_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment')),
    sa.UniqueConstraint('project_id', 'id', name=op.f('uq_assessment_project_id_id')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_assessment_list', 'assessment', ['project_id', 'assessed_on', 'id'], unique=False)
    op.create_table('staffing_need',
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('title_key', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('work', sa.Text(), nullable=True),
    sa.Column('knows_us', sa.Text(), nullable=True),
    sa.Column('is_one_off', sa.Text(), nullable=True),
    sa.Column('is_defined', sa.Text(), nullable=True),
    sa.Column('can_start', sa.Text(), nullable=True),
    sa.Column('recommendation', sa.Text(), nullable=False),
    sa.Column('decision', sa.Text(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('supplier', sa.Text(), nullable=True),
    sa.Column('cost_amount', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('cost_currency', sa.Text(), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('transfer_topic', sa.Text(), nullable=True),
    sa.Column('transfer_to_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('transfer_proof', sa.Text(), nullable=True),
    sa.Column('transferred_on', sa.Date(), nullable=True),
    sa.Column('archived_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('archived_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("can_start IN ('yes', 'no')", name=op.f('ck_staffing_need_can_start')),
    sa.CheckConstraint("decision IN ('own', 'both', 'external')", name=op.f('ck_staffing_need_decision')),
    sa.CheckConstraint("is_defined IN ('yes', 'no')", name=op.f('ck_staffing_need_is_defined')),
    sa.CheckConstraint("is_one_off IN ('yes', 'no')", name=op.f('ck_staffing_need_is_one_off')),
    sa.CheckConstraint("knows_us IN ('yes', 'no')", name=op.f('ck_staffing_need_knows_us')),
    sa.CheckConstraint("recommendation IN ('open', 'own', 'both', 'external')", name=op.f('ck_staffing_need_recommendation')),
    sa.CheckConstraint('(cost_amount IS NULL) = (cost_currency IS NULL)', name=op.f('ck_staffing_need_cost_has_a_currency')),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_staffing_need_days_in_order')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_staffing_need_archived_by_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_staffing_need_created_by_id')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_staffing_need_project_id')),
    sa.ForeignKeyConstraint(['transfer_to_id'], ['user.id'], name=op.f('fk_staffing_need_transfer_to_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_staffing_need_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staffing_need')),
    sa.UniqueConstraint('project_id', 'id', name=op.f('uq_staffing_need_project_id_id')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_staffing_need_decision', 'staffing_need', ['project_id', 'decision', 'id'], unique=False)
    op.create_index('ix_staffing_need_ends_on', 'staffing_need', ['project_id', 'ends_on', 'id'], unique=False)
    op.create_index('ix_staffing_need_list', 'staffing_need', ['project_id', 'title_key', 'id'], unique=False)
    op.create_index('ix_staffing_need_recommendation', 'staffing_need', ['project_id', 'recommendation', 'id'], unique=False)
    op.create_table('swot_item',
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('quadrant', sa.Text(), nullable=False),
    sa.Column('statement', sa.Text(), nullable=False),
    sa.Column('weight', sa.SmallInteger(), nullable=False),
    sa.Column('objective_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('archived_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('archived_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("quadrant IN ('strength', 'weakness', 'opportunity', 'threat')", name=op.f('ck_swot_item_quadrant')),
    sa.CheckConstraint('weight BETWEEN 1 AND 5', name=op.f('ck_swot_item_weight')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_swot_item_archived_by_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_swot_item_created_by_id')),
    sa.ForeignKeyConstraint(['project_id', 'objective_id'], ['objective.project_id', 'objective.id'], name=op.f('fk_swot_item_project_id_objective_id')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_swot_item_project_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_swot_item_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_swot_item')),
    sa.UniqueConstraint('project_id', 'id', name=op.f('uq_swot_item_project_id_id')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_swot_item_list', 'swot_item', ['project_id', 'weight', 'id'], unique=False)
    op.create_index('ix_swot_item_objective', 'swot_item', ['project_id', 'objective_id', 'id'], unique=False)
    op.create_index('ix_swot_item_quadrant', 'swot_item', ['project_id', 'quadrant', 'id'], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index('ix_swot_item_quadrant', table_name='swot_item')
    op.drop_index('ix_swot_item_objective', table_name='swot_item')
    op.drop_index('ix_swot_item_list', table_name='swot_item')
    op.drop_table('swot_item')
    op.drop_index('ix_staffing_need_recommendation', table_name='staffing_need')
    op.drop_index('ix_staffing_need_list', table_name='staffing_need')
    op.drop_index('ix_staffing_need_ends_on', table_name='staffing_need')
    op.drop_index('ix_staffing_need_decision', table_name='staffing_need')
    op.drop_table('staffing_need')
    op.drop_index('ix_assessment_list', table_name='assessment')
    op.drop_table('assessment')
