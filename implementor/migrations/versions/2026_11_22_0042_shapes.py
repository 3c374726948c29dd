"""Words, needs, order, columns and owners that administrators give kinds of records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from implementor.foundation import model

revision = "2026_11_22_0042"
down_revision = "2026_11_22_0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table('field_label',
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('field', sa.Text(), nullable=False),
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
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_field_label_archived_by_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_field_label_created_by_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_field_label_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_field_label')),
    sa.UniqueConstraint('kind', 'field', name=op.f('uq_field_label_kind_field')),
    sa.UniqueConstraint('uid', name=op.f('uq_field_label_uid')),
    sqlite_autoincrement=True
    )
    op.create_table('kind_shape',
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('singular_en', sa.Text(), nullable=False),
    sa.Column('singular_es', sa.Text(), nullable=False),
    sa.Column('plural_en', sa.Text(), nullable=False),
    sa.Column('plural_es', sa.Text(), nullable=False),
    sa.Column('sections', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('left_out', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('columns', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('sort', sa.Text(), nullable=False),
    sa.Column('switched_off_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('switched_off_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('uid', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_kind_shape_created_by_id')),
    sa.ForeignKeyConstraint(['switched_off_by_id'], ['user.id'], name=op.f('fk_kind_shape_switched_off_by_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_kind_shape_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kind_shape')),
    sa.UniqueConstraint('kind', name=op.f('uq_kind_shape_kind')),
    sa.UniqueConstraint('uid', name=op.f('uq_kind_shape_uid')),
    sqlite_autoincrement=True
    )
    op.create_table('required_rule',
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('field', sa.Text(), nullable=False),
    sa.Column('conditions', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('strength', sa.Text(), nullable=False),
    sa.Column('in_imports', sa.Boolean(), nullable=False),
    sa.Column('rank', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
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
    sa.CheckConstraint("strength IN ('warn', 'create', 'edit')", name=op.f('ck_required_rule_strength_known')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_required_rule_archived_by_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_required_rule_created_by_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_required_rule_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_required_rule')),
    sa.UniqueConstraint('uid', name=op.f('uq_required_rule_uid')),
    sqlite_autoincrement=True
    )
    op.create_table('assignment_rule',
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('conditions', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('way', sa.Text(), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('team_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('rank', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
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
    sa.CheckConstraint("(way <> 'person') = (team_id IS NOT NULL)", name=op.f('ck_assignment_rule_team_named')),
    sa.CheckConstraint("(way = 'person') = (user_id IS NOT NULL)", name=op.f('ck_assignment_rule_person_named')),
    sa.CheckConstraint("way IN ('person', 'in_turn', 'least_busy')", name=op.f('ck_assignment_rule_way_known')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_assignment_rule_archived_by_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_assignment_rule_created_by_id')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_assignment_rule_team_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_assignment_rule_updated_by_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_assignment_rule_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment_rule')),
    sa.UniqueConstraint('uid', name=op.f('uq_assignment_rule_uid')),
    sqlite_autoincrement=True
    )
    op.create_table('assignment_turn',
    sa.Column('rule_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', model.UtcMoment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['rule_id'], ['assignment_rule.id'], name=op.f('fk_assignment_turn_rule_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_assignment_turn_user_id')),
    sa.PrimaryKeyConstraint('rule_id', name=op.f('pk_assignment_turn')),
    sqlite_autoincrement=True
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table('assignment_turn')
    op.drop_table('assignment_rule')
    op.drop_table('required_rule')
    op.drop_table('kind_shape')
    op.drop_table('field_label')
