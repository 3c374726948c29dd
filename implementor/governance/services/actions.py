"""What can happen to action items: written down, changed, done, taken up again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.words import Phrase, say
from implementor.governance.models import ActionItem
from implementor.governance.place import InProject
from implementor.governance.services.links import link_records
from implementor.governance.services.owners import owner_or_self, refuse_stranger
from implementor.governance.services.reasons import sentence
from implementor.history.services import name_action
from implementor.projects.services import take_numbers

TEXTS = ("description",)


class ActionIsDone(Refusal):
    """There is nothing left to do about it."""


class ActionIsOpen(Refusal):
    """It was not done yet."""


def assign_action(
    session: Session, project: InProject, *, title: str, by: Actor, at: datetime, owner: int | None = None,
    due: date | None = None, description: str = "", came_from: RecordRef | None = None,
) -> ActionItem:  # fmt: skip
    """Give somebody something to do for another record's sake; `owner` is the id of a person of the project."""
    values = {"title": title, "owner_id": owner, "due_on": due, "description": description}
    item = write_action(session, project_id=project.id, values=values, by=by, at=at)
    if came_from is not None:
        here = RecordRef("action_item", item.id)
        link_records(session, project_id=project.id, record=here, relation="came_from", other=came_from)
    return item


def write_action(
    session: Session, *, project_id: int, values: Mapping[str, Any], by: Actor, at: datetime
) -> ActionItem:
    """Write down what is to be done. `values` are catalogue values; without an owner it is whoever writes."""
    refuse_stranger(session, project_id, values.get("owner_id"))
    item = ActionItem(project_id=project_id, opened_at=at, opened_by_id=by.user_id)
    _set(item, values)
    item.owner_id = item.owner_id or owner_or_self(session, project_id, by.user_id)
    item.number = take_numbers(session, project_id=project_id, of="action")
    session.add(item)
    _name(session, item, "action_item.write", say("Wrote down the action item %(title)s", title=item.title))
    session.flush()
    return item


def edit_action(session: Session, item: ActionItem, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Describe it anew, or give it to somebody else. Raises ActionIsDone."""
    if not item.is_open:
        raise ActionIsDone(say("%(title)s is done. Take it up again to change it.", title=item.title))
    if "owner_id" in values and values["owner_id"] != item.owner_id:
        refuse_stranger(session, item.project_id, values["owner_id"])
    _set(item, values)
    _name(session, item, "action_item.edit", say("Changed the action item %(title)s", title=item.title))
    session.flush()


def finish_action(session: Session, item: ActionItem, *, result: str, by: Actor, at: datetime) -> None:
    """Say what came of it. Raises ActionIsDone, or InvalidInput without a word."""
    if not item.is_open:
        raise ActionIsDone(say("%(title)s is done already.", title=item.title))
    item.result = sentence(result, field="result", missing=say("Say in a sentence what came of it."))
    item.done_at, item.done_by_id = at, by.user_id
    _name(session, item, "action_item.finish", say("Finished the action item %(title)s", title=item.title))
    session.flush()


def resume_action(session: Session, item: ActionItem, *, by: Actor, at: datetime) -> None:
    """It is to be done after all; the earlier result stays in its history. Raises ActionIsOpen."""
    if item.is_open:
        raise ActionIsOpen(say("%(title)s is open.", title=item.title))
    item.result = item.done_at = item.done_by_id = None
    _name(session, item, "action_item.resume", say("Took the action item %(title)s up again", title=item.title))
    session.flush()


def _set(item: ActionItem, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(item, name, value or "" if name in TEXTS else value)


def _name(session: Session, item: ActionItem, verb: str, summary: Phrase) -> None:
    name_action(session, summary, verb=verb, project_id=item.project_id)
