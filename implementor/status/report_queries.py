"""How status reports, colours set by hand, files and links are found, and what a report is read from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import undefer

from implementor.auth.models import User
from implementor.finance.queries.lines import shows_money_to
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.governance.models import Decision, Risk
from implementor.governance.models.risks import RiskScore
from implementor.history.models import Change
from implementor.metrics.models import Metric
from implementor.projects.models import Programme, Project
from implementor.projects.queries import is_visible_to
from implementor.status.models import ColourOverride, PackFile, ShareLink, ShareOpening, StatusReport
from implementor.waves.models import Wave

ON_A_PAGE = 20
IN_THE_STRIP = 6
MOST_METRICS = 60
MOST_DECISIONS = 12
MOST_CHANGES = 4000
"""Rows of history that a report looks at, the latest."""
MOST_OPENINGS = 50


def reports_of_project(*, project_id: int) -> Select[StatusReport]:
    """The reports of a project."""
    return select(StatusReport).where(StatusReport.project_id == project_id)


def rows_of_reports(*, project_id: int) -> Rows:
    """Rows (id, number, starts_on, ends_on, issued_at, replaced_at, colours, who) of the reports of a project."""
    return (
        select(
            StatusReport.id, StatusReport.number, StatusReport.starts_on, StatusReport.ends_on,
            StatusReport.issued_at, StatusReport.replaced_at, StatusReport.colours, User.name.label("who"),
        )
        .outerjoin(User, User.id == StatusReport.issued_by_id)
        .where(StatusReport.project_id == project_id)
    )  # fmt: skip


def report_numbered(*, project_id: int, number: int) -> Select[StatusReport]:
    """One report with its frozen content."""
    return reports_of_project(project_id=project_id).where(StatusReport.number == number).options(
        undefer(StatusReport.content)
    )  # fmt: skip


def draft_of_project(*, project_id: int) -> Select[StatusReport]:
    """The report that is being written."""
    return reports_of_project(project_id=project_id).where(StatusReport.issued_at.is_(None))


def issued_before(*, project_id: int, number: int | None = None) -> Select[StatusReport]:
    """Issued reports that stand, the latest first; of those before a number, where one is given."""
    found = reports_of_project(project_id=project_id).where(
        StatusReport.issued_at.is_not(None), StatusReport.replaced_at.is_(None)
    )
    if number is not None:
        found = found.where(StatusReport.number < number)
    return found.order_by(StatusReport.number.desc())


def next_number(*, project_id: int) -> Select[int]:
    """The number that the next report gets."""
    return select(func.coalesce(func.max(StatusReport.number), 0) + 1).where(StatusReport.project_id == project_id)


def edition_after(*, report_id: int) -> Select[int]:
    """The number of the report that replaces another."""
    return select(StatusReport.number).where(StatusReport.replaces_id == report_id)


def overrides_in_force(project_ids: Sequence[int], *, on: date) -> Rows:
    """Rows (ColourOverride, who) that count on a day."""
    return (
        select(ColourOverride, User.name.label("who"))
        .outerjoin(User, User.id == ColourOverride.created_by_id)
        .where(
            ColourOverride.project_id.in_(project_ids), ColourOverride.ended_at.is_(None),
            ColourOverride.expires_on >= on,
        )
    )  # fmt: skip


def overrides_then(*, project_id: int, on: date, at: datetime) -> Rows:
    """Rows (ColourOverride, who) that counted at a moment, the last one of the day `on`."""
    return (
        select(ColourOverride, User.name.label("who"))
        .outerjoin(User, User.id == ColourOverride.created_by_id)
        .where(
            ColourOverride.project_id == project_id, ColourOverride.created_at <= at,
            or_(ColourOverride.ended_at.is_(None), ColourOverride.ended_at > at), ColourOverride.expires_on >= on,
        )
    )  # fmt: skip


def override_standing(*, project_id: int, dimension: str) -> Select[ColourOverride]:
    """The colour set by hand of one dimension, expired or not, that nobody ended."""
    return select(ColourOverride).where(
        ColourOverride.project_id == project_id, ColourOverride.dimension == dimension,
        ColourOverride.ended_at.is_(None),
    )  # fmt: skip


def project_of_report(*, project_id: int) -> Rows:
    """One row (name, key, programme, starts_on, ends_on) of a project."""
    return (
        select(Project.name, Project.key, Programme.name.label("programme"), Project.starts_on, Project.ends_on)
        .join(Programme, Programme.id == Project.programme_id)
        .where(Project.id == project_id)
    )


def risks_of_report(project_ids: Sequence[int], *, since: datetime) -> Rows:
    """Rows of open risks, the highest first: what they are, and `was`, their score at the moment `since`."""
    earlier = (
        select(
            RiskScore.risk_id,
            (RiskScore.probability * RiskScore.impact).label("score"),
            func.row_number()
            .over(partition_by=RiskScore.risk_id, order_by=(RiskScore.at.desc(), RiskScore.id.desc()))
            .label("place"),
        )
        .where(RiskScore.project_id.in_(project_ids), RiskScore.at <= since)
        .subquery()
    )
    return (
        select(
            Risk.project_id, Risk.number, Risk.title, Risk.score, Risk.opened_at, Risk.response_plan,
            User.name.label("owner"), earlier.c.score.label("was"),
        )
        .outerjoin(earlier, and_(earlier.c.risk_id == Risk.id, earlier.c.place == 1))
        .outerjoin(User, User.id == Risk.owner_id)
        .where(Risk.project_id.in_(project_ids), Risk.closed_at.is_(None), Risk.archived_at.is_(None))
        .order_by(Risk.score.desc(), Risk.opened_at.desc(), Risk.id.desc())
    )  # fmt: skip


def questions_open(project_ids: Sequence[int]) -> Rows:
    """Rows (project_id, number, question, background, options, due_on, owner) of open questions, the next due first."""
    return (
        select(
            Decision.project_id, Decision.number, Decision.question, Decision.background, Decision.options,
            Decision.due_on, User.name.label("owner"),
        )
        .outerjoin(User, User.id == Decision.owner_id)
        .where(Decision.project_id.in_(project_ids), Decision.decided_at.is_(None), Decision.archived_at.is_(None))
        .order_by(Decision.due_on.is_(None), Decision.due_on, Decision.id)
        .limit(MOST_DECISIONS)
    )  # fmt: skip


def decisions_taken(*, project_id: int, since: datetime) -> Rows:
    """Rows (number, question, outcome, reason, decided_at) of what was decided since a moment, the latest first."""
    return (
        select(Decision.number, Decision.question, Decision.outcome, Decision.reason, Decision.decided_at)
        .where(Decision.project_id == project_id, Decision.decided_at > since, Decision.archived_at.is_(None))
        .order_by(Decision.decided_at.desc(), Decision.id.desc())
        .limit(MOST_DECISIONS)
    )


def metrics_of_project(*, project_id: int) -> Select[Metric]:
    """The metrics in use, the most important first."""
    return (
        select(Metric)
        .where(Metric.project_id == project_id, Metric.archived_at.is_(None))
        .order_by(Metric.priority.is_(None), Metric.name_key, Metric.id)
        .limit(MOST_METRICS)
    )


def running_wave(*, project_id: int) -> Select[Wave]:
    """The wave that was started last and is not closed."""
    return (
        select(Wave)
        .where(
            Wave.project_id == project_id, Wave.started_at.is_not(None), Wave.closed_at.is_(None),
            Wave.archived_at.is_(None),
        )
        .order_by(Wave.started_at.desc(), Wave.id.desc())
        .limit(1)
    )  # fmt: skip


def changes_since(*, project_id: int, kinds: Sequence[str], last_id: int | None, since: datetime) -> Select[Change]:
    """The latest changes of these kinds after a change of the history, or after a moment where none is known."""
    after = Change.id > last_id if last_id is not None else Change.at > since
    return (
        select(Change)
        .where(Change.project_id == project_id, Change.record_kind.in_(kinds), after)
        .order_by(Change.id.desc())
        .limit(MOST_CHANGES)
    )


def last_change(*, project_id: int) -> Select[int]:
    """The last change of a project's history."""
    return select(func.max(Change.id)).where(Change.project_id == project_id)


