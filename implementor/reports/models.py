"""Reports that are kept, and which of them people want on their first page."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from implementor.configuration.models import Configured, Worded
from implementor.foundation.model import Archivable, Model, Record, table_args
from implementor.foundation.words import Phrase, say

MINE, ALL, TEAM = "me", "all", "team"
SHARED: dict[str, Phrase] = {
    MINE: say("Nobody else"), ALL: say("Everybody of the CRM"), "crm_manager": say("Those who lead teams in the CRM"),
    "crm_admin": say("Administrators of the CRM"), TEAM: say("A team"),
}  # fmt: skip


class SavedReport(Configured, Worded, Archivable, Record):
    """A report: what it is of (`plan`, see `reports.plans`), its name in both languages, and whom it is shared with.

    One that a release brought has no owner.
    """

    __tablename__ = "saved_report"
    __record_kind__: ClassVar[str] = "saved_report"
    __table_args__ = table_args(
        CheckConstraint("shared IN ('me', 'all', 'crm_manager', 'crm_admin', 'team')", name="shared_known"),
        CheckConstraint("(shared = 'team') = (team_id IS NOT NULL)", name="team_named"),
        CheckConstraint("shared <> 'me' OR owner_id IS NOT NULL", name="own_owned"),
        Index("ix_saved_report_list", "archived_at", "created_at", "id"),
        Index("ix_saved_report_owner", "owner_id"),
        Index("ix_saved_report_team", "team_id"),
    )

    kind: Mapped[str]
    plan: Mapped[dict[str, Any]]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    shared: Mapped[str]
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))


class PinnedReport(Model):
    """A report that somebody wants on their first page."""

    __tablename__ = "pinned_report"
    __table_args__ = table_args(Index("ix_pinned_report_report", "report_id"))

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("saved_report.id"), primary_key=True)
    pinned_at: Mapped[datetime]
