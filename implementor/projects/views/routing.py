"""The blueprint of projects, and the project that an address is in."""

from __future__ import annotations

from flask import Blueprint, g

from implementor.foundation.panels import Place
from implementor.projects.place import ProjectPlace
from implementor.web.guard import actor
from implementor.web.unit_of_work import now

blueprint = Blueprint("projects", __name__)


def here() -> ProjectPlace:
    """The project of this request, which the scope loader has found."""
    place: ProjectPlace = g.project
    return place


def panel_place() -> Place:
    """Where the panels of this request's page are shown."""
    return Place(actor(), now(), here())
