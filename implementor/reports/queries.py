"""Finding kept reports, within what somebody may read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, null, or_, select

from implementor.auth.models import Team
from implementor.auth.queries import teams_of_person
from implementor.foundation.fields import Scope
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor, Role
from implementor.reports.models import ALL, MINE, TEAM, PinnedReport, SavedReport
from implementor.reports.reading import kinds_read_by


def is_read_by(actor: Actor) -> ColumnElement[bool]:
    """Reports of somebody's own, and those shared with everybody, a role or a team of theirs."""
    roles = [role.value for role in actor.roles if role in (Role.CRM_MANAGER, Role.CRM_ADMIN)]
    led = select(Team.id).where(Team.manager_id == actor.user_id, Team.archived_at.is_(None))
    joined = teams_of_person(actor.user_id or 0).order_by(None).with_only_columns(Team.id, maintain_column_froms=True)
    theirs = SavedReport.team_id.in_(joined) | SavedReport.team_id.in_(led)
    return or_(
        SavedReport.owner_id == actor.user_id,
        SavedReport.shared.in_([ALL, *roles]),
        (SavedReport.shared == TEAM) & theirs,
    )


def is_changed_by(actor: Actor, *, of_all: bool) -> ColumnElement[bool]:
    """Reports that somebody may change: their own; with `of_all` those too that are shared."""
    own = SavedReport.owner_id == actor.user_id
    return or_(own, SavedReport.shared != MINE) if of_all else own


def reports_seen(scope: Scope) -> Select[SavedReport]:
    """The reports that a reader may open, of kinds of which they see any record, put away ones too."""
    kinds = kinds_read_by(scope.actor)
    return select(SavedReport).where(SavedReport.kind.in_(kinds), is_read_by(scope.actor))


def reports_in_use(scope: Scope) -> Select[SavedReport]:
    """Those of them that are in use."""
    return reports_seen(scope).where(SavedReport.archived_at.is_(None))


def report_seen(scope: Scope, report_id: int) -> Select[SavedReport]:
    """One of them, put away or not."""
    return reports_seen(scope).where(SavedReport.id == report_id)


def reports_kept(*, archived: bool = False) -> Select[SavedReport]:
    """Every report that is in use, or put away, whoever keeps it, by name."""
    gone = SavedReport.archived_at.is_not(None) if archived else SavedReport.archived_at.is_(None)
    return select(SavedReport).where(gone).order_by(SavedReport.label_en, SavedReport.id)


def reports_shared(*, and_of: int | None = None) -> Select[SavedReport]:
    """Those in use that are shared with anybody, and those that one person keeps, by name."""
    return reports_kept().where((SavedReport.shared != MINE) | (SavedReport.owner_id == and_of))


def report_of_uid(uid: str) -> Select[SavedReport]:
    """The report of that identity."""
    return select(SavedReport).where(SavedReport.uid == uid)


def pin_of(user_id: int | None, report_id: int) -> Select[PinnedReport]:
    """That somebody wants a report on their first page."""
    return select(PinnedReport).where(PinnedReport.user_id == user_id, PinnedReport.report_id == report_id)


def reports_pinned(actor: Actor, *, limit: int) -> Select[SavedReport]:
    """The reports that somebody wants on their first page and may still open, those pinned last first."""
    found = reports_in_use(Scope(None, actor))
    pinned = PinnedReport.report_id == SavedReport.id, PinnedReport.user_id == actor.user_id
    return found.join(PinnedReport, pinned[0] & pinned[1]).order_by(PinnedReport.pinned_at.desc()).limit(limit)


def teams_to_share_with() -> Select[int, str]:
    """(id, name) of every team in use."""
    return select(Team.id, Team.name).where(Team.archived_at.is_(None)).order_by(Team.name_key)


def titles_of_reports(actor: Actor, ids: Iterable[int]) -> Rows:
    """Rows (id, title, project_key, number) of reports that somebody may open."""
    nothing: Any = null()
    found: Any = reports_seen(Scope(None, actor)).where(SavedReport.id.in_(list(ids)))
    return found.with_only_columns(  # type: ignore[no-any-return]
        SavedReport.id, SavedReport.label_en.label("title"), nothing.label("project_key"), nothing.label("number")
    )
