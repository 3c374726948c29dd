"""Daily facts of how the CRM is used, and the formula they are judged by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from implementor.foundation import model

revision = "2026_11_23_0075"
down_revision = "2026_11_23_0074"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table('adoption_fact_day',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('written_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('first_change_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_adoption_fact_day')),
    sqlite_autoincrement=True
    )
    op.create_table('adoption_formula',
    sa.Column('terms', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_adoption_formula_created_by_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_adoption_formula_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_adoption_formula')),
    sqlite_autoincrement=True
    )
    op.create_table('adoption_kept_day',
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('records', sa.Integer(), nullable=False),
    sa.Column('whole', sa.Integer(), nullable=False),
    sa.Column('wanted', sa.Integer(), nullable=False),
    sa.Column('filled', sa.Integer(), nullable=False),
    sa.Column('checked', sa.Integer(), nullable=False),
    sa.Column('valid', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_adoption_kept_day_user_id')),
    sa.PrimaryKeyConstraint('user_id', 'day', 'kind', name=op.f('pk_adoption_kept_day')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_adoption_kept_day_day', 'adoption_kept_day', ['day', 'kind'], unique=False)
    op.create_table('adoption_work_day',
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('created', sa.Integer(), nullable=False),
    sa.Column('changed', sa.Integer(), nullable=False),
    sa.Column('entered', sa.Integer(), nullable=False),
    sa.Column('on_time', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_adoption_work_day_user_id')),
    sa.PrimaryKeyConstraint('user_id', 'day', 'kind', name=op.f('pk_adoption_work_day')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_adoption_work_day_day', 'adoption_work_day', ['day', 'kind'], unique=False)
    op.create_table('adoption_team_day',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('team_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('formula_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('newcomers', sa.Integer(), nullable=False),
    sa.Column('active_1', sa.Integer(), nullable=False),
    sa.Column('active_7', sa.Integer(), nullable=False),
    sa.Column('active_28', sa.Integer(), nullable=False),
    sa.Column('writes', sa.Integer(), nullable=False),
    sa.Column('present', sa.Integer(), nullable=False),
    sa.Column('writing', sa.Integer(), nullable=False),
    sa.Column('entered', sa.Integer(), nullable=False),
    sa.Column('on_time', sa.Integer(), nullable=False),
    sa.Column('records', sa.Integer(), nullable=False),
    sa.Column('wanted', sa.Integer(), nullable=False),
    sa.Column('filled', sa.Integer(), nullable=False),
    sa.Column('checked', sa.Integer(), nullable=False),
    sa.Column('valid', sa.Integer(), nullable=False),
    sa.Column('open_sales', sa.Integer(), nullable=False),
    sa.Column('healthy', sa.Integer(), nullable=False),
    sa.Column('access', sa.Integer(), nullable=True),
    sa.Column('process', sa.Integer(), nullable=True),
    sa.Column('quality', sa.Integer(), nullable=True),
    sa.Column('outcome', sa.Integer(), nullable=True),
    sa.Column('score', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['formula_id'], ['adoption_formula.id'], name=op.f('fk_adoption_team_day_formula_id')),
    sa.PrimaryKeyConstraint('day', 'team_id', name=op.f('pk_adoption_team_day')),
    sqlite_autoincrement=True
    )
    op.create_table('adoption_person_day',
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('team_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('formula_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('is_new', sa.Boolean(), nullable=False),
    sa.Column('was_there', sa.Boolean(), nullable=False),
    sa.Column('active_7', sa.Boolean(), nullable=False),
    sa.Column('writes', sa.Integer(), nullable=False),
    sa.Column('present', sa.Integer(), nullable=False),
    sa.Column('writing', sa.Integer(), nullable=False),
    sa.Column('entered', sa.Integer(), nullable=False),
    sa.Column('on_time', sa.Integer(), nullable=False),
    sa.Column('records', sa.Integer(), nullable=False),
    sa.Column('wanted', sa.Integer(), nullable=False),
    sa.Column('filled', sa.Integer(), nullable=False),
    sa.Column('checked', sa.Integer(), nullable=False),
    sa.Column('valid', sa.Integer(), nullable=False),
    sa.Column('open_sales', sa.Integer(), nullable=False),
    sa.Column('healthy', sa.Integer(), nullable=False),
    sa.Column('access', sa.Integer(), nullable=True),
    sa.Column('process', sa.Integer(), nullable=True),
    sa.Column('quality', sa.Integer(), nullable=True),
    sa.Column('outcome', sa.Integer(), nullable=True),
    sa.Column('score', sa.Integer(), nullable=True),
    sa.CheckConstraint('filled <= wanted AND valid <= checked AND healthy <= open_sales', name=op.f('ck_adoption_person_day_parts_of_wholes')),
    sa.ForeignKeyConstraint(['formula_id'], ['adoption_formula.id'], name=op.f('fk_adoption_person_day_formula_id')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_adoption_person_day_team_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_adoption_person_day_user_id')),
    sa.PrimaryKeyConstraint('user_id', 'day', name=op.f('pk_adoption_person_day')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_adoption_person_day_day', 'adoption_person_day', ['day', 'team_id', 'user_id'], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index('ix_adoption_person_day_day', table_name='adoption_person_day')
    op.drop_table('adoption_person_day')
    op.drop_table('adoption_team_day')
    op.drop_index('ix_adoption_work_day_day', table_name='adoption_work_day')
    op.drop_table('adoption_work_day')
    op.drop_index('ix_adoption_kept_day_day', table_name='adoption_kept_day')
    op.drop_table('adoption_kept_day')
    op.drop_table('adoption_formula')
    op.drop_table('adoption_fact_day')
