"""The way of texts through forms, pages and files, compared with the way of benign ones."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from flask import Flask
from sqlalchemy import func, select

from implementor.comments.models import Comment
from implementor.exchange.writers import defused
from implementor.foundation.fields import entities
from tests.auth.builders import reading
from tests.machinery.pages import Page
from tests.security.cells import REQUIRED
from tests.security.hostile import (
    BENIGN,
    Filling,
    csv_cells,
    faults,
    folded,
    form_with,
    missing,
    send,
    signatures,
    text_fields,
    words,
    xlsx_cells,
)  # fmt: skip
from tests.stories.builders import backlog

NEW = {
    "story": "/records/story/new",
    "criterion": "/stories/1/parts/criterion/new",
    "task": "/stories/1/parts/task/new",
    "wave": "/records/wave/new",
    "obstacle": "/records/obstacle/new",
    "risk": "/records/risk/new",
    "decision": "/records/decision/new",
    "action_item": "/records/action_item/new",
    "change_request": "/records/change_request/new",
}
LISTS = {"story": "/backlog", "wave": "/waves", "obstacle": "/obstacles", "risk": "/risks"}
PICKED = frozenset({"key", "region"})
"""Fields of a project that are written once or chosen from a list."""
MARK = "zqmark"
"""A word in every name, so that the search finds every record."""


class Walk:
    """Texts on their way through the pages. The pages of benign ones, seen first, say what a page is made of."""

    def __init__(self, app: Flask) -> None:
        self.here = backlog(app)
        self.here.story("Home of parts")
        self.browser = self.here.browser()
        self.browser.checking = False
        self.known: dict[str, set[tuple[str, ...]]] = {}
        self.faults: list[str] = []
        self.is_learning = True

    def get(self, url: str) -> Page:
        """A page of the project."""
        return self.browser.get(self.here.url(url))

    def look(self, name: str, page: Page, texts: Iterable[str] = ()) -> Page:
        """Compare a page with its benign like and look for texts in it."""
        if self.is_learning:
            self.known.setdefault(name, set()).update(signatures(page))
        else:
            self.faults += [f"{name}: {each}" for each in (*faults(page, self.known[name]), *missing(page, texts))]
        return page

    def newest(self, kind: str) -> int:
        """The id of the record that was made last."""
        with reading(self.here.app) as session:
            return int(session.scalars(select(func.max(entities[kind].model.id))).one())

    def create(self, filling: Filling) -> None:
        """Fill the form in, as the record's page and its form show it afterwards."""
        kind = filling.entity.kind
        start = f"{kind}-" if "/parts/" in NEW[kind] else ""
        values = {start + name: text for name, text in {**REQUIRED[kind], **filling.values}.items()}
        page = send(self.browser, form_with(self.get(NEW[kind]), next(reversed(values))), values)
        self.look(f"page of {kind}", page, filling.readable().values())
        self.compare(self.get(f"/records/{kind}/{self.newest(kind)}/edit"), filling)

    def change(self, filling: Filling) -> None:
        """Write other texts over those of the newest record."""
        kind = filling.entity.kind
        form = form_with(self.get(f"/records/{kind}/{self.newest(kind)}/edit"), next(iter(filling.values)))
        self.look(f"page of {kind}", send(self.browser, form, filling.values), filling.readable().values())

    def compare(self, page: Page, filling: Filling) -> None:
        """The form of a record holds what was written, letter by letter."""
        self.look(f"form of {filling.entity.kind}", page)
        form = form_with(page, next(iter(filling.values)))
        held = folded({name: str(form.value(name)) for name in filling.values})
        self.faults += [
            f"{page.url} holds {held[name]!r} for {text!r}"
            for name, text in folded(filling.values).items()
            if held[name] != text
        ]

    def look_around(self, fillings: list[Filling]) -> None:
        """Lists with every column, search, history."""
        for kind, url in LISTS.items():
            columns = ",".join(one.name for one in text_fields(kind))
            texts = [text for each in fillings if each.entity.kind == kind for text in each.readable().values()]
            self.look(f"list of {kind}", self.get(f"{url}?columns={columns}&size=100"), texts if kind != "wave" else ())
        self.look("search", self.browser.get(f"/search?q={MARK}"))
        self.look("history", self.get("/history"))

    def file(self, url: str) -> bytes:
        """What is saved from an address."""
        response = self.browser.get(url).response
        body: bytes = response.get_data()
        response.close()
        return body

    def export(self, kind: str, fillings: list[Filling]) -> None:
        """Both kinds of files hold every text, and nothing that a spreadsheet would run."""
        columns = ",".join(one.name for one in text_fields(kind))
        url = self.here.url(f"/lists/{kind}/export.{{}}?columns={columns}")
        cells = csv_cells(self.file(url.format("csv")))
        texts, active = xlsx_cells(self.file(url.format("xlsx")))
        plain = {words(cell.removeprefix("'")) for cell in cells}, {words(text) for text in texts}
        self.faults += [f"{kind}.csv: a cell begins {cell[:20]!r}" for cell in cells if cell != defused(cell)]
        self.faults += [f"{kind}.xlsx: {active} formulas or links"] * bool(active)
        held = [text for each in fillings if each.entity.kind == kind for text in folded(each.values).values()]
        for text in filter(None, held):
            self.faults += [f"{kind}.csv lacks {text[:60]!r}"] * (text.removeprefix("'").strip() not in plain[0])
            self.faults += [f"{kind}.xlsx lacks {text[:60]!a}"] * (text not in plain[1])


