"""Settings of waves that some teams try before they are live for all."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from implementor.foundation import model

revision = "2026_11_23_0062"
down_revision = "2026_11_23_0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table('config_pilot',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('wave_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('operations', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('started_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('started_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('until_on', sa.Date(), nullable=False),
    sa.Column('ended_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('ended_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.CheckConstraint("outcome IS NULL OR outcome IN ('released', 'ended')", name=op.f('ck_config_pilot_outcome_known')),
    sa.CheckConstraint('(ended_at IS NULL) = (outcome IS NULL)', name=op.f('ck_config_pilot_ended_somehow')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['user.id'], name=op.f('fk_config_pilot_ended_by_id')),
    sa.ForeignKeyConstraint(['project_id', 'wave_id'], ['wave.project_id', 'wave.id'], name=op.f('fk_config_pilot_project_id_wave_id')),
    sa.ForeignKeyConstraint(['started_by_id'], ['user.id'], name=op.f('fk_config_pilot_started_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_config_pilot')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_config_pilot_ended', 'config_pilot', ['ended_at'], unique=False)
    op.create_index('ix_config_pilot_wave', 'config_pilot', ['project_id', 'wave_id', 'id'], unique=False)
    op.create_table('config_pilot_team',
    sa.Column('pilot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('team_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['pilot_id'], ['config_pilot.id'], name=op.f('fk_config_pilot_team_pilot_id')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_config_pilot_team_team_id')),
    sa.PrimaryKeyConstraint('pilot_id', 'team_id', name=op.f('pk_config_pilot_team')),
    sqlite_autoincrement=True
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table('config_pilot_team')
    op.drop_index('ix_config_pilot_wave', table_name='config_pilot')
    op.drop_index('ix_config_pilot_ended', table_name='config_pilot')
    op.drop_table('config_pilot')
