"""My work: the projects I am in and what waits for me in them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from flask import Blueprint, Response

from implementor.foundation.panels import Place, panels_of
from implementor.foundation.permissions import ROLE_LABELS, SIGNED_IN, Role
from implementor.home.first_steps import first_steps
from implementor.projects.listing import label_of
from implementor.projects.place import sees_every_project
from implementor.projects.queries import projects_of_menu, projects_of_person
from implementor.web.guard import actor, allow
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

blueprint = Blueprint("home", __name__)
MOST_PROJECTS = 20


@blueprint.get("/")
@allow(SIGNED_IN)
def show() -> Response:
    """What this person works on; somebody without any work is told the first step."""
    projects = _mine(session().execute(projects_of_person(actor(), MOST_PROJECTS)).all())
    others = _others({project["key"] for project in projects})
    return draw(
        "home/show.html",
        projects=projects,
        others=others,
        panels=panels_of(session(), "home", Place(actor(), now())),
        steps=[] if projects or others else first_steps(actor()),
        label_of=label_of,
    )


def _mine(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """One entry per project, with all my roles in it."""
    return [
        {
            "key": key,
            "name": (held := list(group))[0].name,
            "status": held[0].status,
            "ends_on": held[0].ends_on,
            "roles": [ROLE_LABELS[Role(row.role)] for row in held],
        }
        for key, group in groupby(rows, key=lambda row: row.key)
    ]


def _others(mine: set[str]) -> list[Any]:
    """Projects that somebody sees without being in them: the PMO sees all."""
    if not sees_every_project(actor()):
        return []
    return [row for row in session().execute(*projects_of_menu(actor())) if row.key not in mine]
