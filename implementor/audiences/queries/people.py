"""Which people are affected: of a project, of an audience, and how many there are when each counts once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import ColumnElement, Select, distinct, func, null, or_, select
from sqlalchemy.orm import aliased

from implementor.audiences.models import AffectedPerson, Audience, AudienceMember
from implementor.audiences.permissions import PEOPLE_EDIT
from implementor.auth.models import Team
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor, Role
from implementor.projects.models import Membership, Project
from implementor.projects.queries import is_visible_to


def is_here(today: date | None) -> ColumnElement[bool]:
    """Not put away, and not gone before `today`; with None also those who left."""
    in_use = AffectedPerson.archived_at.is_(None)
    if today is None:
        return in_use
    return in_use & or_(AffectedPerson.left_on.is_(None), AffectedPerson.left_on >= today)


def people_of_project(*, project_id: int, today: date | None = None) -> Select[AffectedPerson]:
    """Everybody whom the project affects, by name; with `today` without those who left before it."""
    found = select(AffectedPerson).where(AffectedPerson.project_id == project_id, is_here(today))
    return found.order_by(AffectedPerson.name_key, AffectedPerson.id)


def people_of_audience(*, project_id: int, audience_id: int, today: date | None = None) -> Select[AffectedPerson]:
    """Who is listed in an audience, by name."""
    listed = select(AudienceMember.person_id).where(
        AudienceMember.project_id == project_id, AudienceMember.audience_id == audience_id
    )
    return people_of_project(project_id=project_id, today=today).where(AffectedPerson.id.in_(listed))


def people_counted_once(
    *, project_id: int, audience_ids: Collection[int] | None = None, today: date | None = None
) -> Select[int]:
    """How many different people are listed in these audiences, or in any audience of the project that is in use."""
    found = (
        select(func.count(distinct(AudienceMember.person_id)))
        .join(AffectedPerson, AffectedPerson.id == AudienceMember.person_id)
        .join(Audience, Audience.id == AudienceMember.audience_id)
        .where(AudienceMember.project_id == project_id, Audience.archived_at.is_(None), is_here(today))
    )
    return found if audience_ids is None else found.where(AudienceMember.audience_id.in_(audience_ids))


def sizes_of_audiences(*, project_id: int, today: date | None = None) -> Select[int, int]:
    """(id of the audience, people listed in it) for audiences with at least one."""
    return (
        select(AudienceMember.audience_id, func.count())
        .join(AffectedPerson, AffectedPerson.id == AudienceMember.person_id)
        .where(AudienceMember.project_id == project_id, is_here(today))
        .group_by(AudienceMember.audience_id)
    )


def people_shown_to(actor: Actor, *, project_id: int) -> Select[AffectedPerson]:
    """Those whom the actor may see by name: all for the change lead; otherwise oneself and one's own people.

    One's own people are those who name one as their manager, and those of the teams that one leads.
    """
    found = select(AffectedPerson).where(AffectedPerson.project_id == project_id)
    if actor.may(PEOPLE_EDIT):
        return found
    return found.where(_is_own_of(actor.user_id))


def _is_own_of(user_id: int | None) -> ColumnElement[bool]:
    mine = aliased(AffectedPerson, name="own_person")
    leads = select(mine.id).where(mine.user_id == user_id, mine.archived_at.is_(None))
    teams = select(Team.id).where(Team.manager_id == user_id, Team.archived_at.is_(None))
    return or_(
        AffectedPerson.user_id == user_id,
        AffectedPerson.manager_id.in_(leads.where(mine.project_id == AffectedPerson.project_id)),
        AffectedPerson.team_id.in_(teams),
    )


def projects_led_in_change(actor: Actor) -> Select[int]:
    """Ids of the projects whose change lead the actor is."""
    return select(Membership.project_id).where(
        Membership.user_id == actor.user_id, Membership.role == str(Role.CHANGE_LEAD), Membership.removed_at.is_(None)
    )


def titles_of_people(actor: Actor, ids: Iterable[int]) -> Rows:
    """Rows (id, title, project_key, number) of the people of these ids whom the actor may see by name anywhere."""
    found = select(
        AffectedPerson.id, AffectedPerson.name.label("title"), Project.key.label("project_key"), null().label("number")
    ).join(Project, Project.id == AffectedPerson.project_id)
    led = AffectedPerson.project_id.in_(projects_led_in_change(actor))
    return found.where(AffectedPerson.id.in_(list(ids)), is_visible_to(actor), or_(led, _is_own_of(actor.user_id)))
