"""A kind of record that the shared pages show: list, form, search by name, history, undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for

from implementor.audiences import permissions
from implementor.audiences.queries.records import titles_of
from implementor.audiences.services.records import change_record, restore_record, write_record
from implementor.foundation.fields import Entity
from implementor.foundation.permissions import Permission
from implementor.foundation.records import RecordKind, record_kind
from implementor.foundation.words import Phrase
from implementor.governance.queries.records import in_scope, in_use
from implementor.history.restoring import Restorer, undoable
from implementor.lists.sheets import Sheet, sheet


@dataclass(frozen=True)
class Shown:
    """A kind with its pages: the view names of one and of many, and who reads and writes it."""

    entity: Entity
    one: str
    many: str
    new_label: Phrase
    may_view: Permission = permissions.VIEW
    may_edit: Permission = permissions.EDIT
    blueprint: str = "audiences"

    @property
    def model(self) -> Any:
        """The table."""
        return self.entity.model

    def endpoint(self, name: str) -> str:
        """A view of this kind's pages."""
        return f"{self.blueprint}.{name}"


def declare_shown(shown: Shown, *, titles: Any = None, **more: Any) -> None:
    """Make a kind known to lists, records, history and undo; `more` goes to its sheet. Twice changes nothing."""
    model, kind = shown.model, shown.entity.kind
    asked = {
        "base": in_use(model),
        "record": in_scope(model),
        "change": lambda of, record, values, by, at: change_record(of, record, values, by=by, at=at),
        "create": lambda of, scope, values, by, at: write_record(
            of, model, project_id=scope.project_id or 0, values=values, by=by, at=at
        ),
        **more,
    }
    sheet(
        Sheet(
            entity=shown.entity,
            record_url=lambda row: url_for(shown.endpoint(shown.one), record_id=row.id),
            index_url=lambda: url_for(shown.endpoint(shown.many)),
            may_view=shown.may_view,
            may_edit=shown.may_edit,
            new_label=shown.new_label,
            **asked,
        )
    )
    address = _address(shown.endpoint(shown.one))
    record_kind(RecordKind(kind, shown.entity.label, model, titles or titles_of(model), address))
    undoable[kind] = Restorer(model, restore_record, shown.may_edit)


def _address(endpoint: str) -> Callable[[Any], tuple[str, dict[str, Any]]]:
    return lambda row: (endpoint, {"project_key": row.project_key, "record_id": row.id})
