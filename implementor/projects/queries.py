"""How projects and their people are found, always within what the person who asks may see."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache

from sqlalchemy import ColumnElement, Select, and_, bindparam, null, or_, select, true
from sqlalchemy.orm import joinedload

from implementor.auth.models import Area, User
from implementor.foundation.model import Asked, Rows
from implementor.foundation.permissions import PROJECT_ROLES, Actor
from implementor.foundation.text import folded
from implementor.projects.models import Membership, Programme, Project, ProjectArea
from implementor.projects.place import carried, sees_every_project

MOST_FOUND = 20


def is_visible_to(actor: Actor) -> ColumnElement[bool]:
    """The condition on Project that the actor may know of it: all for the PMO, open membership for others."""
    if sees_every_project(actor):
        return true()
    mine = select(Membership.project_id).where(Membership.user_id == actor.user_id, Membership.removed_at.is_(None))
    return Project.id.in_(mine)


def projects_visible_to(actor: Actor) -> Select[Project]:
    """Projects in use that the actor may see, by key."""
    return select(Project).where(is_visible_to(actor), Project.archived_at.is_(None)).order_by(Project.key)


def archived_projects_visible_to(actor: Actor) -> Select[Project]:
    """Projects that were put away and that the actor may see, by key."""
    return select(Project).where(is_visible_to(actor), Project.archived_at.is_not(None)).order_by(Project.key)


def project_visible_to(actor: Actor, key: str) -> Select[Project]:
    """The project of that key, archived or not, if the actor may see it."""
    return select(Project).where(Project.key == key.upper(), is_visible_to(actor))


def project_of_id(actor: Actor, project_id: int) -> Select[Project]:
    """The project of that id, archived or not, if the actor may see it."""
    return select(Project).where(Project.id == project_id, is_visible_to(actor))


def project_with_programme(*, project_id: int) -> Select[Project]:
    """A project with its programme and that one's sponsor loaded."""
    return (
        select(Project)
        .where(Project.id == project_id)
        .options(joinedload(Project.programme).joinedload(Programme.sponsor))
    )


def place_of_project(actor: Actor, key: str) -> Asked:
    """One row for each open role of the actor in the project (one without a role for who sees every project)."""
    return _place(*carried, sees_every=sees_every_project(actor)), {"user_id": actor.user_id, "key": key.upper()}


@cache
def _place(*names: str, sees_every: bool) -> Rows:
    mine = and_(
        Membership.project_id == Project.id,
        Membership.user_id == bindparam("user_id"),
        Membership.removed_at.is_(None),
    )
    columns = (Project.id, Project.key, Project.name, Project.country, Project.region, Project.method_key)
    return (
        select(*columns, Project.archived_at, Membership.role, *(carried[name].label(name) for name in names))
        .join(Membership, mine, isouter=sees_every)
        .where(Project.key == bindparam("key"))
    )


def roles_in_project(*, user_id: int | None, project_id: int) -> Select[str]:
    """The roles a person holds now in a project."""
    return select(Membership.role).where(
        Membership.user_id == user_id, Membership.project_id == project_id, Membership.removed_at.is_(None)
    )


def project_named(key: str) -> Select[int]:
    """The id of the project that has this key, whoever may see it: keys are never used twice."""
    return select(Project.id).where(Project.key == key)


def people_in_roles(*, project_id: int) -> Rows:
    """Open memberships as rows (id, version, role, user_id, name, email, since, disabled_at), by name."""
    return (
        select(
            Membership.id,
            Membership.version,
            Membership.role,
            Membership.user_id,
            User.name,
            User.email,
            Membership.created_at.label("since"),
            User.disabled_at,
        )
        .join(User, User.id == Membership.user_id)
        .where(Membership.project_id == project_id, Membership.removed_at.is_(None))
        .order_by(User.name_key, User.id, Membership.id)
    )


def membership_in(*, project_id: int, membership_id: int) -> Select[Membership]:
    """An open membership of a project with its person."""
    return (
        select(Membership)
        .where(Membership.project_id == project_id, Membership.id == membership_id, Membership.removed_at.is_(None))
        .options(joinedload(Membership.user))
    )


def people_found(words: str) -> Rows:
    """People who can sign in and whose name or address holds the words, as rows (id, name, email), a page at most."""
    wanted = folded(words)
    return (
        select(User.id, User.name, User.email)
        .where(
            User.disabled_at.is_(None),
            or_(User.name_key.contains(wanted, autoescape=True), User.email_key.contains(wanted, autoescape=True)),
        )
        .order_by(User.name_key, User.id)
        .limit(MOST_FOUND)
    )