# --- what has no record page of its own ------------------------------------------------------------------------------


def walk_comment(walk: Walk, text: str) -> None:
    """Say it about a story, look at its page and at the form over it."""
    page = walk.look("talk", send(walk.browser, form_with(walk.get("/stories/1"), "body"), {"body": text}))
    edit = walk.look("form of comment", walk.get(f"/comments/{newest_comment(walk)}/edit"))
    held = words(str(form_with(edit, "body").value("body")))
    walk.faults += [f"{page.url} keeps {held[:60]!r} for {text[:60]!r}"] * (held != words(text))
    walk.look("talk", walk.get(f"/comments/about/story/{walk.here.stored(1).id}"))


def newest_comment(walk: Walk) -> int:
    """The id of what was said last."""
    with reading(walk.here.app) as session:
        return int(session.scalars(select(func.max(Comment.id))).one())


def walk_project(walk: Walk, text: str) -> None:
    """Call the project so, and see it wherever its name stands."""
    form = form_with(walk.get("/settings"), "name")
    names = [one.name for one in text_fields("project") if one.name in form.values and one.name not in PICKED]
    values = {name: text[: entities["project"].fields[name].longest] for name in names}
    page = walk.look("project", send(walk.browser, form, values))
    shown = words(values["name"])
    walk.look("project", page, [shown])
    walk.look("settings", walk.get("/settings"))
    for url in ("/projects", walk.here.url("/"), walk.here.url("/stories/1"), walk.here.url("/history")):
        walk.look(url, walk.browser.get(url), [shown])


def walk_view(walk: Walk, text: str) -> None:
    """Keep an arrangement under this name."""
    name = text[:80]
    page = send(walk.browser, walk.get("/backlog").form("/projects/VEN/lists/story/views"), {"name": name})
    walk.look("views", page, [words(name)])


def walk_long(walk: Walk, text: str) -> None:
    """One letter more than a name may have is refused, and what was typed is still there."""
    longer = (text * 1000)[:1000]
    page = send(walk.browser, form_with(walk.get(NEW["story"]), "title"), {"title": longer}, 422)
    walk.look("refused", page)
    held = words(str(form_with(page, "title").value("title")))
    walk.faults += [f"{page.url} lost {text[:60]!r}"] * (held != words(longer))


def walk_questions(walk: Walk, text: str) -> None:
    """Ask for it in the search, and put it in the address of a list."""
    question = quote(text[:500].encode("utf-8", "surrogatepass"))
    walk.look("search", walk.browser.get(f"/search?q={question}"))
    walk.get(f"/backlog?q={question}&owner={question}&sort={question}")


ACTS = (walk_comment, walk_project, walk_view, walk_long, walk_questions)


def learned(app: Flask) -> Walk:
    """The pages have been seen with benign texts in the same places."""
    made = Walk(app)
    for kind in NEW:
        if kind in LISTS:  # a cell without a text is drawn in another way
            made.create(Filling.of(kind, [BENIGN], MARK))
        made.create(Filling.of(kind, [BENIGN] * 20, MARK))
        made.change(Filling.of(kind, [f"{BENIGN} " * 2000] * 20, MARK))
        for text in (BENIGN, f"Other {BENIGN}"):
            made.change(Filling.of(kind, [text] * 20, MARK))
    for act in ACTS:
        act(made, BENIGN)
    made.look_around([])
    for kind in ("criterion", "task"):
        made.look(f"page of {kind}", made.get("/stories/1"))
    made.is_learning = False
    return made
