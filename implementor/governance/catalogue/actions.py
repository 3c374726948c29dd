"""What the fields of an action item are."""

from __future__ import annotations

from sqlalchemy import ColumnElement

from implementor.foundation.fields import Entity, Field, Kind, entity
from implementor.foundation.words import say
from implementor.governance.catalogue.shared import due_field, ended_field, number_field, opened_field, owner_field
from implementor.governance.models import ActionItem

ENDED = say("What came of it")


def _holds(words: str) -> ColumnElement[bool]:
    return ActionItem.title.icontains(words, autoescape=True)


ACTION_ITEM = entity(
    Entity(
        kind="action_item",
        label=say("Action item"),
        label_plural=say("Action items"),
        model=ActionItem,
        default_columns=("number", "title", "owner_id", "due_on", "opened_at", "done_at"),
        default_sort="due_on",
        title_field="title",
        unique_order=ActionItem.id,
        search=_holds,
    )
)
if not ACTION_ITEM.fields:
    ACTION_ITEM.declare(
        (
            number_field(ActionItem),
            Field("title", Kind.LINE, say("What is to be done"), ActionItem.title, required=True, sortable=True,
                  nullable=False, width="wide"),
            owner_field(ActionItem, label=say("Who does it"), hint=say("Left empty, whoever writes it down.")),
            due_field(ActionItem, say("Due on")),
            Field("description", Kind.MARKDOWN, say("Description"), ActionItem.description, longest=20000,
                  width="wide"),
            opened_field(ActionItem),
            ended_field("done_at", say("Done"), ActionItem.done_at, ENDED),
            Field("result", Kind.TEXT, say("Result"), ActionItem.result, editable=False, longest=5000, group=ENDED),
        )
    )  # fmt: skip
