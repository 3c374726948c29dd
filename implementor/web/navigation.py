"""What the frame around every page shows: places to go, by package, for this person in this project."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from flask import Flask, current_app, g, request, url_for

from implementor.foundation import live
from implementor.foundation.permissions import SIGNED_IN, Permission
from implementor.foundation.words import Phrase
from implementor.web.guard import actor


class NavStep(NamedTuple):
    """A part of a place with the state it is in: a word, and the tone that gives the word its colour and shape."""

    label: str
    url: str
    word: str
    tone: str


class OpenPlace(NamedTuple):
    """A place as the side bar shows it to this reader."""

    label: str
    url: str
    is_current: bool
    note: str | None
    steps: tuple[NavStep, ...]


class Section(NamedTuple):
    """Places under one heading."""

    key: str
    label: str
    entries: tuple[OpenPlace, ...]


@dataclass(frozen=True)
class NavItem:
    """A place in the side bar; `in_project` places take the project's key, `steps` are listed below their place."""

    section: str
    label: Phrase
    endpoint: str
    permission: Permission = SIGNED_IN
    in_project: bool = False
    order: int = 50
    note: Callable[[], str | None] | None = None
    prefix: str | None = None
    steps: Callable[[str], Sequence[NavStep]] | None = None


@dataclass(frozen=True)
class Shortcut:
    """A key sequence and where it leads; `endpoint` is empty for keys that scripts handle."""

    keys: str
    label: Phrase
    endpoint: str = ""
    in_project: bool = False


OpenPlaces = list[tuple[str, list[tuple[NavItem, str]]]]
"""Sections with the places in them that somebody may go to, and their addresses."""
MOST_KEPT = 500


@dataclass
class Directory:
    """Everything that packages have put up for navigation."""

    sections: dict[str, Phrase] = field(default_factory=dict)
    items: list[NavItem] = field(default_factory=list)
    shortcuts: list[Shortcut] = field(default_factory=list)
    open_places: dict[Any, OpenPlaces] = field(default_factory=dict)
    """What was found for the same roles in the same project before."""


def directory(app: Flask) -> Directory:
    """The directory of this application."""
    found: Directory = app.extensions.setdefault("implementor_navigation", Directory())
    return found


def place_values(in_project: bool) -> dict[str, Any] | None:
    """Values for an address: the project's key where the place is in a project; None when there is no project."""
    if not in_project:
        return {"project_key": None}  # some pages are both in projects and outside
    project = g.get("project")
    return {"project_key": project.key} if project is not None else None


def sections() -> tuple[Section, ...]:
    """The side bar for this request: sections with their open places, in words; equal ones look alike."""
    found, path = directory(current_app), request.path
    return tuple(
        Section(key, str(found.sections[key]), tuple(_drawn(item, url, path) for item, url in places))
        for key, places in _open_places(found)
    )


def _open_places(found: Directory) -> OpenPlaces:
    """The places for these roles in this project, found once."""
    project = g.get("project")
    key = (actor().roles, project.key if project is not None else None, request.root_path, live.present().off)
    places = found.open_places.get(key)
    if places is None:
        if len(found.open_places) >= MOST_KEPT:
            found.open_places.clear()
        places = found.open_places[key] = _find_places(found)
    return places


def _find_places(found: Directory) -> OpenPlaces:
    places: dict[str, list[tuple[NavItem, str]]] = {key: [] for key in found.sections}
    in_project, outside, person = place_values(True), place_values(False), actor()
    for item in sorted(found.items, key=_order):
        values = in_project if item.in_project else outside
        if values is not None and item.section in places and person.may(item.permission):
            places[item.section].append((item, url_for(item.endpoint, **values)))
    return [(key, items) for key, items in places.items() if items]


def _order(item: NavItem) -> int:
    return item.order


def _drawn(item: NavItem, url: str, path: str) -> OpenPlace:
    return OpenPlace(
        str(item.label),
        url,
        path == url or (url.count("/") > 2 and path.startswith(url + "/")),
        item.note() if item.note else None,
        tuple(item.steps(url)) if item.steps else (),
    )


def _permission_of(view: Any) -> Permission:
    found: Permission = getattr(view, "permission", SIGNED_IN)
    return found


def shortcuts() -> list[dict[str, Any]]:
    """The keys that work here."""
    shown = []
    for key in directory(current_app).shortcuts:
        values = place_values(key.in_project)
        view = current_app.view_functions.get(key.endpoint)
        if values is not None and not (view is not None and _permission_of(view).is_shut):
            url = url_for(key.endpoint, **values) if key.endpoint else None
            shown.append({"keys": key.keys, "label": key.label, "url": url})
    return shown
