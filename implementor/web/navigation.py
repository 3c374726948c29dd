"""What the frame around every page shows: places to go, by package, for this person in this project."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, current_app, g, request, url_for

from implementor.foundation.permissions import SIGNED_IN, Permission
from implementor.foundation.words import Phrase
from implementor.web.guard import actor


@dataclass(frozen=True)
class NavStep:
    """A part of a place with the state it is in: a word, and the tone that gives the word its colour and shape."""

    label: str
    url: str
    word: Phrase | str
    tone: str


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


@dataclass
class Directory:
    """Everything that packages have put up for navigation."""

    sections: dict[str, Phrase] = field(default_factory=dict)
    items: list[NavItem] = field(default_factory=list)
    shortcuts: list[Shortcut] = field(default_factory=list)


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


def sections() -> list[dict[str, Any]]:
    """The side bar for this request: sections with their open places."""
    found = directory(current_app)
    drawn: dict[str, list[dict[str, Any]]] = {key: [] for key in found.sections}
    person, path = actor(), request.path
    in_project, outside = place_values(True), place_values(False)
    for item in sorted(found.items, key=_order):
        values = in_project if item.in_project else outside
        if values is not None and item.section in drawn and person.may(item.permission):
            drawn[item.section].append(_drawn(item, values, path))
    return [{"key": key, "label": found.sections[key], "entries": items} for key, items in drawn.items() if items]


def _order(item: NavItem) -> int:
    return item.order


def _drawn(item: NavItem, values: Mapping[str, Any], path: str) -> dict[str, Any]:
    url = url_for(item.endpoint, **values)
    current = path == url or (url.count("/") > 2 and path.startswith(url + "/"))
    return {
        "label": item.label,
        "url": url,
        "is_current": current,
        "note": item.note() if item.note else None,
        "steps": item.steps(url) if item.steps else (),
    }


def shortcuts() -> list[dict[str, Any]]:
    """The keys that work here."""
    shown = []
    for key in directory(current_app).shortcuts:
        values = place_values(key.in_project)
        if values is not None:
            url = url_for(key.endpoint, **values) if key.endpoint else None
            shown.append({"keys": key.keys, "label": key.label, "url": url})
    return shown
