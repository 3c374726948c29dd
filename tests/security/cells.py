"""What is sent to each route in the walks: an address and a body that somebody entitled would send.

`p` is the project an address is in, `r` the project whose records the address and the body name (the same, unless a
walk is about foreign records), `w` the world. A new route needs a line here; the matrix test says so.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from implementor.foundation.fields import Kind
from implementor.lists.sheets import sheets
from tests.auth.builders import OTHER_PASSWORD, PASSWORD
from tests.security import calendar_cells as calendars
from tests.security import configuration_cells as configuration
from tests.security import crm_cells as crm
from tests.security import duplicate_cells as duplicates
from tests.security import governance_cells as governance
from tests.security import import_cells as imports
from tests.security import portfolio_cells as portfolio
from tests.security.planning_cells import LAST_NUMBERS, NUMBERS
from tests.security.world import OWN, WORD, Place, World

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
Values = Callable[[Place, World], dict[str, Any]]
Body = Callable[[Place, Place, World], dict[str, Any]]

TITLES = {
    "story": "title", "wave": "name", "obstacle": "title", "milestone": "title", **portfolio.TITLES,
    "criterion": "text", "task": "title", "user_test": "title", "open_matter": "question", "area_review": "reviewer",
    "story_effort": "profile", "migration_run": "name", **governance.TITLES,
}  # fmt: skip
"""Kind of record -> the field that is changed in place."""
RECORDS = {"wave": "planning", "obstacle": "obstacle_open", "story": "story0", **portfolio.RECORDS}
"""Kind of record -> where a place keeps its id, if not under the kind's own name."""
REQUIRED: dict[str, dict[str, Any]] = {
    "story": {"title": "Written", "type": "function"},
    "wave": {"name": "Written", "training_threshold": "80", "adoption_threshold": "60"},
    "obstacle": {"title": "Written", "kind": "policy", "severity": "low"},
    "migration_run": {"name": "Written", "system": "Written"},
    "milestone": {"title": "Written", "origin": "own"}, "task": {"title": "Written"},
    "criterion": {"text": "Written", "phase": "release"}, "user_test": {"title": "Written"}, "area_review": {},
    "open_matter": {"question": "Written"}, "story_effort": {"profile": "Written", "hours": "1"},
    **governance.REQUIRED, **portfolio.REQUIRED,
}  # fmt: skip


def record_of(place: Place, kind: str) -> int:
    """The id of the place's record of a kind."""
    return int(getattr(place, RECORDS.get(kind, kind)))


# --- addresses -------------------------------------------------------------------------------------------------------

