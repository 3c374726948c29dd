"""Reading from history, sign-ins and daily facts what people did; every statement is of a time, none of one person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import Select, case, func, or_, select

from implementor.adoption.models import FactDay, KeptDay, PersonDay, WorkDay
from implementor.auth.models import InstallationRole, Team, TeamMember, User, UserSession
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Role
from implementor.history.models import Action, Change
from implementor.jobs.models import RUNNING, WAITING, Job

WRITERS = (Role.CRM_USER.value, Role.CRM_MANAGER.value)
KEEPERS = (Role.ADMIN.value, Role.CRM_ADMIN.value)
"""Who looks after the program: what they write says nothing of its use."""


def changes_from(change_id: int, kinds: Collection[str]) -> Rows:
    """Rows of what people wrote in the browser from a change on, in order, what was taken back left out."""
    return (
        select(
            Change.id, Change.action_id, Action.actor_id, Action.record_count, Change.record_kind, Change.verb,
            Change.at, case((Change.record_kind == "interaction", Change.after)).label("after"),
        )
        .join(Action, Action.id == Change.action_id)
        .where(
            Change.id >= change_id, Action.source == "web", Action.actor_id.is_not(None), Action.undoes_id.is_(None),
            Action.undone_at.is_(None), Change.record_kind.in_(list(kinds)), Change.verb != "removed",
        )
        .order_by(Change.id)
    )  # fmt: skip


def first_change_since(at: datetime, change_id: int) -> Select[int]:
    """The first change since a moment, looked for from another change on, which was not later."""
    return select(Change.id).where(Change.id >= change_id, Change.at >= at).order_by(Change.id).limit(1)


def people_on(begins: datetime, ends: datetime) -> Rows:
    """Rows (user_id, since) of the people who were to use the CRM on a day, which had `begins` and `ends`."""
    held = (InstallationRole.granted_at < ends, or_(InstallationRole.revoked_at.is_(None),
                                                    InstallationRole.revoked_at >= ends))  # fmt: skip
    keepers = select(InstallationRole.user_id).where(InstallationRole.role.in_(KEEPERS), *held)
    return (
        select(InstallationRole.user_id, func.min(InstallationRole.granted_at))
        .join(User, User.id == InstallationRole.user_id)
        .where(
            InstallationRole.role.in_(WRITERS), *held, InstallationRole.user_id.not_in(keepers),
            or_(User.disabled_at.is_(None), User.disabled_at >= begins),
        )
        .group_by(InstallationRole.user_id)
    )  # fmt: skip


def teams_on(ends: datetime) -> Rows:
    """Rows (user_id, team_id) of who was of which team then; of several, the one that they joined first comes last."""
    return (
        select(TeamMember.user_id, TeamMember.team_id)
        .join(Team, Team.id == TeamMember.team_id)
        .where(TeamMember.joined_at < ends, or_(TeamMember.left_at.is_(None), TeamMember.left_at >= ends))
        .order_by(TeamMember.joined_at.desc(), TeamMember.id.desc())
    )


def seen_between(begins: datetime, ends: datetime) -> Select[int]:
    """The people of sessions that were used last in a time."""
    last = UserSession.last_seen_at
    return select(UserSession.user_id).where(last >= begins, last < ends).distinct()


def work_between(first: date, last: date) -> Rows:
    """Rows (user_id, days, entered, on_time, writes on the last day, last day with a write) of a time."""
    wrote = WorkDay.created + WorkDay.changed
    return (
        select(
            WorkDay.user_id, func.count(WorkDay.day.distinct()), func.sum(WorkDay.entered), func.sum(WorkDay.on_time),
            func.sum(case((WorkDay.day == last, wrote), else_=0)), func.max(WorkDay.day),
        )
        .where(WorkDay.day.between(first, last))
        .group_by(WorkDay.user_id)
    )  # fmt: skip


def present_between(first: date, last: date) -> Rows:
    """Rows (user_id, days on which they were there) of a time."""
    return (
        select(PersonDay.user_id, func.count())
        .where(PersonDay.day.between(first, last), PersonDay.was_there.is_(True))
        .group_by(PersonDay.user_id)
    )


def there_on(day: date) -> Select[int]:
    """Who is known to have been there on a day, from an earlier writing of its facts."""
    return select(PersonDay.user_id).where(PersonDay.day == day, PersonDay.was_there.is_(True))


def sales_known(day: date) -> Rows:
    """Rows (user_id, open sales, those with all marks) as they were written down for a day."""
    return select(PersonDay.user_id, PersonDay.open_sales, PersonDay.healthy).where(PersonDay.day == day)


def kept_on(day: date) -> Rows:
    """Rows (user_id, records, wanted, filled, checked, valid) of a day over all kinds."""
    sums = (KeptDay.records, KeptDay.wanted, KeptDay.filled, KeptDay.checked, KeptDay.valid)
    return select(KeptDay.user_id, *(func.sum(one) for one in sums)).where(KeptDay.day == day).group_by(KeptDay.user_id)


def fact_day(day: date) -> Select[FactDay]:
    """That the facts of a day were written."""
    return select(FactDay).where(FactDay.day == day)


def fact_day_before(day: date) -> Select[FactDay]:
    """The last day before a day whose facts were written."""
    return select(FactDay).where(FactDay.day < day).order_by(FactDay.day.desc()).limit(1)


def newest_fact_day() -> Select[FactDay]:
    """The last day whose facts were written."""
    return select(FactDay).order_by(FactDay.day.desc()).limit(1)


def fact_day_until(day: date) -> Select[date]:
    """The last day up to this one whose facts were written."""
    return select(func.max(FactDay.day)).where(FactDay.day <= day)


def reading_under_way(task: str) -> Select[Job]:
    """The work on a task that waits or runs: two at once would write the same days."""
    return select(Job).where(Job.kind == task, Job.state.in_((WAITING, RUNNING))).order_by(Job.id)


def writers_to_choose() -> Rows:
    """Rows (id, name) of the people who are to use the CRM now."""
    writers = select(InstallationRole.user_id).where(
        InstallationRole.role.in_(WRITERS), InstallationRole.revoked_at.is_(None)
    )
    return select(User.id, User.name).where(User.id.in_(writers), User.disabled_at.is_(None)).order_by(
        User.name_key, User.id
    )  # fmt: skip
