"""What the frame around every page shows: places to go, by package, for this person in this project."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from flask import Flask, current_app, g, request, url_for

from implementor.foundation import live
from implementor.foundation.permissions import SIGNED_IN, Permission
from implementor.foundation.words import Phrase, speech
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
    is_open: bool = False
    """Whether the page lies in it; the others are folded."""


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
Spot = tuple[int, int]
"""Where a place stands: its section, and its number there."""
MOST_KEPT = 500
DEEP = 2
"""Addresses with more strokes than this are marked for the pages below them too."""


class SideBar:
    """The side bar of readers who may go to the same places and read the same language."""

    def __init__(self, sections: dict[str, Phrase], places: OpenPlaces) -> None:
        self._plain = tuple(
            Section(
                key, str(sections[key]), tuple(OpenPlace(str(item.label), url, False, None, ()) for item, url in items)
            )
            for key, items in places
        )
        spots = [(row, column, *each) for row, (_, items) in enumerate(places) for column, each in enumerate(items)]
        self._by_url: dict[str, list[Spot]] = {}
        for row, column, _item, url in spots:
            self._by_url.setdefault(url, []).append((row, column))
        self._row_by_start = {url.rstrip("/"): row for row, _column, _item, url in reversed(spots)}
        for row, _column, _item, url in spots:
            for start in _starts_of(url.rstrip("/")):
                self._row_by_start.setdefault(start, row)
        self._telling = [spot for spot in spots if spot[2].note or spot[2].steps]
        self._made: dict[Any, tuple[Section, ...]] = {}

    def at(self, path: str) -> tuple[Section, ...]:
        """As it is on the page at this path; the same object where it says the same."""
        told = tuple(
            (item.note() if item.note else None, tuple(item.steps(url)) if item.steps else ())
            for _row, _column, item, url in self._telling
        )
        starts = _starts_of(path)
        current = tuple(
            spot for place, start in enumerate(starts) if not place or start.count("/") > DEEP
            for spot in self._by_url.get(start, ())
        )  # fmt: skip
        rows = (self._row_by_start.get(start.rstrip("/")) for start in starts)
        opened = next((row for row in rows if row is not None), 0)
        made = self._made.get((current, opened, told))
        if made is None:
            if len(self._made) >= MOST_KEPT:
                self._made.clear()
            made = self._made[current, opened, told] = self._put_together(current, opened, told)
        return made

    def _put_together(
        self, current: Sequence[Spot], opened: int, told: Sequence[tuple[str | None, tuple[NavStep, ...]]]
    ) -> tuple[Section, ...]:
        rows = [list(section.entries) for section in self._plain]
        for (row, column, *_item), (note, steps) in zip(self._telling, told, strict=True):
            rows[row][column] = rows[row][column]._replace(note=note, steps=steps)
        for row, column in current:
            rows[row][column] = rows[row][column]._replace(is_current=True)
        return tuple(
            section._replace(entries=tuple(entries), is_open=row == opened)
            for row, (section, entries) in enumerate(zip(self._plain, rows, strict=True))
        )


def _starts_of(path: str) -> list[str]:
    """The path itself and each address below which it lies, the longest first."""
    starts = [path]
    while (end := path.rfind("/", 0, len(starts[-1]))) > 0:
        starts.append(path[:end])
    return starts


@dataclass
class Directory:
    """Everything that packages have put up for navigation."""

    sections: dict[str, Phrase] = field(default_factory=dict)
    items: list[NavItem] = field(default_factory=list)
    shortcuts: list[Shortcut] = field(default_factory=list)
    side_bars: dict[Any, SideBar] = field(default_factory=dict)
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
    """The side bar for this request: sections with their open places, in words; equal ones are one object."""
    found, project, live_now = directory(current_app), g.get("project"), live.present()
    asked, told = request._get_current_object(), speech()  # type: ignore[attr-defined]  # once, not at each attribute
    key = (
        actor().roles, project.key if project is not None else None, asked.root_path, live_now.off, live_now.stamp,
        told.language, told.translations,
    )  # fmt: skip
    side_bar = found.side_bars.get(key)
    if side_bar is None:
        if len(found.side_bars) >= MOST_KEPT:
            found.side_bars.clear()
        side_bar = found.side_bars[key] = SideBar(found.sections, _find_places(found))
    return side_bar.at(asked.path)


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