ARGUMENTS: dict[str, Values] = {
    "attachment_id": lambda r, w: {"attachment_id": r.attachment},
    "comment_id": lambda r, w: {"comment_id": r.comment},
    **portfolio.ARGUMENTS,
    "job_id": lambda r, w: {"job_id": r.job},
    "view_id": lambda r, w: {"view_id": r.view},
    "action_id": lambda r, w: {"action_id": r.action},
    "link_id": lambda r, w: {"link_id": r.link},
    "part_id": lambda r, w: {"part_id": r.criterion},
    **imports.ARGUMENTS,
    "story_id": lambda r, w: {"story_id": r.story0},
    "story_number": lambda r, w: {"story_number": r.last_story_number},
    "session_id": lambda r, w: {"session_id": w.ids["session"]},
    "message_id": lambda r, w: {"message_id": w.ids["message"]},
    "area_id": lambda r, w: {"area_id": w.ids["area"]},
    "team_id": lambda r, w: {"team_id": w.ids["team"]},
    "user_id": lambda r, w: {"user_id": w.people["member"].id},
    **calendars.ARGUMENTS,
    **configuration.ARGUMENTS,
    **crm.ARGUMENTS,
    **duplicates.ARGUMENTS,
    **governance.ARGUMENTS,
    "language": lambda r, w: {"language": "es"},
    "theme": lambda r, w: {"theme": "dark"},
    "token": lambda r, w: {"token": "unknown"},
    "format": lambda r, w: {"format": "csv"},
    "filename": lambda r, w: {"filename": "css/base.css"},
    "page": lambda r, w: {"page": "start"},
}
EXCEPTIONS: dict[str, Values] = {
    **imports.EXCEPTIONS,
    **portfolio.EXCEPTIONS,
    **governance.EXCEPTIONS,
    "waves.close": lambda r, w: {"number": r.building_number},
    "waves.close_page": lambda r, w: {"number": r.building_number},
    "waves.finish": lambda r, w: {"number": r.adopting_number},
    "waves.move": lambda r, w: {"number": r.building_number},
    "waves.move_page": lambda r, w: {"number": r.building_number, "story_number": r.story1_number},
    "waves.move_by_form": lambda r, w: {"number": r.building_number, "story_number": r.story1_number},
    "auth.restore_area": lambda r, w: {"area_id": w.ids["spare_area"]},
    "auth.restore_team": lambda r, w: {"team_id": w.ids["spare_team"]},
    **calendars.EXCEPTIONS,
    **configuration.EXCEPTIONS,
    **duplicates.EXCEPTIONS,
    "auth.enable_person": lambda r, w: {"user_id": w.people["deactivated"].id},
}
KINDS = {"stories.settle_part": "criterion", **governance.KINDS}
QUERIES = {
    "search.index": {"q": WORD}, "search.palette": {"q": WORD}, "comments.people_options": {"q": "p"},
    "lists.lookup": {"q": WORD}, **portfolio.QUERIES,
    "stories.index": {"q": WORD}, "waves.board": {"q": WORD}, "planning.breaks": {"card": "1"},
}  # fmt: skip
OTHER_PLACES = {"projects.restore": "ARC"}
"""Endpoints whose deed is possible only in another project of the same people."""

