"""Putting a record's page together from its sheet: fields in their groups, ready to read and to edit in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import g
from sqlalchemy import ScalarSelect, bindparam
from sqlalchemy.orm import Session

from implementor.foundation.asking import ask
from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.fields import Field, Scope
from implementor.foundation.model import Rows
from implementor.foundation.statements import kept
from implementor.foundation.words import Phrase, say
from implementor.lists.cells import Cell, cell_of_row
from implementor.lists.queries import rows_of_list
from implementor.lists.sheets import Sheet
from implementor.web.guard import actor


class OnlyToLookAt(Refusal):
    """The record may be seen by whoever asks, but not changed."""


@dataclass(frozen=True)
class RecordPage:
    """A record as its page shows it; `cells` by field name."""

    sheet: Sheet
    id: int
    version: int
    url: str
    cells: dict[str, Cell]
    is_archived: bool
    scope: Scope
    is_changeable: bool = True
    named: str = ""

    @property
    def title(self) -> str:
        """What the record is called."""
        return self.named or str(self.sheet.entity.label)

    def groups(self, names: Sequence[str] | None = None) -> list[tuple[Phrase | None, list[Cell]]]:
        """The cells of these fields (all by default), gathered under their group's label in catalogue order."""
        gathered: dict[str, tuple[Phrase | None, list[Cell]]] = {}
        for name, cell in self.cells.items():
            if names is None or name in names:
                key = cell.field.group.message if cell.field.group else ""
                gathered.setdefault(key, (cell.field.group, []))[1].append(cell)
        return list(gathered.values())

    def may_edit(self, field: Field) -> bool:
        """Whether the reader may change this field here."""
        person = self.scope.actor
        return (
            self.is_changeable
            and not self.is_archived
            and person.may(self.sheet.may_edit)
            and field.is_editable_by(person)
        )


def present_scope() -> Scope:
    """The scope of this request: its project, if it is in one, and its actor."""
    project = g.get("project")
    return Scope(project.id if project is not None else None, actor())


def record_page(session: Session, sheet: Sheet, scope: Scope, record_id: int) -> RecordPage:
    """Read a record for its page in one statement; `NotFound` outside the scope."""
    fields = tuple(sheet.entity.shown_to(scope.actor))
    row = _one(session, sheet, _statement(sheet, scope, fields, None), {"record_id": record_id})
    return _drawn(row, sheet, scope, fields)


def record_and_page(
    session: Session, sheet: Sheet, scope: Scope, found: ScalarSelect[int], **values: Any
) -> tuple[RecordPage, Any]:
    """The page of a record and the record itself in one statement; `found`, which is kept, gives its id by `values`."""
    fields = tuple(sheet.entity.shown_to(scope.actor))
    row = _one(session, sheet, _statement(sheet, scope, fields, found), values)
    return _drawn(row, sheet, scope, fields), row[-1]


def address_of(session: Session, sheet: Sheet, scope: Scope, record_id: int) -> str:
    """Where a record's page is, for who may see it; a new one is asked under the write lock, so only this is read."""
    row = ask(session, _whereabouts(sheet, scope), {"record_id": record_id}).one_or_none()
    if row is None:
        raise NotFound(sheet.entity.kind)
    return str(sheet.record_url(row))


@kept
def _whereabouts(sheet: Sheet, scope: Scope) -> Rows:
    record_id: Any = bindparam("record_id")
    return rows_of_list(sheet.record(scope, record_id), sheet.entity, (), sheet.link_columns, scope.actor)


@kept
def _statement(sheet: Sheet, scope: Scope, fields: tuple[Field, ...], found: ScalarSelect[int] | None) -> Rows:
    """The statement of a record's page; without `found` it is asked with `record_id`."""
    if found is None:
        return _of_record(sheet, scope, fields, bindparam("record_id"))
    return _of_record(sheet, scope, fields, found).add_columns(sheet.entity.model)


def _of_record(sheet: Sheet, scope: Scope, fields: Sequence[Field], record_id: Any) -> Rows:
    statement = rows_of_list(sheet.record(scope, record_id), sheet.entity, fields, sheet.link_columns, scope.actor)
    archived = getattr(sheet.entity.model, "archived_at", None)
    if archived is not None:
        statement = statement.add_columns(archived.label("link_archived_at"))
    if sheet.may_change is not None:
        statement = statement.add_columns(sheet.may_change(scope).label("link_may_change"))
    return statement


def _one(session: Session, sheet: Sheet, statement: Rows, values: Mapping[str, Any]) -> Any:
    row = session.execute(statement, values).one_or_none()
    if row is None:
        raise NotFound(sheet.entity.kind)
    return row


def _drawn(row: Any, sheet: Sheet, scope: Scope, fields: Sequence[Field]) -> RecordPage:
    return RecordPage(
        sheet,
        row.id,
        row.version,
        sheet.record_url(row),
        {field.name: cell_of_row(row, field) for field in fields},
        hasattr(sheet.entity.model, "archived_at") and row.link_archived_at is not None,
        scope,
        sheet.may_change is None or bool(row.link_may_change),
        str(row.row_title or ""),
    )


def loaded(session: Session, sheet: Sheet, scope: Scope, record_id: int) -> Any:
    """The record itself, to change it; `NotFound` outside the scope, a refusal where it may only be looked at."""
    statement = sheet.record(scope, record_id)
    if sheet.may_change is not None:
        statement = statement.add_columns(sheet.may_change(scope))
    row = session.execute(statement).one_or_none()
    if row is None:
        raise NotFound(sheet.entity.kind)
    if sheet.may_change is not None and not row[1]:
        title = getattr(row[0], sheet.entity.title_field, None) or sheet.entity.label
        reason = say("%(title)s is somebody else's to change. Ask its owner, or a manager.", title=title)
        raise OnlyToLookAt((sheet.why_not(row[0]) if sheet.why_not is not None else None) or reason)
    return row[0]
