"""What people did in a period, from facts, training and the history; every statement is of all its people at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from implementor.adoption.models import FactDay, KeptDay, PersonDay, WorkDay
from implementor.audiences.models import AffectedPerson, AudienceMember
from implementor.audiences.queries.people import is_here
from implementor.duplicates.models import OPEN, DuplicatePair, MergeRecord
from implementor.foundation.model import Rows
from implementor.history.models import Action, Change
from implementor.incentives.models import Incentive
from implementor.training.models import COMPLETED, WAITING, Course, Enrolment


def fact_day_until(last: date) -> Select[date]:
    """The newest day up to `last` whose facts are known."""
    return select(func.max(FactDay.day)).where(FactDay.day <= last)


def takers(incentive: Incentive, day: date) -> Rows:
    """Rows (user_id, team_id, open_sales, healthy) of who takes part by the facts of a day."""
    found = (
        select(PersonDay.user_id, PersonDay.team_id, PersonDay.open_sales, PersonDay.healthy)
        .join(AffectedPerson, AffectedPerson.user_id == PersonDay.user_id)
        .where(PersonDay.day == day, AffectedPerson.project_id == incentive.project_id, is_here(day))
        .order_by(PersonDay.user_id)
    )
    if incentive.audience_id is None:
        return found
    listed = select(AudienceMember.person_id).where(
        AudienceMember.project_id == incentive.project_id, AudienceMember.audience_id == incentive.audience_id
    )
    return found.where(AffectedPerson.id.in_(listed))


def shares_kept(first: date, last: date) -> Rows:
    """Rows (user_id, filled, wanted, valid, checked) of the newest day of a period on which records were looked at."""
    newest = select(func.max(KeptDay.day)).where(KeptDay.day.between(first, last)).scalar_subquery()
    sums = (func.sum(one) for one in (KeptDay.filled, KeptDay.wanted, KeptDay.valid, KeptDay.checked))
    return select(KeptDay.user_id, *sums).where(KeptDay.day == newest).group_by(KeptDay.user_id)


def talks_of(first: date, last: date) -> Rows:
    """Rows (user_id, on_time, entered) of the talks that people wrote down in a period."""
    sums = (func.sum(WorkDay.on_time), func.sum(WorkDay.entered))
    return select(WorkDay.user_id, *sums).where(WorkDay.day.between(first, last)).group_by(WorkDay.user_id)


def courses_of(*, project_id: int, first: date, last: date, until: datetime) -> Rows:
    """Rows (user_id, completed, all) of courses that people were to take until the end of a period.

    Those that they completed before it count for an earlier one.
    """
    in_time = and_(Enrolment.state == COMPLETED, Enrolment.trained_on.between(first, last))
    late = and_(Enrolment.state == COMPLETED, Enrolment.trained_on > last)
    open_still = and_(Enrolment.state.in_(WAITING), Enrolment.created_at < until)
    return (
        select(
            AffectedPerson.user_id, func.sum(case((in_time, 1), else_=0)),
            func.sum(case((or_(in_time, late, open_still), 1), else_=0)),
        )
        .join(AffectedPerson, AffectedPerson.id == Enrolment.person_id)
        .join(Course, Course.id == Enrolment.course_id)
        .where(
            Enrolment.project_id == project_id, AffectedPerson.user_id.is_not(None), Course.archived_at.is_(None),
            Enrolment.created_at < until,
        )
        .group_by(AffectedPerson.user_id)
    )  # fmt: skip


def written_between(first_change: int, ends: datetime, kinds: Collection[str], people: Collection[int]) -> Rows:
    """Rows of what these people wrote or imported from a change on, what was taken back left out."""
    return (
        select(
            Action.actor_id, Action.record_count, Action.source, Change.record_kind, Change.record_id, Change.verb,
            Change.at,
        )
        .join(Action, Action.id == Change.action_id)
        .where(
            Change.id >= first_change, Change.at < ends, Action.source.in_(("web", "import")),
            Action.actor_id.in_(list(people)), Action.undoes_id.is_(None), Action.undone_at.is_(None),
            Change.record_kind.in_(list(kinds)), Change.verb != "removed",
        )
        .order_by(Change.id)
    )  # fmt: skip


def still_there(model: Any, ids: Collection[int], columns: Collection[Any]) -> Rows:
    """Rows (id, then these columns) of records that are in use."""
    found = select(model.id, *columns).where(model.id.in_(list(ids)), model.archived_at.is_(None))
    return found.where(model.merged_into_id.is_(None)) if hasattr(model, "merged_into_id") else found


def copies_of_own(kind: str, model: Any, ids: Collection[int]) -> Rows:
    """Ids of those of these records that look like, or became one with, an earlier one of the same author."""
    earlier, later = aliased(model), aliased(model)
    by_same = later.created_by_id == earlier.created_by_id
    alike = (
        select(DuplicatePair.right_id)
        .join(later, later.id == DuplicatePair.right_id)
        .join(earlier, earlier.id == DuplicatePair.left_id)
        .where(DuplicatePair.kind == kind, DuplicatePair.state == OPEN, DuplicatePair.right_id.in_(list(ids)), by_same)
    )
    other, gone = aliased(model), aliased(model)
    merged = (
        select(MergeRecord.loser_id)
        .join(gone, gone.id == MergeRecord.loser_id)
        .join(other, other.id == MergeRecord.survivor_id)
        .where(
            MergeRecord.kind == kind, MergeRecord.unmerged_at.is_(None), MergeRecord.loser_id.in_(list(ids)),
            gone.created_by_id == other.created_by_id,
        )
    )  # fmt: skip
    return select(model.id).where(or_(model.id.in_(alike), model.id.in_(merged)))
