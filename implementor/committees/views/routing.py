"""The blueprint of committees, and finding the committee or meeting that an address names."""

from __future__ import annotations

from flask import Blueprint, g

from implementor.committees.models import Committee, Meeting
from implementor.committees.queries.committees import committee_in
from implementor.committees.queries.meetings import meeting_in
from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.permissions import Permission
from implementor.foundation.words import say
from implementor.projects.models import Project
from implementor.web.guard import actor
from implementor.web.unit_of_work import session

blueprint = Blueprint("committees", __name__, url_prefix="/projects/<project_key>")


def committee_or_404(committee_id: int) -> Committee:
    """The committee of that id in this project."""
    found = session().scalars(committee_in(project_id=g.project.id, committee_id=committee_id)).one_or_none()
    if found is None:
        raise NotFound("committee")
    return found


def committee_to_change(committee_id: int) -> Committee:
    """The committee of that id, unless it is put away and can only be read."""
    found = committee_or_404(committee_id)
    if found.is_archived:
        raise Refusal(say("This is archived. Restore it first."))
    return found


def meeting_or_404(meeting_id: int) -> Meeting:
    """The meeting of that id in this project, with its committee."""
    found = session().scalars(meeting_in(project_id=g.project.id, meeting_id=meeting_id)).one_or_none()
    if found is None:
        raise NotFound("meeting")
    return found


def project_here() -> Project:
    """The project that the address is in."""
    return session().get_one(Project, g.project.id)


def may(permission: Permission) -> bool:
    """Whether the reader may do this here, in a project that is in use."""
    return actor().may(permission) and not g.project.is_archived
