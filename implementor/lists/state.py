"""What a list's address says: filters, columns, order, grouping and place, and how to change one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from implementor.foundation.fields import Entity, Field, Scope
from implementor.foundation.filters import Filters, read_filters
from implementor.foundation.text import whole_number
from implementor.foundation.words import say

PAGE_SIZES = (25, 50, 100, 200)
FOLDS = ("filters", "columns")
"""What of the page around a list is read and drawn only for those who unfold it."""


@dataclass(frozen=True)
class ListState:
    """A list as its address describes it."""

    entity: Entity
    filters: Filters
    columns: tuple[Field, ...]
    sort: Field
    descending: bool
    group: Field | None
    after: str | None
    before: str | None
    size: int
    view_id: int | None
    visible: tuple[Field, ...]
    unfolded: tuple[str, ...]

    def params(self, **changes: Any) -> list[tuple[str, str]]:
        """The parameters of this list's address, with some of them changed (None leaves one out)."""
        present: dict[str, str | None] = {one.field.name: one.text for one in self.filters.chosen}
        present["q"] = self.filters.words or None
        present.update(self._arrangement())
        present.update({name: None if value is None else str(value) for name, value in changes.items()})
        return [(name, value) for name, value in present.items() if value]

    @property
    def arrangement(self) -> list[tuple[str, str]]:
        """The columns, order, groups and size of this list where they are not its own, as its address says them."""
        return [(name, value) for name, value in self._arrangement().items() if value]

    def _arrangement(self) -> dict[str, str | None]:
        present: dict[str, str | None] = {}
        names = tuple(column.name for column in self.columns)
        present["columns"] = ",".join(names) if names != self.entity.first_columns else None
        order = ("-" if self.descending else "") + self.sort.name
        present["sort"] = order if order != self.entity.first_sort else None
        present["group"] = self.group.name if self.group else None
        present["size"] = str(self.size) if self.size != PAGE_SIZES[1] else None
        return present

    def query(self, **changes: Any) -> str:
        """The query part of an address."""
        return urlencode(self.params(**changes))

    def sorted_by(self, field: Field) -> str:
        """The address that sorts by a column, the other way round when it already does."""
        turned = self.sort.name == field.name and not self.descending
        return self.query(sort=("-" if turned else "") + field.name)

    @property
    def is_hand_ordered(self) -> bool:
        """Whether the rows stand in the order that people gave them, so that they can be moved in it."""
        return self.sort.is_order and not self.descending and self.group is None

    @property
    def ordered_by(self) -> tuple[Field, ...]:
        """The fields whose order the rows stand in."""
        return (self.sort,) if self.group is None else (self.group, self.sort)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.filters.chosen or self.filters.words)


def read_state(entity: Entity, asked: Mapping[str, Sequence[str]], scope: Scope) -> ListState:
    """The list an address asks for; what it cannot mean falls back to the list's own beginning."""
    visible = {field.name: field for field in entity.visible_to(scope.actor)}
    shown = {field.name: field for field in visible.values() if field.is_shown}
    names: Sequence[str] = [name for text in asked.get("columns", ()) for name in text.split(",")]
    view_id = whole_number(_first(asked, "view"))
    # a view that names no columns was kept when its list began as the program ships it
    first = entity.first_columns if view_id is None else entity.default_columns
    columns = tuple(shown[name] for name in dict.fromkeys(names or first) if name in shown)
    order = _first(asked, "sort") or (entity.first_sort if view_id is None else entity.default_sort)
    sort, descending = _order(entity, visible, order)
    group = visible.get(_first(asked, "group"))
    size = whole_number(_first(asked, "size"))
    return ListState(
        entity=entity,
        filters=_filters(entity, visible, asked, scope),
        columns=columns or tuple(shown[name] for name in entity.default_columns if name in shown),
        sort=sort,
        descending=descending,
        group=group if group is not None and group.groupable else None,
        after=_first(asked, "after") or None,
        before=_first(asked, "before") or None,
        size=size if size in PAGE_SIZES else PAGE_SIZES[1],
        view_id=view_id,
        visible=tuple(visible.values()),
        unfolded=tuple(fold for fold in FOLDS if fold in asked.get("unfold", ())),
    )


def whole_address(entity: Entity, address: str) -> str:
    """The address of a list with the columns and the order that it leaves to the list as it begins now, where that is
    not as the program ships it: who keeps it means what they saw."""
    pairs = parse_qsl(address)
    said = {name for name, _value in pairs}
    own = {"columns": ",".join(entity.first_columns), "sort": entity.first_sort}
    shipped = {"columns": ",".join(entity.default_columns), "sort": entity.default_sort}
    return urlencode([*pairs, *((name, own[name]) for name in own if name not in said and own[name] != shipped[name])])


def _order(entity: Entity, visible: Mapping[str, Field], wanted: str) -> tuple[Field, bool]:
    """The order that is asked for and whether it is turned round, else the list's own, else that of what it shows."""
    for order in (wanted, entity.default_sort, entity.title_field):
        sort = visible.get(order.lstrip("-"))
        if sort is not None and sort.sortable:
            return sort, order.startswith("-")
    return next(one for one in visible.values() if one.sortable), False


def _filters(entity: Entity, visible: Mapping[str, Field], asked: Mapping[str, Sequence[str]], scope: Scope) -> Filters:
    """What the list is narrowed to; whatever is asked by a field that is hidden is left out and told."""
    found = read_filters(visible.values(), asked, scope)
    arranged = [
        name for part in ("sort", "group", "columns") for text in asked.get(part, ()) for name in text.split(",")
    ]
    names = {*(name for name, texts in asked.items() if any(texts)), *(name.lstrip("-") for name in arranged)}
    hidden = [one for one in entity.fields.values() if one.name in names - visible.keys()]
    told = tuple(say("%(field)s is hidden from you and was left out.", field=one.label) for one in hidden)
    return replace(found, faults=(*found.faults, *told), is_wider=any(any(asked.get(one.name, ())) for one in hidden))


def _first(asked: Mapping[str, Sequence[str]], name: str) -> str:
    values = asked.get(name) or ("",)
    return values[0]
