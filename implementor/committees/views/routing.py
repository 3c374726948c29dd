"""The blueprint of committees, and finding the committee or meeting that an address names.

It is mounted twice: inside a project, and inside a programme, whose pages are the same. An address that begins with a
dot stays where the reader is.
"""

from __future__ import annotations

from flask import Blueprint, g

from implementor.committees.models import Committee, Meeting
from implementor.committees.place import ProgrammePlace
from implementor.committees.queries.committees import committee_in, committee_in_programme
from implementor.committees.queries.meetings import meeting_in, meeting_in_programme
from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.permissions import Actor, Permission
from implementor.foundation.words import say
from implementor.governance.standing_in import roles_in_projects
from implementor.projects.models import Project
from implementor.web.guard import actor
from implementor.web.unit_of_work import now, session

blueprint = Blueprint("committees", __name__, url_prefix="/projects/<project_key>")
of_programmes = Blueprint("programmes", __name__, url_prefix="/programmes/<int:programme_id>")


def programme_here() -> ProgrammePlace | None:
    """The programme that the address is in; None inside a project."""
    found: ProgrammePlace | None = g.get("programme_place")
    return found


def committee_or_404(committee_id: int) -> Committee:
    """The committee of that id in this project, or in this programme as far as the reader sees it."""
    place = programme_here()
    wanted = (
        committee_in(project_id=g.project.id, committee_id=committee_id)
        if place is None
        else committee_in_programme(programme_id=place.id, committee_id=committee_id)
    )
    found = session().scalars(wanted).one_or_none()
    if found is None or (place is not None and not place.shows(found.id)):
        raise NotFound("committee")
    return found


def committee_to_change(committee_id: int) -> Committee:
    """The committee of that id, unless it is put away and can only be read."""
    found = committee_or_404(committee_id)
    if found.is_archived:
        raise Refusal(say("This is archived. Restore it first."))
    return found


def meeting_or_404(meeting_id: int) -> Meeting:
    """The meeting of that id in this project or programme, with its committee."""
    place = programme_here()
    wanted = (
        meeting_in(project_id=g.project.id, meeting_id=meeting_id)
        if place is None
        else meeting_in_programme(programme_id=place.id, meeting_id=meeting_id)
    )
    found = session().scalars(wanted).one_or_none()
    if found is None or (place is not None and not place.shows(found.committee_id)):
        raise NotFound("meeting")
    return found


def project_here() -> Project | None:
    """The project that the address is in; None in a programme."""
    return session().get_one(Project, g.project.id) if programme_here() is None else None


def project_about(project_id: int | None) -> Project | None:
    """The project that a point is about; None for a point of the programme as a whole.

    Raises NotFound for one that the reader is not in: its points are out of sight.
    """
    place = programme_here()
    if place is None:
        return project_here()
    if project_id is None:
        return None
    if project_id not in place.seen:
        raise NotFound("project")
    return session().get_one(Project, project_id)


def actor_about(project_id: int | None) -> Actor:
    """The reader with the roles that count for that project: those of the programme's committee open none."""
    place = programme_here()
    if place is None or project_id is None:
        return actor()
    if "roles_about" not in g:
        g.roles_about = roles_in_projects(session(), place.person, place.seen, on=now().date())
    return place.person.with_roles(g.roles_about.get(project_id, ()))


def name_here() -> str:
    """What calendars and notices call the place: the project's key or the programme's name."""
    place = programme_here()
    return str(g.project.key) if place is None else place.name


def projects_offered() -> list[Project]:
    """The projects of the programme that the reader may choose; none inside a project, where it is said by that."""
    place = programme_here()
    return [] if place is None else [one for one in place.projects.values() if one.id in place.seen]


def reader_here() -> Actor:
    """The reader as projects know them, without the roles that count at a programme's committees alone."""
    place = programme_here()
    return actor() if place is None else place.person


def keys_here() -> dict[int, str]:
    """The keys of the projects that records of these pages can be in, by id."""
    place = programme_here()
    return {g.project.id: g.project.key} if place is None else {one.id: one.key for one in place.projects.values()}


def is_in_sight(project_id: int | None) -> bool:
    """Whether the reader may know what a project, or the programme as a whole, is asked here."""
    place = programme_here()
    return place is None or project_id is None or project_id in place.seen


def may(permission: Permission) -> bool:
    """Whether the reader may do this here, in a project or programme that is in use."""
    place = programme_here()
    is_archived = g.project.is_archived if place is None else place.is_archived
    return actor().may(permission) and not is_archived
