"""Write down what projects wait for from each other."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_22_0040"
down_revision = "2026_11_22_0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table('project_dependency',
    sa.Column('programme_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('supplier_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('receiver_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('needed_on', sa.Date(), nullable=False),
    sa.Column('promised_on', sa.Date(), nullable=True),
    sa.Column('delivered_on', sa.Date(), nullable=True),
    sa.Column('archived_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('archived_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("what <> ''", name=op.f('ck_project_dependency_said')),
    sa.CheckConstraint('supplier_id <> receiver_id', name=op.f('ck_project_dependency_not_itself')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_project_dependency_archived_by_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_project_dependency_created_by_id')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_project_dependency_programme_id')),
    sa.ForeignKeyConstraint(['receiver_id'], ['project.id'], name=op.f('fk_project_dependency_receiver_id')),
    sa.ForeignKeyConstraint(['supplier_id'], ['project.id'], name=op.f('fk_project_dependency_supplier_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_project_dependency_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_project_dependency')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_project_dependency_needed', 'project_dependency', ['needed_on', 'id'], unique=False)
    op.create_index(op.f('ix_project_dependency_programme_id'), 'project_dependency', ['programme_id'], unique=False)
    op.create_index(op.f('ix_project_dependency_receiver_id'), 'project_dependency', ['receiver_id'], unique=False)
    op.create_index(op.f('ix_project_dependency_supplier_id'), 'project_dependency', ['supplier_id'], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index(op.f('ix_project_dependency_supplier_id'), table_name='project_dependency')
    op.drop_index(op.f('ix_project_dependency_receiver_id'), table_name='project_dependency')
    op.drop_index(op.f('ix_project_dependency_programme_id'), table_name='project_dependency')
    op.drop_index('ix_project_dependency_needed', table_name='project_dependency')
    op.drop_table('project_dependency')
