"""What projects tell the packages below: where a request stands, what can be put back, and the way to the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property, lru_cache
from inspect import signature
from typing import Any, NamedTuple

from flask import Flask, current_app, g, request, url_for
from sqlalchemy.orm import Session

from implementor.comments.people import members
from implementor.foundation.asking import ask
from implementor.foundation.errors import Refusal
from implementor.foundation.fields import Scope
from implementor.foundation.model import Rows
from implementor.foundation.permissions import SIGNED_IN, Actor, Role
from implementor.foundation.records import RecordKind, record_kind
from implementor.foundation.words import say
from implementor.history.restoring import Restorer, places, undoable
from implementor.lists.sheets import Sheet, sheet
from implementor.projects import permissions, queries
from implementor.projects.catalogue import PROJECT
from implementor.projects.dependencies import restore_dependency
from implementor.projects.models import Membership, Programme, Project, ProjectArea, ProjectDependency
from implementor.projects.place import keys_read, place_of, sees_every_project
from implementor.projects.services import edit_project
from implementor.web.guard import actor, gates
from implementor.web.navigation import NavItem, directory
from implementor.web.palette import PaletteAction, palette_actions
from implementor.web.unit_of_work import SAFE_METHODS, session

OPEN_WHEN_ARCHIVED = frozenset({"projects.restore"})


class ProjectIsArchived(Refusal):
    """The project was put away and can only be read."""


class Choice(NamedTuple):
    """A project to go to."""

    key: str
    name: str
    url: str


class ProjectsMenu:
    """The projects of the switcher, read when a page really draws it."""

    @cached_property
    def choices(self) -> tuple[Choice, ...]:
        """Those the reader may see."""
        found = ask(session(), *queries.projects_of_menu(actor())).all() if actor().is_signed_in else ()
        return _choices(tuple((row.key, row.name) for row in found), request.root_path)

    def __iter__(self) -> Iterator[Choice]:
        return iter(self.choices)

    def __len__(self) -> int:
        return len(self.choices)


@lru_cache(maxsize=256)
def _choices(projects: tuple[tuple[str, str], ...], _root_path: str) -> tuple[Choice, ...]:
    """Each page shows the same ones, whose addresses take as long to write as those of the page itself."""
    return tuple(Choice(key, name, url_for("projects.show", project_key=key)) for key, name in projects)


def _menu_of_request() -> dict[str, ProjectsMenu]:
    """One for all parts of a page, so that its rows are read once."""
    if "projects_menu" not in g:
        g.projects_menu = ProjectsMenu()
    return {"projects_menu": g.projects_menu}


def _project_of_scope(scope: Scope, record_id: int) -> Rows:
    """Inside a project only that one: the roles held in it must open no other."""
    found = queries.project_of_id(scope.actor, record_id)
    return found if scope.project_id is None else found.where(Project.id == scope.project_id)


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    gates(app).scope_loaders.append(stand_in_project)
    places.roles_in_project = roles_in_project
    members.of_project = lambda project_id: queries.people_of_project(project_id=project_id)
    for model in (Programme, Project, ProjectArea, Membership):
        undoable[model.__record_kind__] = Restorer(model)
    undoable["project_dependency"] = Restorer(ProjectDependency, restore_dependency, permissions.LINK)
    sheet(
        Sheet(
            entity=PROJECT,
            base=lambda scope: queries.projects_visible_to(scope.actor).order_by(None),
            record=_project_of_scope,
            record_url=lambda row: url_for("projects.show", project_key=row.link_key),
            index_url=lambda: url_for("projects.index"),
            may_view=SIGNED_IN,
            may_edit=permissions.EDIT,
            change=lambda of, project, values, by, at: edit_project(of, project, values, by=by, at=at),
            link_columns=("key",),
        )
    )
    record_kind(RecordKind("project", PROJECT.label, Project, queries.titles_of_projects, address_of_project))
    app.context_processor(_menu_of_request)
    put_up_places(app)
    palette_actions(app).extend(
        (
            PaletteAction(say("New project"), "projects.new", permissions.CREATE),
            PaletteAction(say("Give somebody a role in this project"), "projects.people", permissions.PEOPLE, True),
        )
    )


def put_up_places(app: Flask) -> None:
    """The entries of the side bar."""
    board = directory(app)
    ours = {
        "start": say("Start"), "project": say("Project"), "change": say("People and change"), "manage": say("Manage"),
    }  # fmt: skip
    board.sections = {**ours, **board.sections}  # people's work comes before the settings of the floors below
    board.items += [
        NavItem("start", say("Projects"), "projects.index", SIGNED_IN, order=20),
        NavItem("project", say("Overview"), "projects.show", permissions.VIEW, in_project=True, order=10),
        NavItem("manage", say("People"), "projects.people", permissions.VIEW, in_project=True, order=40),
        NavItem("manage", say("Project settings"), "projects.settings", permissions.EDIT, in_project=True, order=90),
    ]


def stand_in_project(person: Actor, view_args: dict[str, Any]) -> Actor:
    """Read the project an address is in, with the person's roles there; NotFound when they may not know of it.

    The key is taken out of the arguments of views that do not ask for it: they find the project in `g.project`.
    """
    key = view_args.get("project_key")
    if key is None:
        return person
    if not takes_the_key(current_app.view_functions[request.endpoint or ""]):
        del view_args["project_key"]
    place = place_of(ask(session(), *queries.place_of_project(person, key)).all())
    g.project = place
    keys_read(session())[place.id] = place.key
    if place.is_archived and request.method not in SAFE_METHODS and request.endpoint not in OPEN_WHEN_ARCHIVED:
        raise ProjectIsArchived(say("%(project)s is archived. Restore it before you change it.", project=place.name))
    return person.with_roles(place.roles)


@cache
def takes_the_key(view: Callable[..., Any]) -> bool:
    """Whether a view has a parameter for the project's key; pages that also stand outside projects have none."""
    return "project_key" in signature(view).parameters


def roles_in_project(of: Session, person: Actor, project_id: int) -> Iterable[Role] | None:
    """The roles a person holds in a project; None for people who may not know of it."""
    held = of.scalars(queries.roles_in_project(user_id=person.user_id, project_id=project_id)).all()
    return [Role(role) for role in held] if held or sees_every_project(person) else None


def address_of_project(row: Any) -> tuple[str, dict[str, Any]]:
    """View name and values of a project's page."""
    return "projects.show", {"project_key": row.project_key}
