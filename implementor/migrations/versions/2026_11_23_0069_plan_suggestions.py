"""Suggestions and scenarios of plans."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from implementor.foundation import model

revision = "2026_11_23_0069"
down_revision = "2026_11_23_0068"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table('scenario',
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('fills', sa.Boolean(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('decided_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('archived_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('archived_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("outcome IN ('adopted', 'discarded')", name=op.f('ck_scenario_outcome_known')),
    sa.CheckConstraint('(outcome IS NULL) = (decided_at IS NULL)', name=op.f('ck_scenario_decided_once')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_scenario_archived_by_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_scenario_created_by_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user.id'], name=op.f('fk_scenario_decided_by_id')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_scenario_project_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_scenario_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scenario')),
    sa.UniqueConstraint('project_id', 'id', name=op.f('uq_scenario_project_id_id')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_scenario_project', 'scenario', ['project_id', 'archived_at', 'id'], unique=False)
    op.create_table('scenario_change',
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('scenario_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('wave_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('story_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('person_key', sa.Text(), nullable=True),
    sa.Column('profile', sa.Text(), nullable=True),
    sa.Column('amount', model.Scaled(2), nullable=True),
    sa.Column('on_date', sa.Date(), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("kind IN ('capacity', 'person', 'people', 'end', 'story', 'out')", name=op.f('ck_scenario_change_kind_known')),
    sa.CheckConstraint('amount BETWEEN 0 AND 100000', name=op.f('ck_scenario_change_amount_in_range')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_scenario_change_created_by_id')),
    sa.ForeignKeyConstraint(['project_id', 'scenario_id'], ['scenario.project_id', 'scenario.id'], name=op.f('fk_scenario_change_project_id_scenario_id')),
    sa.ForeignKeyConstraint(['project_id', 'story_id'], ['story.project_id', 'story.id'], name=op.f('fk_scenario_change_project_id_story_id')),
    sa.ForeignKeyConstraint(['project_id', 'wave_id'], ['wave.project_id', 'wave.id'], name=op.f('fk_scenario_change_project_id_wave_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_scenario_change_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scenario_change')),
    sa.UniqueConstraint('project_id', 'id', name=op.f('uq_scenario_change_project_id_id')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_scenario_change_scenario', 'scenario_change', ['project_id', 'scenario_id', 'id'], unique=False)
    op.create_table('suggestion',
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('wave_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('fingerprint', sa.Text(), nullable=False),
    sa.Column('inputs', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('plan', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('worth', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('bound', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('is_proved', sa.Boolean(), nullable=False),
    sa.Column('too_large', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('conflict', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('found_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('asked_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('adopted_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('adopted_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['adopted_by_id'], ['user.id'], name=op.f('fk_suggestion_adopted_by_id')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['user.id'], name=op.f('fk_suggestion_asked_by_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_suggestion_created_by_id')),
    sa.ForeignKeyConstraint(['project_id', 'wave_id'], ['wave.project_id', 'wave.id'], name=op.f('fk_suggestion_project_id_wave_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_suggestion_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_suggestion')),
    sa.UniqueConstraint('project_id', 'id', name=op.f('uq_suggestion_project_id_id')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_suggestion_wave', 'suggestion', ['project_id', 'wave_id', 'id'], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index('ix_suggestion_wave', table_name='suggestion')
    op.drop_table('suggestion')
    op.drop_index('ix_scenario_change_scenario', table_name='scenario_change')
    op.drop_table('scenario_change')
    op.drop_index('ix_scenario_project', table_name='scenario')
    op.drop_table('scenario')
