"""Committees, their members and limits, meetings with agenda and attendance, calendar feeds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from implementor.foundation import model

revision = "2026_11_22_0035"
down_revision = "2026_11_22_0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table('meeting_feed',
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('secret', sa.Text(), nullable=False),
    sa.Column('revoked_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_meeting_feed_created_by_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_meeting_feed_updated_by_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_meeting_feed_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_feed')),
    sqlite_autoincrement=True
    )
    op.create_index('uq_meeting_feed_works', 'meeting_feed', ['user_id'], unique=True, sqlite_where=sa.text('revoked_at IS NULL'), postgresql_where=sa.text('revoked_at IS NULL'))
    op.create_table('committee',
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('quorum_kind', sa.Text(), nullable=False),
    sa.Column('quorum', sa.Integer(), nullable=False),
    sa.Column('rhythm', sa.Text(), nullable=False),
    sa.Column('every', sa.Integer(), nullable=False),
    sa.Column('weekday', sa.Text(), nullable=False),
    sa.Column('week', sa.Text(), nullable=False),
    sa.Column('clock', sa.Text(), nullable=False),
    sa.Column('time_zone', sa.Text(), nullable=False),
    sa.Column('first_on', sa.Date(), nullable=True),
    sa.Column('length_minutes', sa.Integer(), nullable=False),
    sa.Column('place', sa.Text(), nullable=True),
    sa.Column('link', sa.Text(), nullable=True),
    sa.Column('archived_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('archived_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("quorum >= 1 AND (quorum_kind = 'count' OR quorum <= 100)", name=op.f('ck_committee_quorum')),
    sa.CheckConstraint("quorum_kind IN ('count', 'share')", name=op.f('ck_committee_quorum_kind')),
    sa.CheckConstraint("rhythm IN ('none', 'weekly', 'monthly')", name=op.f('ck_committee_rhythm')),
    sa.CheckConstraint("week IN ('1', '2', '3', '4', '5')", name=op.f('ck_committee_week')),
    sa.CheckConstraint("weekday IN ('0', '1', '2', '3', '4', '5', '6')", name=op.f('ck_committee_weekday')),
    sa.CheckConstraint('every BETWEEN 1 AND 12', name=op.f('ck_committee_every')),
    sa.CheckConstraint('length_minutes BETWEEN 5 AND 600', name=op.f('ck_committee_length')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_committee_archived_by_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_committee_created_by_id')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_committee_project_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_committee_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_committee')),
    sa.UniqueConstraint('project_id', 'id', name=op.f('uq_committee_project_id_id')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_committee_list', 'committee', ['project_id', 'name', 'id'], unique=False)
    op.create_table('committee_limit',
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('committee_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('amount', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('currency', sa.Text(), nullable=True),
    sa.Column('days', sa.Integer(), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint('(amount IS NULL) = (currency IS NULL)', name=op.f('ck_committee_limit_amount')),
    sa.CheckConstraint('amount >= 0 AND days >= 0', name=op.f('ck_committee_limit_limits')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_committee_limit_created_by_id')),
    sa.ForeignKeyConstraint(['project_id', 'committee_id'], ['committee.project_id', 'committee.id'], name=op.f('fk_committee_limit_project_id_committee_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_committee_limit_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_committee_limit')),
    sa.UniqueConstraint('committee_id', 'role', name=op.f('uq_committee_limit_committee_id_role')),
    sa.UniqueConstraint('project_id', 'id', name=op.f('uq_committee_limit_project_id_id')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_committee_limit_project_id', 'committee_limit', ['project_id'], unique=False)
    op.create_table('committee_member',
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('committee_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('part', sa.Text(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('removed_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('removed_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("part IN ('chair', 'member', 'guest')", name=op.f('ck_committee_member_part')),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_committee_member_term')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_committee_member_created_by_id')),
    sa.ForeignKeyConstraint(['project_id', 'committee_id'], ['committee.project_id', 'committee.id'], name=op.f('fk_committee_member_project_id_committee_id')),
    sa.ForeignKeyConstraint(['removed_by_id'], ['user.id'], name=op.f('fk_committee_member_removed_by_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_committee_member_updated_by_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_committee_member_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_committee_member')),
    sa.UniqueConstraint('project_id', 'id', name=op.f('uq_committee_member_project_id_id')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_committee_member_user_id', 'committee_member', ['user_id', 'committee_id'], unique=False)
    op.create_index('uq_committee_member_chairs', 'committee_member', ['committee_id'], unique=True, sqlite_where=sa.text("removed_at IS NULL AND part = 'chair'"), postgresql_where=sa.text("removed_at IS NULL AND part = 'chair'"))
    op.create_index('uq_committee_member_sits', 'committee_member', ['committee_id', 'user_id'], unique=True, sqlite_where=sa.text('removed_at IS NULL'), postgresql_where=sa.text('removed_at IS NULL'))
    op.create_table('meeting',
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('committee_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('starts_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('length_minutes', sa.Integer(), nullable=False),
    sa.Column('place', sa.Text(), nullable=True),
    sa.Column('link', sa.Text(), nullable=True),
    sa.Column('invited_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('invited_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('begun_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('begun_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('closed_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('closed_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('quorum_needed', sa.Integer(), nullable=True),
    sa.Column('voting_present', sa.Integer(), nullable=True),
    sa.Column('minutes', sa.Text(), nullable=False),
    sa.Column('archived_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('archived_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("closed_at IS NULL OR minutes <> ''", name=op.f('ck_meeting_closed_with_minutes')),
    sa.CheckConstraint('closed_at IS NULL OR archived_at IS NULL', name=op.f('ck_meeting_closed_stays')),
    sa.CheckConstraint('closed_at IS NULL OR begun_at IS NOT NULL', name=op.f('ck_meeting_begun_before_closed')),
    sa.CheckConstraint('length_minutes BETWEEN 5 AND 600', name=op.f('ck_meeting_length')),
    sa.ForeignKeyConstraint(['archived_by_id'], ['user.id'], name=op.f('fk_meeting_archived_by_id')),
    sa.ForeignKeyConstraint(['begun_by_id'], ['user.id'], name=op.f('fk_meeting_begun_by_id')),
    sa.ForeignKeyConstraint(['closed_by_id'], ['user.id'], name=op.f('fk_meeting_closed_by_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_meeting_created_by_id')),
    sa.ForeignKeyConstraint(['invited_by_id'], ['user.id'], name=op.f('fk_meeting_invited_by_id')),
    sa.ForeignKeyConstraint(['project_id', 'committee_id'], ['committee.project_id', 'committee.id'], name=op.f('fk_meeting_project_id_committee_id')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_meeting_project_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_meeting_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting')),
    sa.UniqueConstraint('committee_id', 'number', name=op.f('uq_meeting_committee_id_number')),
    sa.UniqueConstraint('project_id', 'id', name=op.f('uq_meeting_project_id_id')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_meeting_list', 'meeting', ['project_id', 'starts_at', 'id'], unique=False)
    op.create_index('uq_meeting_moment', 'meeting', ['committee_id', 'starts_at'], unique=True, sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.create_table('agenda_item',
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('detail', sa.Text(), nullable=False),
    sa.Column('record_kind', sa.Text(), nullable=True),
    sa.Column('record_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('length_minutes', sa.Integer(), nullable=False),
    sa.Column('left_out_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('carried_from', sa.Integer(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('is_proposal', sa.Boolean(), nullable=False),
    sa.Column('answered_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('answered_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('decision_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('effect', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('frozen_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("answer IN ('approved', 'refused', 'postponed', 'noted')", name=op.f('ck_agenda_item_answer')),
    sa.CheckConstraint('(answer IS NULL) = (answered_at IS NULL)', name=op.f('ck_agenda_item_answered')),
    sa.CheckConstraint('(record_kind IS NULL) = (record_id IS NULL)', name=op.f('ck_agenda_item_record')),
    sa.CheckConstraint('length_minutes BETWEEN 0 AND 600', name=op.f('ck_agenda_item_length')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['user.id'], name=op.f('fk_agenda_item_answered_by_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_agenda_item_created_by_id')),
    sa.ForeignKeyConstraint(['project_id', 'decision_id'], ['decision.project_id', 'decision.id'], name=op.f('fk_agenda_item_project_id_decision_id')),
    sa.ForeignKeyConstraint(['project_id', 'meeting_id'], ['meeting.project_id', 'meeting.id'], name=op.f('fk_agenda_item_project_id_meeting_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_agenda_item_updated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agenda_item')),
    sa.UniqueConstraint('meeting_id', 'key', name=op.f('uq_agenda_item_meeting_id_key')),
    sa.UniqueConstraint('project_id', 'id', name=op.f('uq_agenda_item_project_id_id')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_agenda_item_decision_id', 'agenda_item', ['project_id', 'decision_id'], unique=False)
    op.create_table('attendance',
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('part', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('frozen_at', model.UtcMoment(timezone=True), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('updated_at', model.UtcMoment(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("part IN ('chair', 'member', 'guest')", name=op.f('ck_attendance_part')),
    sa.CheckConstraint("state IN ('present', 'excused', 'absent')", name=op.f('ck_attendance_state')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_attendance_created_by_id')),
    sa.ForeignKeyConstraint(['project_id', 'meeting_id'], ['meeting.project_id', 'meeting.id'], name=op.f('fk_attendance_project_id_meeting_id')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['user.id'], name=op.f('fk_attendance_updated_by_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_attendance_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attendance')),
    sa.UniqueConstraint('meeting_id', 'user_id', name=op.f('uq_attendance_meeting_id_user_id')),
    sa.UniqueConstraint('project_id', 'id', name=op.f('uq_attendance_project_id_id')),
    sqlite_autoincrement=True
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table('attendance')
    op.drop_index('ix_agenda_item_decision_id', table_name='agenda_item')
    op.drop_table('agenda_item')
    op.drop_index('uq_meeting_moment', table_name='meeting', sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'))
    op.drop_index('ix_meeting_list', table_name='meeting')
    op.drop_table('meeting')
    op.drop_index('uq_committee_member_sits', table_name='committee_member', sqlite_where=sa.text('removed_at IS NULL'), postgresql_where=sa.text('removed_at IS NULL'))
    op.drop_index('uq_committee_member_chairs', table_name='committee_member', sqlite_where=sa.text("removed_at IS NULL AND part = 'chair'"), postgresql_where=sa.text("removed_at IS NULL AND part = 'chair'"))
    op.drop_index('ix_committee_member_user_id', table_name='committee_member')
    op.drop_table('committee_member')
    op.drop_index('ix_committee_limit_project_id', table_name='committee_limit')
    op.drop_table('committee_limit')
    op.drop_index('ix_committee_list', table_name='committee')
    op.drop_table('committee')
    op.drop_index('uq_meeting_feed_works', table_name='meeting_feed', sqlite_where=sa.text('revoked_at IS NULL'), postgresql_where=sa.text('revoked_at IS NULL'))
    op.drop_table('meeting_feed')
