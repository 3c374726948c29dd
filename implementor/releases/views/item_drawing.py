"""The editor of a setting: what an address or form asks for, its form, and the preview beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, g, url_for

from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.words import Phrase, say
from implementor.lists.record_page import present_scope
from implementor.releases.item_forms import setting_form, values_of
from implementor.releases.item_kinds import Image, Operation, Verb
from implementor.releases.item_models import VERBS, ConfigItem
from implementor.releases.item_preview import Preview, preview_of
from implementor.releases.item_services import drawn_up
from implementor.releases.setting_kinds import SettingKind, Wish, setting_kind
from implementor.stories.models import Story
from implementor.stories.queries import story_by_number, story_of_project
from implementor.web.forms import CatalogueForm
from implementor.web.guard import actor
from implementor.web.render import draw
from implementor.web.unit_of_work import session

VERB_LABELS: Mapping[str, Phrase] = {"add": say("Add"), "change": say("Change"), "retire": say("Retire")}


@dataclass(frozen=True)
class Asked:
    """A kind of setting, what shall happen to it, and which one (None: a new one, or not chosen yet)."""

    kind: SettingKind
    verb: Verb
    target: str | None
    before: Image | None
    about: str = ""
    """The kind of record that something new is about, where that is chosen first."""

    @property
    def needs_target(self) -> bool:
        return self.verb != "add" and self.before is None

    @property
    def needs_place(self) -> bool:
        return self.verb == "add" and not self.about and bool(self.kind.places())

    @property
    def known(self) -> Image | None:
        """What the form goes by."""
        return {"kind": self.about} if self.verb == "add" and self.about else self.before

    @property
    def title(self) -> Phrase:
        return say("%(verb)s: %(kind)s", verb=VERB_LABELS[self.verb], kind=self.kind.label)


@dataclass(frozen=True)
class Shown:
    """What a preview tells: what differs, the way through the stages, the form, or why there is none."""

    compared: Sequence[tuple[Phrase, str, str]]
    path: Sequence[Mapping[str, Any]]
    form: Preview | None
    fault: Phrase | None = None


def asked_for(values: Mapping[str, str]) -> Asked:
    """What an address or a form names. Answers 404 to kinds and verbs that nobody declared."""
    kind, verb = setting_kind(values.get("setting", "")), values.get("verb", "")
    known: dict[str, Verb] = {one: one for one in VERBS}
    if kind is None or known.get(verb) not in kind.verbs:
        abort(404)
    target = values.get("target") or None
    before = kind.live(session(), target) if target is not None and verb != "add" else None
    about = values.get("about", "")
    if about not in dict(kind.places()):
        about = ""
    return Asked(kind, known[verb], target if before is not None else None, before, about)


def asked_of(item: ConfigItem) -> Asked:
    """What an item asks for, as the configuration is now."""
    kind, operation = setting_kind(item.kind), item.operation
    if kind is None:
        raise NotFound(item.kind)
    before = kind.live(session(), item.target) if item.verb != "add" else None
    if item.verb != "add" and before is None:
        before = item.before
    about = str((item.after or {}).get("kind", "")) if kind.places() and item.verb == "add" else ""
    return Asked(kind, operation.verb, item.target, before, about)


def form_of(asked: Asked, item: ConfigItem | None) -> CatalogueForm:
    """The form of what is asked; over what an item has, where there is one."""
    if item is not None:
        shown: Mapping[str, Any] = values_of(asked.kind, item.operation)
    else:
        shown = asked.kind.values(asked.before) if asked.before is not None and asked.verb == "change" else {}
    form = setting_form(asked.kind, asked.verb, asked.known, shown, present_scope(), session())
    if item is not None and form.version.data in (None, ""):
        form.version.data = str(item.version)
    return form


def wish_of(asked: Asked, form: CatalogueForm) -> Wish:
    """What was filled in."""
    return _wish(asked, form.values())


def _wish(asked: Asked, values: Mapping[str, Any]) -> Wish:
    about = {"kind": asked.about} if asked.about else {}
    return Wish(asked.kind.key, asked.verb, asked.target, {**values, **about})


def draw_form(story: Story, item: ConfigItem | None, asked: Asked, form: CatalogueForm, status: int = 200) -> Response:
    """The form with the preview of what it says."""
    shown = _shown(asked, values_of(asked.kind, item.operation) if item is not None else None, form, status)
    return _draw(story, item, asked, form, shown, status)


def draw_preview(story: Story, item: ConfigItem | None, asked: Asked, form: CatalogueForm) -> Response:
    """The same page, or the preview alone; what cannot be used yet is told in its place."""
    valid = form.validate()
    wrong = next((errors[0] for errors in form.errors.values() if errors), None)
    shown = _tried(asked, form.values()) if valid else Shown((), (), None, wrong)
    for field in form:
        field.errors = []  # what is half typed is no mistake yet
    return _draw(story, item, asked, form, shown, 200)


def preview_here(kind: SettingKind, operation: Operation) -> Shown:
    """What an operation makes of forms and ways; what differs is told elsewhere."""
    return Shown((), _steps(kind, operation), preview_of(session(), kind, operation, actor()))


def _draw(
    story: Story, item: ConfigItem | None, asked: Asked, form: CatalogueForm, shown: Shown, status: int
) -> Response:
    if item is None:
        save, look = url_for("items.create", number=story.number), url_for("items.preview", number=story.number)
    else:
        save, look = url_for("items.update", item_id=item.id), url_for("items.preview_changed", item_id=item.id)
    return draw(
        "releases/items/form.html", status, story=story, item=item, asked=asked, form=form, preview=shown,
        save_url=save, preview_url=look,
    )  # fmt: skip


def _shown(asked: Asked, values: Mapping[str, Any] | None, form: CatalogueForm, status: int) -> Shown:
    if status == 200 and values is not None:
        return _tried(asked, values)
    return Shown((), (), None, say("Fill in the form to see what results."))


def _tried(asked: Asked, values: Mapping[str, Any]) -> Shown:
    try:
        kind, operation, _name = drawn_up(session(), _wish(asked, values))
    except Refusal as refusal:
        return Shown((), (), None, refusal.reason)
    made = preview_of(session(), kind, operation, actor())
    return Shown(kind.compared(operation), _steps(kind, operation), made)


def story_by_id(story_id: int) -> Story:
    """The story that carries a setting."""
    found: Story = session().scalars(story_of_project(present_scope(), story_id)).one()
    return found


def _steps(kind: SettingKind, operation: Operation) -> Sequence[Mapping[str, Any]]:
    """The way through the stages as the shared component draws it."""
    return [
        {"name": label, "word": probability, "is_current": mine, "tone": "review" if mine else "neutral"}
        for label, probability, mine in kind.path(session(), operation)
    ]


def story_of(number: int, *, to_change: bool = False) -> Story:
    """The story of that number in this project; refused where it is put away and to be changed."""
    story = session().scalars(story_by_number(project_id=g.project.id, number=number)).one_or_none()
    if story is None:
        raise NotFound("story")
    if to_change and story.is_archived:
        raise Refusal(say("%(title)s is archived. Restore it first.", title=story.title))
    return story
