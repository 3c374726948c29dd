"""One page of what happened in a project: actions with the record they are about, narrowed as the reader asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from implementor.foundation.pages import SortKey, page_of
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordKind, RecordRef, kinds
from implementor.foundation.words import Phrase, speech
from implementor.history import queries
from implementor.history.models import Action, Change
from implementor.history.services import may_undo
from implementor.history.wording import entity_of, sentence_of, sentence_on_record

ON_A_PAGE = 50
VERBS = ("created", "changed", "removed")


@dataclass(frozen=True)
class Narrowing:
    """What the reader wants to see of it; None for everything."""

    kind: str | None = None
    person: int | None = None
    verb: str | None = None
    day: date | None = None

    def applied(self, statement: Select[Action]) -> Select[Action]:
        """The actions that fit. A day is one in the reader's time zone."""
        if self.kind or self.verb:
            statement = statement.where(queries.touching(self.kind, self.verb))
        if self.person is not None:
            statement = statement.where(Action.actor_id == self.person)
        if self.day is not None:
            start = datetime.combine(self.day, time(), speech().zone)
            end = datetime.combine(self.day + timedelta(days=1), time(), speech().zone)
            statement = statement.where(Action.at >= start.astimezone(UTC), Action.at < end.astimezone(UTC))
        return statement


@dataclass(frozen=True)
class Line:
    """One action as the page shows it. `title` and `place` (view name and values) are of the record it is about."""

    action: Action
    sentence: Phrase
    kind_label: Phrase | None
    title: str | None
    place: tuple[str, dict[str, Any]] | None
    may_undo: bool


@dataclass(frozen=True)
class Lines:
    """Lines, newest first, and the cursors beside them."""

    rows: list[Line]
    next: str | None
    previous: str | None


def lines_of_project(
    session: Session,
    project_id: int,
    narrowing: Narrowing,
    *,
    by: Actor,
    at: datetime,
    after: str | None = None,
    before: str | None = None,
) -> Lines:
    """One page; the number of statements depends on the kinds of records only, not on rows."""
    statement = narrowing.applied(queries.actions_of_project(project_id=project_id))
    order = [SortKey(Action.id.expression, descending=True)]
    page = page_of(session, statement, order_by=order, limit=ON_A_PAGE, after=after, before=before)
    actions = [row[0] for row in page.rows]
    about = {change.action_id: change for change in session.scalars(queries.first_changes(action_ids=_ids(actions)))}
    found = _records(session, by, [about[one.id] for one in actions if one.record_count == 1 and one.id in about])
    lines = [_line(one, about.get(one.id), found, by, at) for one in actions]
    return Lines(lines, page.next, page.previous)


def _ids(actions: list[Action]) -> list[int]:
    return [action.id for action in actions]


def _records(session: Session, by: Actor, changes: list[Change]) -> dict[tuple[str, int], Any]:
    """Rows of (id, title, ...) for the records that the reader may see, one statement per kind."""
    found = {}
    wanted = [ref for ref in map(_about, changes) if ref is not None]
    for name in sorted({ref.kind for ref in wanted} & kinds.keys()):
        ids = {ref.id for ref in wanted if ref.kind == name}
        found.update({(name, row[0]): row for row in session.execute(kinds[name].visible(by, sorted(ids)))})
    return found


def _about(change: Change) -> RecordRef | None:
    """The record that a change is about: its own, or the one to which a comment or a part belongs."""
    if change.record_kind in kinds:
        return RecordRef(change.record_kind, change.record_id)
    values = {**(change.before or {}), **(change.after or {})}
    if values.get("about_kind") and values.get("about_id"):
        return RecordRef(values["about_kind"], values["about_id"])
    owners = (key.removesuffix("_id") for key, value in values.items() if key.endswith("_id") and value is not None)
    return next((RecordRef(kind, values[f"{kind}_id"]) for kind in owners if kind in kinds and kind != "project"), None)


def _line(action: Action, change: Change | None, found: dict[tuple[str, int], Any], by: Actor, at: datetime) -> Line:
    about = _about(change) if change is not None else None
    kind: RecordKind | None = kinds.get(about.kind) if about is not None else None
    row = found.get((about.kind, about.id)) if about is not None else None
    address: Callable[[Any], tuple[str, dict[str, Any]]] | None = kind.endpoint_values if kind else None
    return Line(
        action,
        _sentence(action, change, by),
        kind.label if kind else None,
        row[1] if row is not None else None,
        address(row) if address is not None and row is not None else None,
        may_undo(action, by=by, at=at),
    )


def _sentence(action: Action, change: Change | None, by: Actor) -> Phrase:
    """What was done; an unnamed change of one record names the fields."""
    if change is None or action.record_count != 1 or change.verb != "changed":
        return sentence_of(action)
    entity = entity_of(change.record_kind)
    changed = {*(change.before or {}), *(change.after or {})}
    labels = (
        [field.label for field in entity.visible_to(by) if field.attribute in changed and not field.part_of]
        if entity is not None
        else []
    )
    return sentence_on_record(action, [change], labels)