def files_of_report(*, report_id: int) -> Select[PackFile]:
    """The files that were made of a report, without their bytes."""
    return select(PackFile).where(PackFile.report_id == report_id).order_by(PackFile.format)


def file_of_report(*, report_id: int, format: str) -> Select[PackFile]:
    """One file with its bytes."""
    found = select(PackFile).where(PackFile.report_id == report_id, PackFile.format == format)
    return found.options(undefer(PackFile.data))


def links_of_report(*, report_id: int) -> Rows:
    """Rows (ShareLink, who, openings, last_at), the newest first."""
    opened = (
        select(ShareOpening.link_id, func.count().label("openings"), func.max(ShareOpening.at).label("last_at"))
        .join(ShareLink, ShareLink.id == ShareOpening.link_id)
        .where(ShareLink.report_id == report_id)
        .group_by(ShareOpening.link_id)
        .subquery()
    )
    return (
        select(ShareLink, User.name.label("who"), opened.c.openings, opened.c.last_at)
        .outerjoin(opened, opened.c.link_id == ShareLink.id)
        .outerjoin(User, User.id == ShareLink.created_by_id)
        .where(ShareLink.report_id == report_id)
        .order_by(ShareLink.id.desc())
        .limit(MOST_OPENINGS)
    )


def link_of_report(*, project_id: int, report_id: int, link_id: int) -> Select[ShareLink]:
    """One link of a report."""
    return select(ShareLink).where(
        ShareLink.project_id == project_id, ShareLink.report_id == report_id, ShareLink.id == link_id
    )


