"""The blueprint of planning, and the wave that an address names."""

from __future__ import annotations

from flask import Blueprint, g

from implementor.foundation.errors import NotFound
from implementor.foundation.permissions import Permission
from implementor.jobs.models import Job
from implementor.jobs.permissions import WATCH_ALL_JOBS
from implementor.planning import problem_queries
from implementor.waves.board_queries import version_of_board
from implementor.waves.models import Wave
from implementor.waves.queries import wave_by_number
from implementor.web.guard import actor
from implementor.web.unit_of_work import session

blueprint = Blueprint("planning", __name__, url_prefix="/projects/<project_key>")


def wave_or_404(number: int) -> Wave:
    """The wave of that number in this project."""
    wave = session().scalars(wave_by_number(project_id=g.project.id, number=number)).one_or_none()
    if wave is None:
        raise NotFound("wave")
    return wave


def version_now() -> str:
    """What changes whenever anything of the project's stories does."""
    row = session().execute(*version_of_board(project_id=g.project.id)).one()
    return f"{row.change or 0}-{int(row.moment.timestamp() * 1_000_000) if row.moment else 0}"


def may(permission: Permission) -> bool:
    """Whether the reader may do this here, in a project that is in use."""
    return actor().may(permission) and not g.project.is_archived


def search_under_way(kind: str, about: str, number: int) -> Job | None:
    """The search of this kind that is under way for a wave or scenario, if the reader may watch it."""
    for job in session().scalars(problem_queries.jobs_under_way(project_id=g.project.id, kind=kind)):
        mine = job.owner_id == actor().user_id or actor().may(WATCH_ALL_JOBS)
        if mine and job.arguments.get(about) == number:
            return job
    return None
