"""Reading which correct records people entered first, and when going live or access began for them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Select, func, select

from implementor.adoption.counting import CREATED, MANY_RECORDS
from implementor.adoption.formula import Terms
from implementor.adoption.keeping import is_correct
from implementor.adoption.models import CorrectRecord, PersonDay
from implementor.audiences.models import AffectedPerson, Audience, AudienceMember
from implementor.auth.models import User
from implementor.crm.measures.completeness import WANTED
from implementor.foundation.model import Rows
from implementor.history.models import Action, Change
from implementor.waves.models import Wave


def entered_correctly(kind: str, user_ids: Collection[int], terms: Terms) -> Rows:
    """Rows (user_id, record_id, at) of records of a kind that these people made one by one in the browser.

    Only those in use that are complete, valid and no double as they stand now.
    """
    model = WANTED[kind][0]
    return (
        select(Action.actor_id, model.id, Change.at)
        .join(Change, (Change.record_id == model.id) & (Change.record_kind == kind))
        .join(Action, Action.id == Change.action_id)
        .where(
            model.created_by_id.in_(list(user_ids)), Change.verb == CREATED, Action.actor_id == model.created_by_id,
            Action.source == "web", Action.undoes_id.is_(None), Action.undone_at.is_(None),
            Action.record_count <= MANY_RECORDS, *is_correct(kind, terms),
        )
    )  # fmt: skip


def live_for_people() -> Rows:
    """Rows (user_id, moment) of when the first wave went live of the rollouts that count somebody as affected."""
    found = select(AffectedPerson.user_id, func.min(Wave.closed_at)).join(
        Wave, Wave.project_id == AffectedPerson.project_id
    )
    live = (Wave.closed_at.is_not(None), Wave.archived_at.is_(None))
    mine = (AffectedPerson.user_id.is_not(None), AffectedPerson.archived_at.is_(None))
    return found.where(*live, *mine).group_by(AffectedPerson.user_id)


def correct_records() -> Rows:
    """Rows (user_id, kind, record_id, entered_on, correct_on) of the first ten of everybody, in their order."""
    kept = CorrectRecord
    return select(kept.user_id, kept.kind, kept.record_id, kept.entered_on, kept.correct_on).order_by(
        kept.user_id, kept.correct_on, kept.entered_on, kept.kind, kept.record_id
    )


def correct_records_of(user_id: int) -> Rows:
    """The same of one person."""
    return correct_records().where(CorrectRecord.user_id == user_id)


def was_looked_on(day: date) -> Select[int]:
    """Somebody of whom it was looked on a day which of their records were correct."""
    return select(PersonDay.user_id).where(PersonDay.day == day, PersonDay.correct.is_not(None)).limit(1)


def beginnings_on(day: date) -> Rows:
    """Rows (user_id, started_on, correct, first_on, tenth_on, name) of everybody who had begun by a day, by name."""
    kept = PersonDay
    return (
        select(kept.user_id, kept.started_on, kept.correct, kept.first_on, kept.tenth_on, User.name)
        .join(User, User.id == kept.user_id)
        .where(kept.day == day, kept.started_on.is_not(None), kept.correct.is_not(None))
        .order_by(User.name_key, kept.user_id)
    )


def audience_people(*, project_id: int) -> Rows:
    """Rows (id, name, user_id) of the people with a login of each audience in use, by the names of audiences."""
    return (
        select(Audience.id, Audience.name, AffectedPerson.user_id)
        .join(AudienceMember, AudienceMember.audience_id == Audience.id)
        .join(AffectedPerson, AffectedPerson.id == AudienceMember.person_id)
        .where(
            Audience.project_id == project_id, Audience.archived_at.is_(None), AffectedPerson.archived_at.is_(None),
            AffectedPerson.user_id.is_not(None),
        )
        .order_by(Audience.name_key, Audience.id, AffectedPerson.user_id)
    )  # fmt: skip
