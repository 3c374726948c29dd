"""Finding who needs help, the interventions of a project, and others to compare with."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from implementor.adoption.intervention_models import Intervention
from implementor.adoption.models import PersonDay
from implementor.adoption.permissions import HELP_VIEW
from implementor.auth.models import Area, Team, User
from implementor.foundation.fields import Scope
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.governance.queries.roles import projects_in_role
from implementor.projects.models import Project

WELL = 8000
"""An index from which on nobody is looked at who writes every week."""


def behind_on(day: date, limit: int) -> Rows:
    """Rows (PersonDay, name, team) of people who may need help on a day, the lowest index first; new ones left out."""
    score = func.coalesce(PersonDay.score, 0)
    return (
        select(PersonDay, User.name, Team.name.label("team"))
        .join(User, User.id == PersonDay.user_id)
        .outerjoin(Team, Team.id == PersonDay.team_id)
        .where(
            PersonDay.day == day, PersonDay.is_new.is_(False), or_(score < WELL, PersonDay.active_7.is_(False)),
        )
        .order_by(score, User.name_key, PersonDay.user_id)
        .limit(limit)
    )  # fmt: skip


def behind_of(day: date, manager_id: int, limit: int) -> Rows:
    """The same of the people of teams that somebody answers for."""
    answered = or_(Team.manager_id == manager_id, Area.head_id == manager_id)
    return behind_on(day, limit).outerjoin(Area, Area.id == Team.area_id).where(answered)


def one_behind(day: date, user_id: int) -> Rows:
    """The same of one person; nothing where they need no help."""
    return behind_on(day, 1).where(PersonDay.user_id == user_id)


def these_on(day: date, user_ids: Collection[int]) -> Select[PersonDay]:
    """The facts of some people on a day."""
    return select(PersonDay).where(PersonDay.day == day, PersonDay.user_id.in_(list(user_ids)))


def everybody_on(day: date) -> Select[PersonDay]:
    """The facts of everybody who counts on a day."""
    return select(PersonDay).where(PersonDay.day == day, PersonDay.is_new.is_(False))


def person_on(day: date, user_id: int) -> Select[PersonDay]:
    """The facts of one person on a day."""
    return select(PersonDay).where(PersonDay.day == day, PersonDay.user_id == user_id)


def interventions_in_use(scope: Scope) -> Rows:
    """The interventions of the scope's project that are not put away."""
    return select(Intervention).where(Intervention.project_id == scope.project_id, Intervention.archived_at.is_(None))


def intervention_in_scope(scope: Scope, record_id: int) -> Rows:
    """One of the scope's project, archived or not."""
    return select(Intervention).where(Intervention.project_id == scope.project_id, Intervention.id == record_id)


def intervention_with_people(project_id: int, record_id: int) -> Select[Intervention]:
    """One of a project, with who is helped, who helps and who finished it."""
    found = select(Intervention).where(Intervention.project_id == project_id, Intervention.id == record_id)
    people = (Intervention.person, Intervention.owner, Intervention.done_by, Intervention.meets_with)
    return found.options(*(joinedload(person) for person in people))


def open_for(project_id: int, user_ids: Collection[int]) -> Rows:
    """Rows (person_id, id, action, meets_at) of help under way for some people."""
    return select(Intervention.person_id, Intervention.id, Intervention.action, Intervention.meets_at).where(
        Intervention.project_id == project_id, Intervention.person_id.in_(list(user_ids)),
        Intervention.done_at.is_(None), Intervention.archived_at.is_(None),
    )  # fmt: skip


def open_with(project_id: int, person_id: int) -> Select[Intervention]:
    """Help under way for one person, the newest first."""
    found = select(Intervention).where(
        Intervention.project_id == project_id, Intervention.person_id == person_id, Intervention.done_at.is_(None),
        Intervention.archived_at.is_(None),
    )  # fmt: skip
    return found.order_by(Intervention.id.desc())


def titles_of_interventions(actor: Actor, ids: Iterable[int]) -> Rows:
    """Rows (id, title, project_key) of those that the actor may know of by a role there, to name them elsewhere."""
    return (
        select(Intervention.id, Intervention.action.label("title"), Project.key.label("project_key"))
        .join(Project, Project.id == Intervention.project_id)
        .where(Intervention.id.in_(list(ids)), Project.id.in_(projects_in_role(actor, HELP_VIEW)))
    )


def to_measure(*, since: date, until: date) -> Select[Intervention]:
    """Help that was done between two days, both included."""
    return select(Intervention).where(
        Intervention.done_at >= _begin(since), Intervention.done_at < _begin(until + timedelta(days=1)),
        Intervention.archived_at.is_(None),
    )  # fmt: skip


def helped_between(first: date, last: date) -> Select[int]:
    """Who had help that was open or done in a time."""
    return select(Intervention.person_id).where(
        Intervention.opened_at < _begin(last + timedelta(days=1)), Intervention.archived_at.is_(None),
        or_(Intervention.done_at.is_(None), Intervention.done_at >= _begin(first)),
    )  # fmt: skip


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