def people_by_id(ids: Iterable[int]) -> Rows:
    """People who can sign in, of these ids, as rows (id, name, email)."""
    return select(User.id, User.name, User.email).where(User.id.in_(list(ids)), User.disabled_at.is_(None))


def people_of_project(*, project_id: int) -> Rows:
    """Everybody with an open role in a project once, as rows (id, name), by name; for choosing an owner."""
    inside = select(Membership.user_id).where(Membership.project_id == project_id, Membership.removed_at.is_(None))
    return select(User.id, User.name).where(User.id.in_(inside)).order_by(User.name_key, User.id)


def owners_in_project(*, project_id: int) -> Rows:
    """Those with an open role in a project who can sign in, as rows (id, name, email)."""
    inside = select(Membership.user_id).where(Membership.project_id == project_id, Membership.removed_at.is_(None))
    return select(User.id, User.name, User.email).where(User.id.in_(inside), User.disabled_at.is_(None))


def areas_offered(*, kept: Collection[int] = ()) -> Rows:
    """Areas in use as rows (id, name), and those of `kept` even when they were put away since."""
    return (
        select(Area.id, Area.name)
        .where(or_(Area.archived_at.is_(None), Area.id.in_(list(kept))))
        .order_by(Area.name_key, Area.id)
    )


def areas_of_project(*, project_id: int) -> Rows:
    """Areas that a project is for as rows (id, name), by name."""
    return (
        select(Area.id, Area.name)
        .join(ProjectArea, ProjectArea.area_id == Area.id)
        .where(ProjectArea.project_id == project_id)
        .order_by(Area.name_key, Area.id)
    )


def area_links(*, project_id: int) -> Select[ProjectArea]:
    """The rows that say which areas a project is for."""
    return select(ProjectArea).where(ProjectArea.project_id == project_id)


def programmes_offered(actor: Actor) -> Rows:
    """Programmes in use as rows (id, name), by name: of projects the actor may see, and for the PMO all."""
    offered = select(Programme.id, Programme.name).where(Programme.archived_at.is_(None))
    if not sees_every_project(actor):
        offered = offered.where(Programme.id.in_(select(Project.programme_id).where(is_visible_to(actor))))
    return offered.order_by(Programme.name_key, Programme.id)


def programme_in_use(*, programme_id: int) -> Select[Programme]:
    """A programme that is not put away."""
    return select(Programme).where(Programme.id == programme_id, Programme.archived_at.is_(None))


def programme_named(name: str) -> Select[int]:
    """The id of a programme in use with exactly this name, whatever its capitals and accents."""
    return select(Programme.id).where(Programme.name_key == folded(name), Programme.archived_at.is_(None))


def projects_of_person(actor: Actor, limit: int) -> Rows:
    """Projects in use in which the actor holds roles as rows (id, key, name, status, ends_on, role), by key."""
    mine = (
        select(Membership.project_id)
        .join(Project, Project.id == Membership.project_id)
        .where(Membership.user_id == actor.user_id, Membership.removed_at.is_(None), Project.archived_at.is_(None))
        .distinct()
        .order_by(Membership.project_id)
        .limit(limit)
    )
    return (
        select(Project.id, Project.key, Project.name, Project.status, Project.ends_on, Membership.role)
        .join(Membership, Membership.project_id == Project.id)
        .where(Project.id.in_(mine), Membership.user_id == actor.user_id, Membership.removed_at.is_(None))
        .order_by(Project.key, Membership.id)
    )


ROLE_ORDER = {str(role): place for place, role in enumerate(PROJECT_ROLES)}
"""Where each role stands when people are listed by role."""


MOST_IN_MENU = 30


def projects_of_menu(actor: Actor) -> Asked:
    """The first projects in use that the actor may see, as rows (key, name), by key."""
    sees_every = sees_every_project(actor)
    return _menu(sees_every=sees_every), {} if sees_every else {"user_id": actor.user_id}


@cache
def _menu(*, sees_every: bool) -> Rows:
    mine = select(Membership.project_id).where(
        Membership.user_id == bindparam("user_id"), Membership.removed_at.is_(None)
    )
    return (
        select(Project.key, Project.name)
        .where(true() if sees_every else Project.id.in_(mine), Project.archived_at.is_(None))
        .order_by(Project.key)
        .limit(MOST_IN_MENU)
    )


def titles_of_projects(actor: Actor, ids: Iterable[int]) -> Rows:
    """Visible projects of these ids as rows (id, title, project_key, number), to name them in other places."""
    return select(
        Project.id, Project.name.label("title"), Project.key.label("project_key"), null().label("number")
    ).where(Project.id.in_(list(ids)), is_visible_to(actor))
