"""Help for people, and what it changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_23_0079"
down_revision = "2026_11_23_0078"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table('intervention',
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('figure', sa.Text(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('action', sa.Text(), nullable=False),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('opened_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('opened_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('day_then', sa.Date(), nullable=True),
    sa.Column('value_then', sa.Integer(), nullable=True),
    sa.Column('done_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('done_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('result', sa.Text(), nullable=True),
    sa.Column('effect_on', sa.Date(), nullable=True),
    sa.Column('effect_own', sa.Integer(), nullable=True),
    sa.Column('effect_others', sa.Integer(), nullable=True),
    sa.Column('effect_n', sa.Integer(), nullable=True),
    sa.Column('archived_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('archived_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("figure IN ('writing', 'prompt', 'complete', 'valid', 'healthy', 'score')", name=op.f('ck_intervention_figure_known')),
    sa.CheckConstraint('(day_then IS NULL) = (value_then IS NULL)', name=op.f('ck_intervention_value_of_a_day')),
    sa.CheckConstraint('(done_at IS NULL) = (result IS NULL)', name=op.f('ck_intervention_done_with_a_result')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_intervention_archived_by_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_intervention_created_by_id')),
    sa.ForeignKeyConstraint(['done_by_id'], ['user.id'], name=op.f('fk_intervention_done_by_id')),
    sa.ForeignKeyConstraint(['opened_by_id'], ['user.id'], name=op.f('fk_intervention_opened_by_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['user.id'], name=op.f('fk_intervention_owner_id')),
    sa.ForeignKeyConstraint(['person_id'], ['user.id'], name=op.f('fk_intervention_person_id')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_intervention_project_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_intervention_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_intervention')),
    sa.UniqueConstraint('project_id', 'id', name=op.f('uq_intervention_project_id_id')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_intervention_due', 'intervention', ['project_id', 'due_on', 'id'], unique=False)
    op.create_index('ix_intervention_figure', 'intervention', ['project_id', 'figure', 'id'], unique=False)
    op.create_index('ix_intervention_list', 'intervention', ['project_id', 'done_at', 'id'], unique=False)
    op.create_index('ix_intervention_owner_id', 'intervention', ['owner_id', 'done_at'], unique=False)
    op.create_index('ix_intervention_person_id', 'intervention', ['person_id', 'done_at'], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index('ix_intervention_person_id', table_name='intervention')
    op.drop_index('ix_intervention_owner_id', table_name='intervention')
    op.drop_index('ix_intervention_list', table_name='intervention')
    op.drop_index('ix_intervention_figure', table_name='intervention')
    op.drop_index('ix_intervention_due', table_name='intervention')
    op.drop_table('intervention')
