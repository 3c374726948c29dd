"""What stands around a record: lists of other kinds that upper packages contribute to its page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from implementor.crm.records import queries
from implementor.crm.records.kinds import CrmKind, crm_kinds
from implementor.foundation.extension import is_key
from implementor.foundation.fields import Scope
from implementor.foundation.words import Phrase, say
from implementor.lists.cells import Cell, cell_of_row
from implementor.lists.queries import rows_of_list

SHOWN = 5


@dataclass(frozen=True)
class Around:
    """Records of `kind` that belong to a record of another kind.

    `condition` says which, for the id of that record. `filter_name` is the field of the list that shows them all,
    filled with the id. `show` are the fields beside the title. `new_field` is the field of the form for a new one that
    the id fills (the filter's by default; an empty text offers none).
    """

    kind: str
    label: Phrase
    condition: Callable[[int], ColumnElement[bool]]
    filter_name: str
    show: tuple[str, ...]
    new_field: str | None = None
    order: int = 50

    @property
    def fills(self) -> str:
        """The field of a new record that points back, or nothing."""
        return self.filter_name if self.new_field is None else self.new_field


@dataclass(frozen=True)
class AroundRow:
    """One record: its id, its title and what stands beside it."""

    id: int
    title: str
    url: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class AroundGroup:
    """The newest records of one contribution."""

    declared: Around
    kind: CrmKind
    rows: Sequence[AroundRow]
    has_more: bool


_contributed: dict[str, dict[str, Around]] = defaultdict(dict)


def around(of_kind: str, declared: Around) -> None:
    """Contribute a list to the pages of a kind; the same one twice changes nothing."""
    _contributed[of_kind][f"{declared.kind}.{declared.filter_name}"] = declared


def around_of(session: Session, of_kind: str, record_id: int, scope: Scope) -> list[AroundGroup]:
    """The lists around a record that the actor may see, one statement each."""
    declared = sorted((*_contributed[of_kind].values(), *_linking(of_kind, scope)), key=lambda one: one.order)
    return [_group(session, one, record_id, scope) for one in declared if scope.actor.may(crm_kinds[one.kind].may_view)]


def _linking(of_kind: str, scope: Scope) -> Iterator[Around]:
    """The records that name it in a field of their own kind's, where lists are filtered by that."""
    for kind, declared in crm_kinds.items():
        for field in declared.entity.fields.values():
            if field.target == of_kind and is_key(field.name) and field.filterable and field.is_visible_to(scope.actor):
                label = say("%(kind)s: %(field)s", kind=declared.entity.label_plural, field=field.label)
                yield Around(kind, label, field.column.__eq__, field.name, (), new_field="", order=90)


def _group(session: Session, one: Around, record_id: int, scope: Scope) -> AroundGroup:
    kind = crm_kinds[one.kind]
    model = kind.entity.model
    fields = [kind.entity.fields[name] for name in one.show if kind.entity.fields[name].is_visible_to(scope.actor)]
    base = queries.records_in_use(model, scope).where(one.condition(record_id))
    newest = rows_of_list(base, kind.entity, fields, (), scope.actor).order_by(model.id.desc())
    found = session.execute(newest.limit(SHOWN + 1)).all()
    rows = [
        AroundRow(row.id, str(row.row_title), kind.url(row.id), tuple(cell_of_row(row, each) for each in fields))
        for row in found[:SHOWN]
    ]
    return AroundGroup(one, kind, rows, len(found) > SHOWN)
