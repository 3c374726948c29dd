"""Reading daily facts for pages: of all teams, of one team, of a person; and the versions of the formula."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from datetime import date, datetime

from sqlalchemy import Select, func, or_, select, tuple_

from implementor.adoption.formula import Facts
from implementor.adoption.models import AdoptionFormula, KeptDay, PersonDay, ReachDay, TeamDay, WorkDay
from implementor.auth.models import Area, Team, User
from implementor.configuration.models import CustomField
from implementor.foundation.model import Rows
from implementor.releases.release_models import ReleaseOperation


def formulas_before(at: datetime) -> Select[AdoptionFormula]:
    """The versions of the formula that were settled before a moment, the newest first."""
    return formulas().where(AdoptionFormula.created_at < at)


def formulas() -> Select[AdoptionFormula]:
    """The versions of the formula, the newest first."""
    return select(AdoptionFormula).order_by(AdoptionFormula.id.desc())


def first_formula() -> Select[AdoptionFormula]:
    """The version that was settled first."""
    return select(AdoptionFormula).order_by(AdoptionFormula.id).limit(1)


def teams_of_day(day: date) -> Select[TeamDay]:
    """The facts of every team on a day."""
    return select(TeamDay).where(TeamDay.day == day).order_by(TeamDay.team_id)


def teams_of_days(days: Collection[date]) -> Select[TeamDay]:
    """The facts of every team on some days."""
    return select(TeamDay).where(TeamDay.day.in_(list(days))).order_by(TeamDay.day, TeamDay.team_id)


def activity_on(pairs: Collection[tuple[int, date]]) -> Rows:
    """Rows (user_id, day, active_7) of these people on these days, as (id, day) pairs; whoever was new is left out."""
    found = select(PersonDay.user_id, PersonDay.day, PersonDay.active_7)
    return found.where(tuple_(PersonDay.user_id, PersonDay.day).in_(list(pairs)), PersonDay.is_new.is_(False))


def team_courses(days: Collection[date]) -> Rows:
    """Rows of every team on these days: how it was judged, by which formula, its people and the sums of their facts."""
    sums = (getattr(TeamDay, one.name) for one in fields(Facts))
    columns = (TeamDay.day, TeamDay.team_id, TeamDay.formula_id, TeamDay.process, TeamDay.score, *sums)
    return select(*columns).where(TeamDay.day.in_(list(days))).order_by(TeamDay.day, TeamDay.team_id)


def days_of_team(team_id: int, first: date, last: date) -> Select[TeamDay]:
    """The facts of a team over a time."""
    return select(TeamDay).where(TeamDay.team_id == team_id, TeamDay.day.between(first, last)).order_by(TeamDay.day)


def kept_since() -> Select[date]:
    """The first day of which it is known how records were kept."""
    return select(func.min(KeptDay.day))


def reach_on(day: date) -> Select[ReachDay]:
    """How far each field of one's own reached by a day."""
    return select(ReachDay).where(ReachDay.day == day)


def fields_of_releases(release_ids: Collection[int]) -> Rows:
    """Rows (release_id, key, kind) of the fields in use that releases brought or changed."""
    return (
        select(ReleaseOperation.release_id, CustomField.key, CustomField.kind)
        .join(CustomField, CustomField.key == ReleaseOperation.uid)
        .where(
            ReleaseOperation.release_id.in_(list(release_ids)),
            ReleaseOperation.kind == "custom_field",
            CustomField.archived_at.is_(None),
        )
        .order_by(ReleaseOperation.release_id, ReleaseOperation.position)
    )


def team_names() -> Rows:
    """Rows (id, name, area_id, area, manager_id, manager) of every team, also of those put away."""
    found = select(
        Team.id, Team.name, Team.area_id, Area.name.label("area"), Team.manager_id, User.name.label("manager")
    )
    return found.outerjoin(Area, Area.id == Team.area_id).outerjoin(User, User.id == Team.manager_id)


