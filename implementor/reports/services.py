"""What can happen to kept reports: kept, changed, put away, brought back, and pinned to somebody's first page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.auth.models import Team
from implementor.configuration.models import BY_HAND
from implementor.configuration.services.checking import Identity, checked_labels, identified
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.history.services import name_action
from implementor.reports import permissions, queries
from implementor.reports.models import MINE, SHARED, TEAM, PinnedReport, SavedReport
from implementor.reports.plans import Plan, checked_plan, plan_json


class NotYours(Refusal):
    """Somebody else keeps it."""


@dataclass(frozen=True)
class ReportWish:
    """A report as somebody wants it; `team_id` is whose it is where it is shared with a team."""

    label_en: str
    label_es: str
    plan: Plan
    shared: str = MINE
    team_id: int | None = None


def add_report(
    session: Session, kind: str, wish: ReportWish, *, by: Actor, at: datetime, identity: Identity | None = None
) -> SavedReport:
    """Keep a report under a name; one that has an identity already belongs to nobody. Raises InvalidInput."""
    owner_id = None if identity is not None else by.user_id
    values = _checked(session, wish, by, None, owner_id)
    report = SavedReport(kind=kind, owner_id=owner_id, **values, **identified(identity))
    name_action(session, say("Kept the report %(name)s", name=report.label), verb="report.keep")
    session.add(report)
    session.flush()
    return report


def change_report(session: Session, report: SavedReport, wish: ReportWish, *, by: Actor, at: datetime) -> None:
    """Let a report be of something else, be called otherwise or be shared otherwise. Raises InvalidInput."""
    values = _checked(session, wish, by, report, report.owner_id)
    name_action(session, say("Changed the report %(name)s", name=report.label), verb="report.change")
    for name, value in values.items():
        setattr(report, name, value)
    report.kind, report.source = wish.plan.kind, BY_HAND
    session.flush()


def withdraw_report(session: Session, report: SavedReport, *, by: Actor, at: datetime) -> None:
    """Show a report to nobody any more."""
    if report.archived_at is None:
        name_action(session, say("Put the report %(name)s away", name=report.label), verb="report.archive")
        report.archived_at, report.archived_by_id = at, by.user_id
        session.flush()


def restore_report(session: Session, report: SavedReport, *, by: Actor, at: datetime) -> None:
    """Show a report again. Raises InvalidInput where another one took its name."""
    checked_labels({"label_en": report.label_en, "label_es": report.label_es}, _others(session, by, report))
    name_action(session, say("Brought the report %(name)s back", name=report.label), verb="report.restore")
    report.archived_at = report.archived_by_id = None
    session.flush()


def may_be_changed(report: SavedReport, by: Actor) -> bool:
    """Whether somebody changes a report that they read: their own, or a shared one where they share such."""
    if report.owner_id is not None and report.owner_id == by.user_id:
        return by.may(permissions.EDIT)
    return report.shared != MINE and by.may(permissions.SHARE)


def check_sharing(wish: ReportWish, report: SavedReport | None, by: Actor) -> None:
    """Whether somebody may share a report so. Raises InvalidInput; what a release brings is not asked."""
    present = (MINE, None) if report is None else (report.shared, report.team_id)
    wanted = (wish.shared, wish.team_id if wish.shared == TEAM else None)
    if wanted not in (present, (MINE, None)) and not by.may(permissions.SHARE):
        raise InvalidInput({"shared": say("Only those who lead teams share reports with others.")})


def put_back(session: Session, report: SavedReport, values: dict[str, Any], by: Actor, at: datetime) -> None:
    """Set a report back to earlier values. Raises NotYours for who may not change it now."""
    if not may_be_changed(report, by):
        raise NotYours(say("Only who keeps %(name)s changes it. Keep one of your own instead.", name=report.label))
    for name, value in values.items():
        setattr(report, name, value)


def pin_report(session: Session, report: SavedReport, *, pinned: bool, by: Actor, at: datetime) -> None:
    """Show a report on this person's first page, or no more."""
    found = session.scalars(queries.pin_of(by.user_id, report.id)).one_or_none()
    if found is not None and not pinned:
        session.delete(found)
    elif found is None and pinned:
        session.add(PinnedReport(user_id=by.user_id, report_id=report.id, pinned_at=at))


def _others(session: Session, by: Actor, report: SavedReport | None) -> list[SavedReport]:
    """Reports whose names are taken: shared ones and one's own, so that nobody learns of what others keep."""
    found = session.scalars(queries.reports_shared(and_of=by.user_id))
    return [one for one in found if report is None or one.id != report.id]


def _checked(
    session: Session, wish: ReportWish, by: Actor, report: SavedReport | None, owner_id: int | None
) -> dict[str, Any]:
    """The columns of a report. Raises InvalidInput, by column, and BadDefinition."""
    plan = checked_plan(wish.plan)
    labels = checked_labels({"label_en": wish.label_en, "label_es": wish.label_es}, _others(session, by, report))
    if wish.shared not in SHARED or (wish.shared == MINE and owner_id is None):
        raise InvalidInput({"shared": say("Choose whom it is shared with.")})
    team_id = wish.team_id if wish.shared == TEAM else None
    team = session.get(Team, team_id) if team_id is not None else None
    is_new = report is None or report.team_id != team_id
    if wish.shared == TEAM and (team is None or (is_new and team.archived_at is not None)):
        raise InvalidInput({"team": say("Choose the team.")})
    return {**labels, "plan": plan_json(plan), "shared": wish.shared, "team_id": team_id}
