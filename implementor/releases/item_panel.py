"""The settings of a story as its page tells them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation import live
from implementor.foundation.asking import Asking
from implementor.foundation.panels import Data, Place
from implementor.foundation.words import Label, Phrase, say
from implementor.releases.coming import coming
from implementor.releases.item_catalogue import VERB_CHOICES
from implementor.releases.item_kinds import Operation
from implementor.releases.item_models import LIVE, ROLLED_BACK
from implementor.releases.item_queries import about_story
from implementor.releases.permissions import EDIT_ITEMS, VIEW_ITEMS
from implementor.releases.setting_kinds import setting_kind
from implementor.stories.models import Story

VERBS = {choice.key: choice.label for choice in VERB_CHOICES}


@dataclass(frozen=True)
class Line:
    """One setting: what it is, what changes of it, and how far it is."""

    id: int
    label: Label
    about: Phrase
    verb: str
    compared: Sequence[tuple[Phrase, str, str]]
    state: Phrase
    tone: str
    is_live: bool


def load_of_story(session: Session, place: Place) -> Asking[Data] | None:
    """The settings of the story whose page is shown."""
    if not place.actor.may(VIEW_ITEMS):
        return None
    story: Story = place.record
    asked = about_story(project_id=story.project_id, story_id=story.id)
    return Asking((asked,), lambda rows: _of_story(rows[0], story, place))


def _of_story(found: Sequence[Any], story: Story, place: Place) -> Data:
    may_edit = place.actor.may(EDIT_ITEMS) and not story.is_archived
    if not found and not may_edit:
        return None
    with live.living(coming(_operation(row) for row in found)):
        lines = [_line(row) for row in found]
    return {"lines": lines, "story_number": story.number, "may_edit": may_edit}


def _line(row: Any) -> Line:
    kind, operation = setting_kind(row.kind), _operation(row)
    about = say("%(verb)s: %(kind)s", verb=VERBS[row.verb], kind=kind.label if kind is not None else row.kind)
    compared = kind.compared(operation) if kind is not None else ()
    label = Label({"en": row.label_en, "es": row.label_es})
    state, tone = state_of(row.state, row.release_number, row.wave_number)
    return Line(row.id, label, about, row.verb, compared, state, tone, row.state == LIVE)


def _operation(row: Any) -> Operation:
    return Operation(row.kind, row.verb, row.target, row.before, row.after, row.answers or {})


def state_of(state: str, release_number: int | None, wave_number: int | None) -> tuple[Phrase, str]:
    """How far a setting is, in words, and the tone of it."""
    if state == LIVE:
        return say("Live since release %(number)s", number=release_number or 0), "ok"
    if state == ROLLED_BACK:
        return say("Rolled back"), "risk"
    if wave_number is not None:
        return say("In wave %(number)s", number=wave_number), "review"
    return say("Draft"), "neutral"