# --- bodies ----------------------------------------------------------------------------------------------------------
PROJECT = {
    **REQUIRED["project"], "purpose": "Why", "programme_name": "A new programme", "starts_on": "2026-03-02",
    "ends_on": "2026-12-18", "method_key": "agile", "key": "NEW", "regions_of": "VE",
}  # fmt: skip
AREA = {"name": "Written", "parent_id": "", "head_id": ""}
TEAM = {"name": "Written", "area_id": "", "manager_id": ""}
BACKLOG = b"Title,Points\nWritten,3\n"
PREFERENCES = {"name": "Written", "language": "en", "time_zone": "UTC", "theme": "dark", "density": "compact"}
BODIES: dict[str, Body] = {
    "auth.change_account": lambda p, r, w: PREFERENCES,
    "auth.change_password": lambda p, r, w: {"present": PASSWORD, "password": OTHER_PASSWORD},
    "auth.ask_for_link": lambda p, r, w: {"email": w.people["member"].email},
    "auth.use_link": lambda p, r, w: {"password": OTHER_PASSWORD},
    "auth.enter": lambda p, r, w: {"email": w.people["member"].email, "password": PASSWORD},
    "auth.add_area": lambda p, r, w: AREA,
    "auth.change_area": lambda p, r, w: AREA,
    "auth.add_team": lambda p, r, w: TEAM,
    "auth.change_team": lambda p, r, w: TEAM,
    "auth.add_team_member": lambda p, r, w: {"user_id": w.people["viewer"].id},
    "auth.invite_person": lambda p, r, w: {"name": "New Person", "email": "new@example.com", "language": "en"},
    "auth.change_person": lambda p, r, w: {"name": "Written", "email": "written@example.com"},
    "auth.change_roles": lambda p, r, w: {"roles": ["pmo"]},
    "comments.create": lambda p, r, w: {"body": "Written"},
    "comments.update": lambda p, r, w: {"body": "Written"},
    "comments.attach": lambda p, r, w: {"files": (io.BytesIO(b"text"), "written.txt")},
    "comments.preview": lambda p, r, w: {"text": "*Written*"},
    **calendars.BODIES,
    **configuration.BODIES,
    **crm.BODIES,
    **imports.OF_PROJECTS,
    **duplicates.BODIES,
    "exchange.create": lambda p, r, w: {"kind": "stories", "file": (io.BytesIO(BACKLOG), "written.csv")},
    "exchange.reread": lambda p, r, w: {"encoding": "utf-8", "header_rows": "1", "has_header": "y"},
    "exchange.map_columns": lambda p, r, w: {"mode": "both", "filling": "overwrite", "column_0": "title"},
    **governance.BODIES,
    "lists.bulk": lambda p, r, w: {"ids": [r.story3], "change": "moscow", "moscow": "must", "step": "apply"},
    "lists.save_view": lambda p, r, w: {"name": "Written", "address": "sort=title"},
    "lists.change_view": lambda p, r, w: {"deed": "rearrange", "address": "sort=-title"},
    "lists.pin_view": lambda p, r, w: {"pinned": "1"},
    "projects.create": lambda p, r, w: PROJECT,
    "projects.step": lambda p, r, w: {**PROJECT, "step": "about", "go": "next"},
    "projects.update": lambda p, r, w: {**PROJECT, "programme_id": w.ids["programme"]},
    "projects.add_person": lambda p, r, w: {"user_id": w.people["stranger"].id, "role": "member"},
    **portfolio.BODIES,
    "stories.create_many": lambda p, r, w: {"titles": "Written\nAlso written"},
    "stories.refer": lambda p, r, w: {"deed": "drop"},
    "stories.split": lambda p, r, w: {"title": "Written", "place": "backlog"},
    "stories.place": lambda p, r, w: {"after": r.last_story_number},
    "stories.order": lambda p, r, w: {"card": r.last_story_number, "place": "first"},
    "stories.place_by_form": lambda p, r, w: {"place": "first"},
    "stories.move": lambda p, r, w: {"status": "dropped"},
    "stories.link": lambda p, r, w: {"other": r.last_story_number, "kind": "relates"},
    "stories.add_part": lambda p, r, w: {"task-title": "Written", "task-assignee": ""},
    "stories.settle_part": lambda p, r, w: {"deed": "settle"},
    "waves.change_scope": lambda p, r, w: {"ids": [r.story3], "deed": "put"},
    "waves.move_story_card": lambda p, r, w: {"card": r.story3, "status": "wave", "after": r.story0},
    "waves.add_to_wave": lambda p, r, w: {"titles": "Written"},
    "waves.plan_story": lambda p, r, w: {"wave": r.planning},
    "waves.order": lambda p, r, w: {"card": r.planning, "after": r.building},
    "waves.wait": lambda p, r, w: {"milestone": r.milestone},
    "waves.report": lambda p, r, w: {**REQUIRED["obstacle"], "stories": [r.story0]},
    "waves.close": lambda p, r, w: {f"story_{p.story1}": r.planning},
    "waves.move": lambda p, r, w: {"card": r.story1, "status": "dropped"},
    "waves.move_by_form": lambda p, r, w: {"card": p.story1, "status": "idea", "place": "", "wave": r.planning},
}


FORMS_OF = {
    "lists.bulk": "story", "waves.report": "obstacle", "projects.create": "project", "projects.step": "project",
    "projects.update": "project",
}  # fmt: skip


def left_empty(kind: str) -> dict[str, Any]:
    """The choices of a form that nobody touched, as a browser sends them."""
    fields = sheets[kind].entity.fields.values()
    return {one.name: "" for one in fields if one.kind is Kind.REFERENCE and one.editable}


