"""Let a metric turn a risk into an obstacle when it crosses a value."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_22_0038"
down_revision = "2026_11_22_0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table('risk_trigger',
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('risk_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('metric_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('comparison', sa.Text(), nullable=False),
    sa.Column('value', model.Scaled(4), nullable=False),
    sa.Column('crossed_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('measurement_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('obstacle_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("comparison IN ('above', 'below')", name=op.f('ck_risk_trigger_comparison')),
    sa.CheckConstraint('(crossed_at IS NULL) = (measurement_id IS NULL)', name=op.f('ck_risk_trigger_crossed_by_a_measurement')),
    sa.CheckConstraint('(crossed_at IS NULL) = (obstacle_id IS NULL)', name=op.f('ck_risk_trigger_crossed_into_an_obstacle')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_risk_trigger_created_by_id')),
    sa.ForeignKeyConstraint(['project_id', 'measurement_id'], ['measurement.project_id', 'measurement.id'], name=op.f('fk_risk_trigger_project_id_measurement_id')),
    sa.ForeignKeyConstraint(['project_id', 'metric_id'], ['metric.project_id', 'metric.id'], name=op.f('fk_risk_trigger_project_id_metric_id')),
    sa.ForeignKeyConstraint(['project_id', 'obstacle_id'], ['obstacle.project_id', 'obstacle.id'], name=op.f('fk_risk_trigger_project_id_obstacle_id')),
    sa.ForeignKeyConstraint(['project_id', 'risk_id'], ['risk.project_id', 'risk.id'], name=op.f('fk_risk_trigger_project_id_risk_id')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_risk_trigger_project_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_risk_trigger_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_risk_trigger')),
    sa.UniqueConstraint('risk_id', name=op.f('uq_risk_trigger_risk_id')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_risk_trigger_metric', 'risk_trigger', ['metric_id', 'crossed_at'], unique=False)
    op.create_index('ix_risk_trigger_obstacle', 'risk_trigger', ['obstacle_id'], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index('ix_risk_trigger_obstacle', table_name='risk_trigger')
    op.drop_index('ix_risk_trigger_metric', table_name='risk_trigger')
    op.drop_table('risk_trigger')