def link_by_hash(token_hash: str) -> Rows:
    """One row (ShareLink, StatusReport with its content) of the link that has this hash."""
    return (
        select(ShareLink, StatusReport)
        .join(StatusReport, StatusReport.id == ShareLink.report_id)
        .where(ShareLink.token_hash == token_hash)
        .options(undefer(StatusReport.content))
    )


def projects_of_programme(actor: Actor, *, programme_id: int) -> Rows:
    """Rows (id, key, name, programme) of the projects of a programme that the actor may see, by key."""
    return (
        select(Project.id, Project.key, Project.name, Programme.name.label("programme"))
        .join(Programme, Programme.id == Project.programme_id)
        .where(Project.programme_id == programme_id, Project.archived_at.is_(None), is_visible_to(actor))
        .order_by(Project.key)
    )


def latest_reports(project_ids: Sequence[int]) -> Rows:
    """Rows (project_id, number, ends_on, issued_at, colours) of the last issued report of each project that stands."""
    last = (
        select(StatusReport.project_id, func.max(StatusReport.number).label("number"))
        .where(
            StatusReport.project_id.in_(project_ids), StatusReport.issued_at.is_not(None),
            StatusReport.replaced_at.is_(None),
        )
        .group_by(StatusReport.project_id)
        .subquery()
    )  # fmt: skip
    return select(
        StatusReport.project_id, StatusReport.number, StatusReport.ends_on, StatusReport.issued_at, StatusReport.colours
    ).join(last, and_(last.c.project_id == StatusReport.project_id, last.c.number == StatusReport.number))


def where_money_is_seen(actor: Actor, project_ids: Sequence[int]) -> Select[int]:
    """Those of these projects whose money somebody may see."""
    return select(Project.id).where(Project.id.in_(project_ids), shows_money_to(actor))