def people_of_day(day: date, team_id: int) -> Rows:
    """Rows (PersonDay, name) of the people of a team on a day, those who need help most first; 0: of no team."""
    of_team = PersonDay.team_id == team_id if team_id else PersonDay.team_id.is_(None)
    return (
        select(PersonDay, User.name)
        .join(User, User.id == PersonDay.user_id)
        .where(PersonDay.day == day, of_team)
        .order_by(PersonDay.is_new, func.coalesce(PersonDay.score, -1), User.name_key, PersonDay.user_id)
    )


def person_days(user_id: int, first: date, last: date) -> Select[PersonDay]:
    """The facts of one person over a time."""
    return select(PersonDay).where(PersonDay.user_id == user_id, PersonDay.day.between(first, last)).order_by(
        PersonDay.day
    )  # fmt: skip


def facts_of_people(user_ids: Collection[int], day: date) -> Select[PersonDay]:
    """The facts of some people on a day."""
    return select(PersonDay).where(PersonDay.day == day, PersonDay.user_id.in_(list(user_ids)))


def work_by_kind(user_ids: Collection[int] | Select[int], first: date, last: date) -> Rows:
    """Rows (kind, people, created, changed, entered, on_time) of what these people wrote in a time."""
    who = user_ids if isinstance(user_ids, Select) else list(user_ids)
    columns = (WorkDay.created, WorkDay.changed, WorkDay.entered, WorkDay.on_time)
    sums = (func.sum(one).label(one.key) for one in columns)
    return (
        select(WorkDay.kind, func.count(WorkDay.user_id.distinct()).label("people"), *sums)
        .where(WorkDay.user_id.in_(who), WorkDay.day.between(first, last))
        .group_by(WorkDay.kind)
    )


def kept_by_kind(user_ids: Collection[int] | Select[int], day: date) -> Rows:
    """Rows (kind, people, records, whole, wanted, filled, checked, valid) of the records of these people on a day."""
    who = user_ids if isinstance(user_ids, Select) else list(user_ids)
    columns = (KeptDay.records, KeptDay.whole, KeptDay.wanted, KeptDay.filled, KeptDay.checked, KeptDay.valid)
    return (
        select(KeptDay.kind, func.count().label("people"), *(func.sum(one).label(one.key) for one in columns))
        .where(KeptDay.user_id.in_(who), KeptDay.day == day)
        .group_by(KeptDay.kind)
    )


def counting_people(day: date, team_id: int) -> Select[int]:
    """Ids of the people of a team who count on a day."""
    of_team = PersonDay.team_id == team_id if team_id else PersonDay.team_id.is_(None)
    return select(PersonDay.user_id).where(PersonDay.day == day, of_team, PersonDay.is_new.is_(False))


def team_answered_for(team_id: int, user_id: int) -> Select[int]:
    """The team, if somebody is its manager or the head of its area."""
    return (
        select(Team.id)
        .outerjoin(Area, Area.id == Team.area_id)
        .where(Team.id == team_id, or_(Team.manager_id == user_id, Area.head_id == user_id))
    )


def teams_answered_for(user_id: int) -> Rows:
    """Rows (id, name) of the teams in use that somebody manages, or that are of an area that they head."""
    return (
        select(Team.id, Team.name)
        .outerjoin(Area, Area.id == Team.area_id)
        .where(or_(Team.manager_id == user_id, Area.head_id == user_id), Team.archived_at.is_(None))
        .order_by(Team.name_key, Team.id)
    )


def person_answered_for(day: date, user_id: int, manager_id: int) -> Select[int]:
    """A person, if they are of a team on a day that somebody answers for."""
    answered = or_(Team.manager_id == manager_id, Area.head_id == manager_id)
    return (
        select(PersonDay.user_id)
        .join(Team, Team.id == PersonDay.team_id)
        .outerjoin(Area, Area.id == Team.area_id)
        .where(PersonDay.day == day, PersonDay.user_id == user_id, answered)
    )


def name_of(user_id: int) -> Select[str]:
    """What somebody is called."""
    return select(User.name).where(User.id == user_id)


def formula_versions() -> Rows:
    """Rows (AdoptionFormula, author) of the versions, the newest first, as many as are worth showing."""
    found = select(AdoptionFormula, User.name.label("author"))
    return found.outerjoin(User, User.id == AdoptionFormula.created_by_id).order_by(AdoptionFormula.id.desc()).limit(50)
