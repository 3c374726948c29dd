"""Status reports, colours set by hand, files made of a report, and links that share it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from implementor.foundation import model

revision = "2026_11_22_0036"
down_revision = "2026_11_22_0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table('colour_override',
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('dimension', sa.Text(), nullable=False),
    sa.Column('colour', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=False),
    sa.Column('ended_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('ended_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("colour IN ('green', 'amber', 'red')", name=op.f('ck_colour_override_colour')),
    sa.CheckConstraint("dimension IN ('scope', 'time', 'money', 'quality', 'adoption', 'risk')", name=op.f('ck_colour_override_dimension')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_colour_override_created_by_id')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['user.id'], name=op.f('fk_colour_override_ended_by_id')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_colour_override_project_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_colour_override_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_colour_override')),
    sa.UniqueConstraint('project_id', 'id', name=op.f('uq_colour_override_project_id_id')),
    sqlite_autoincrement=True
    )
    op.create_index('uq_colour_override_stands', 'colour_override', ['project_id', 'dimension'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
    op.create_table('status_report',
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('comment', sa.Text(), nullable=False),
    sa.Column('issued_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('issued_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('content', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=True),
    sa.Column('colours', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=True),
    sa.Column('last_change_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('replaces_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('replaced_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint('(issued_at IS NULL) = (content IS NULL)', name=op.f('ck_status_report_issued_with_content')),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_status_report_period')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_status_report_created_by_id')),
    sa.ForeignKeyConstraint(['issued_by_id'], ['user.id'], name=op.f('fk_status_report_issued_by_id')),
    sa.ForeignKeyConstraint(['project_id', 'replaces_id'], ['status_report.project_id', 'status_report.id'], name=op.f('fk_status_report_project_id_replaces_id')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_status_report_project_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_status_report_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_status_report')),
    sa.UniqueConstraint('project_id', 'id', name=op.f('uq_status_report_project_id_id')),
    sa.UniqueConstraint('project_id', 'number', name=op.f('uq_status_report_project_id_number')),
    sqlite_autoincrement=True
    )
    op.create_index('uq_status_report_draft', 'status_report', ['project_id'], unique=True, sqlite_where=sa.text('issued_at IS NULL'), postgresql_where=sa.text('issued_at IS NULL'))
    op.create_index('uq_status_report_replaces', 'status_report', ['replaces_id'], unique=True)
    op.create_table('pack_file',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('report_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('format', sa.Text(), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('made_at', model.UtcMoment(timezone=True), nullable=False),
    sa.CheckConstraint("format IN ('pdf', 'pptx', 'xlsx')", name=op.f('ck_pack_file_format')),
    sa.ForeignKeyConstraint(['project_id', 'report_id'], ['status_report.project_id', 'status_report.id'], name=op.f('fk_pack_file_project_id_report_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pack_file')),
    sa.UniqueConstraint('report_id', 'format', name=op.f('uq_pack_file_report_id_format')),
    sqlite_autoincrement=True
    )
    op.create_table('share_link',
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('report_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token_hash', sa.Text(), nullable=False),
    sa.Column('label', sa.Text(), nullable=False),
    sa.Column('expires_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('revoked_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('revoked_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_share_link_created_by_id')),
    sa.ForeignKeyConstraint(['project_id', 'report_id'], ['status_report.project_id', 'status_report.id'], name=op.f('fk_share_link_project_id_report_id')),
    sa.ForeignKeyConstraint(['revoked_by_id'], ['user.id'], name=op.f('fk_share_link_revoked_by_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_share_link_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_share_link')),
    sa.UniqueConstraint('project_id', 'id', name=op.f('uq_share_link_project_id_id')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_share_link_token_hash')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_share_link_report', 'share_link', ['report_id', 'id'], unique=False)
    op.create_table('share_opening',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('link_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('block', sa.Text(), nullable=False),
    sa.Column('format', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['project_id', 'link_id'], ['share_link.project_id', 'share_link.id'], name=op.f('fk_share_opening_project_id_link_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_share_opening')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_share_opening_link', 'share_opening', ['link_id', 'id'], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index('ix_share_opening_link', table_name='share_opening')
    op.drop_table('share_opening')
    op.drop_index('ix_share_link_report', table_name='share_link')
    op.drop_table('share_link')
    op.drop_table('pack_file')
    op.drop_index('uq_status_report_replaces', table_name='status_report')
    op.drop_index('uq_status_report_draft', table_name='status_report', sqlite_where=sa.text('issued_at IS NULL'), postgresql_where=sa.text('issued_at IS NULL'))
    op.drop_table('status_report')
    op.drop_index('uq_colour_override_stands', table_name='colour_override', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
    op.drop_table('colour_override')