@dataclass(frozen=True)
class Cell:
    """One row of the matrix: a method and a rule, and a kind of record where the rule has one."""

    method: str
    rule: str
    endpoint: str
    permission: str
    arguments: frozenset[str]
    kind: str | None = None

    @property
    def key(self) -> str:
        """How the matrix names it."""
        return f"{self.method} {self.rule}" + (f" {self.kind}" if self.kind else "")

    @property
    def is_safe(self) -> bool:
        """Whether it must not change anything."""
        return self.method in SAFE

    def place(self, world: World) -> Place:
        """The project it is tried in."""
        return world.places[OTHER_PLACES.get(self.endpoint, OWN)]

    def url(self, app: Flask, world: World, *, of: Place | None = None, at: Place | None = None) -> str:
        """The address: in the project `at`, naming a record of `of`."""
        at = at or self.place(world)
        values = self._values(of or at, world)
        if "project_key" in self.arguments:
            values["project_key"] = at.key
        elif "run_id" in self.arguments:
            values |= imports.run_outside(self.endpoint, world)
        adapter = app.url_map.bind("localhost")
        path = adapter.build(self.endpoint, values, self.method)
        query = "&".join(f"{name}={text}" for name, text in QUERIES.get(self.endpoint, {}).items())
        return path + (f"?{query}" if query and self.is_safe else "")

    def _values(self, place: Place, world: World) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name in self.arguments & ARGUMENTS.keys():
            values |= ARGUMENTS[name](place, world)
        if "number" in self.arguments:
            numbers = NUMBERS if place.key == OWN else LAST_NUMBERS
            values["number"] = getattr(place, numbers.get(self.endpoint.partition(".")[0], "issued_number"))
        if self.endpoint in EXCEPTIONS and place.key == OWN:
            values |= EXCEPTIONS[self.endpoint](place, world)
        of_crm = crm.kind_of_pages(self.endpoint)
        if of_crm is not None and "record_id" in self.arguments:
            values["record_id"] = world.crm[of_crm]
        values |= governance.named_by(self.endpoint, place)
        if self.kind is not None:
            values["kind"] = self.kind
            at_top = "project_key" not in self.arguments and self.kind == "area"
            if "record_id" in self.arguments:
                values["record_id"] = world.ids["area"] if at_top else record_of(place, self.kind)
            if "field" in self.arguments:
                values["field"] = TITLES[self.kind]
        return values

    def body(self, world: World, *, of: Place | None = None) -> dict[str, Any]:
        """What the form sends, naming records of `of`."""
        place = self.place(world)
        if self.endpoint in BODIES:
            sent = BODIES[self.endpoint](place, of or place, world)
            if "project_key" not in self.arguments:
                sent = {**sent, **imports.BODIES.get(self.endpoint, {})}
            kind = FORMS_OF.get(self.endpoint)
            return {**(left_empty(kind) if kind else {}), **sent}
        if self.kind and self.endpoint in ("lists.create", "lists.update"):
            chosen = {"programme_id": world.ids["programme"]} if self.kind in portfolio.RECORDS else {}
            return left_empty(self.kind) | REQUIRED[self.kind] | chosen
        if self.kind and self.endpoint == "lists.update_field":
            name = TITLES[self.kind]
            return {name: REQUIRED[self.kind].get(name, "")}
        return {}


def unknown_arguments(cell: Cell) -> frozenset[str]:
    """Parts of the address that nothing above gives a value for."""
    return cell.arguments - ARGUMENTS.keys() - {"project_key", "number", "kind", "record_id", "field"}


def cells_of(app: Flask) -> Iterator[Cell]:
    """Every method of every rule of the application, in the order of addresses."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: (one.rule, one.endpoint)):
        view = app.view_functions[rule.endpoint]
        permission = getattr(view, "permission", None)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield Cell(
                method, rule.rule, rule.endpoint, permission.name if permission else "anyone",
                frozenset(rule.arguments), kind_of(rule),
            )  # fmt: skip


def kind_of(rule: Rule) -> str | None:
    """The kind of record that stands for all kinds at this address."""
    if "kind" not in rule.arguments:
        return None
    if rule.endpoint in crm.KINDS:
        return crm.KINDS[rule.endpoint]
    if "project_key" in rule.arguments:
        return KINDS.get(rule.endpoint, "task" if "/parts/" in rule.rule else "story")
    at_top = {"lists.lookup": "user", "config_releases.origin": "account"}
    return at_top.get(rule.endpoint, "area" if rule.endpoint.startswith("comments.") else "project")
