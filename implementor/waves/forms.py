"""The forms of waves that are not made from the catalogue: moving a card, limits, closing, reporting an obstacle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session
from wtforms import HiddenField, IntegerField, SelectField

from implementor.foundation.fields import Scope
from implementor.governance.catalogue import OBSTACLE
from implementor.stories.statuses import status_choice
from implementor.waves.board import LIMITED
from implementor.waves.services import BACKLOG, DROP
from implementor.web.forms import CatalogueForm, CheckboxesField, Form, SelectChoice, form_class, say

STAY = ""
REPORTED = ("title", "kind", "severity", "owner_id", "technical_cause", "description")


class LimitField(IntegerField):
    """A number of stories from 1 to 999, or nothing."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed; the message is ours, so that it is said in the reader's language."""
        text = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if not text:
            return
        if not (text.isascii() and text.isdigit() and len(text) < 4 and int(text)):
            raise ValueError(str(say("A limit is a number from 1 to 999.")))
        self.data = int(text)


class MoveForm(Form):
    """Where a card goes: another column, another place in it, another wave."""

    card = HiddenField()
    version = HiddenField()
    status = SelectField(say("Column"))
    place = SelectField(
        say("Place in the column"),
        choices=[
            SelectChoice(STAY, say("Where it is")),
            SelectChoice("top", say("First")),
            SelectChoice("bottom", say("Last")),
        ],
    )
    wave = SelectField(say("Wave"))


def move_form(statuses: Iterable[str], waves: Sequence[Any], **present: Any) -> MoveForm:
    """The form for one card, with the statuses and the open waves it can go to."""
    form = MoveForm(data=present)
    form.status.choices = [SelectChoice(key, status_choice(key).label) for key in statuses]
    form.wave.choices = [
        SelectChoice(STAY, say("This wave")),
        *_waves(waves),
        SelectChoice(BACKLOG, say("Back to the backlog")),
    ]
    return form


def _waves(waves: Sequence[Any]) -> list[Any]:
    return [SelectChoice(str(wave.id), wave.name) for wave in waves]


def _label(status: str) -> Any:
    return status_choice(status).label


def limits_form(limits: Mapping[str, int]) -> Form:
    """One number for each column whose work in progress can have a limit; empty is none."""
    inputs: dict[str, Any] = {f"limit_{status}": LimitField(_label(status)) for status in LIMITED}
    made: type[Form] = type("LimitsForm", (Form,), inputs)
    return made(data={f"limit_{status}": limits.get(status) for status in LIMITED})


def close_form(unfinished: Sequence[Any], waves: Sequence[Any]) -> Form:
    """One decision for each unfinished story; nothing is decided beforehand."""
    ways = [
        SelectChoice("", say("Decide…")),
        *_waves(waves),
        SelectChoice(BACKLOG, say("Back to the backlog")),
        SelectChoice(DROP, say("Drop it")),
    ]
    inputs = {f"story_{story.id}": SelectField(story.title, choices=ways) for story in unfinished}
    made: type[Form] = type("CloseForm", (Form,), inputs)
    return made()


def report_form(
    stories: Sequence[tuple[int, str]], chosen: Sequence[int], scope: Scope, session: Session
) -> CatalogueForm:
    """An obstacle as people report it, with the stories of the wave that it holds up."""
    asked = form_class([OBSTACLE.fields[name] for name in REPORTED], scope, session)
    boxes = [SelectChoice(str(number), label) for number, label in stories]
    stories_field = CheckboxesField(say("Stories it holds up"), choices=boxes, coerce=int)
    made: type[CatalogueForm] = type("ReportForm", (asked,), {"stories": stories_field})
    return made(data={"stories": list(chosen), "severity": "medium"})
