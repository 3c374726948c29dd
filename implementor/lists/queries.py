"""How rows of a list, its groups and its saved views are found."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, case, func, or_, select

from implementor.foundation.fields import Entity, Field, Kind, Scope
from implementor.foundation.model import Column, Rows
from implementor.foundation.pages import SortKey
from implementor.foundation.permissions import Actor
from implementor.foundation.searchable import searchables
from implementor.foundation.statements import kept
from implementor.lists.models import PinnedView, SavedView
from implementor.lists.state import ListState


def raw_label(field: Field) -> str:
    """The name under which a row carries a field's stored value."""
    return f"raw_{field.name}"


def shown_label(field: Field) -> str:
    """The name under which a row carries a field's text for people."""
    return f"shown_{field.name}"


def currency_label(field: Field) -> str:
    """The name under which a row carries the currency of a field's amount."""
    return f"currency_{field.name}"


def rows_of_list(
    base: Rows,
    entity: Entity,
    fields: Sequence[Field],
    link_columns: Sequence[str],
    reader: Actor,
    *,
    ordered_by: Sequence[Field] = (),
) -> Rows:
    """The rows of a statement with only the columns that are shown; what it is `ordered_by` is within reach too.

    Records that a row points at are named only where the reader sees them.
    """
    statement = base.with_only_columns(
        entity.model.id.label("id"),
        entity.model.version.label("version"),
        entity.fields[entity.title_field].column.label("row_title"),
        *(getattr(entity.model, name).label(f"link_{name}") for name in link_columns),
        *(field.column.label(raw_label(field)) for field in fields),
        *(_shown(field, reader).label(shown_label(field)) for field in fields if field.shown is not None),
        *(_currency(field).label(currency_label(field)) for field in fields if field.currency_name is not None),
        maintain_column_froms=True,
    )
    for field in {field.name: field for field in (*fields, *ordered_by)}.values():
        if field.join is not None:
            statement = field.join(statement)
    return statement


def _shown(field: Field, reader: Actor) -> Column:
    """The name of what a field points at, none of what lies beyond the reader's reach."""
    assert field.shown is not None
    pointed = searchables.get(field.target or "")
    seen = None if pointed is None else pointed.visible_ids(reader)
    # `correlate(None)`: a record may point at another one of its own table
    return field.shown if seen is None else case((field.column.in_(seen.correlate(None)), field.shown))


def _currency(field: Field) -> Column:
    assert field.currency is not None
    assert not isinstance(field.currency, str)
    return field.currency


def matching(base: Rows, state: ListState, scope: Scope) -> Rows:
    """The statement narrowed to what the list asks for."""
    return base.where(state.filters.condition(state.entity, scope))


def order_of(state: ListState) -> list[SortKey]:
    """The keys of the list's order."""
    return order_by(state.entity, state.sort, state.descending, state.group)


def order_by(entity: Entity, sort: Field, descending: bool, group: Field | None) -> list[SortKey]:
    """The keys of an order: group first, then the sort, then the id."""
    keys = []
    if group is not None:
        keys.append(SortKey(_sort_column(group), nullable=group.nullable))
    keys.append(SortKey(_sort_column(sort), descending, sort.nullable))
    keys.append(SortKey(entity.unique_order, descending))
    return keys


def _sort_column(field: Field) -> Column:
    return field.sort_column if field.sort_column is not None else field.column


def group_sizes(base: Rows, group: Field) -> Rows:
    """How many rows each value of the grouping field has."""
    counted = base.with_only_columns(group.column, func.count(), maintain_column_froms=True)
    if group.join is not None and group.kind is not Kind.CHOICE:
        counted = group.join(counted)
    return counted.order_by(None).group_by(group.column)


@kept
def views_for(*, kind: str, scope: Scope) -> Rows:
    """Views of a list that a person owns or that are shared, with whether they pinned them."""
    return (
        select(SavedView, PinnedView.pinned_at)
        .outerjoin(PinnedView, (PinnedView.view_id == SavedView.id) & (PinnedView.user_id == scope.actor.user_id))
        .where(
            SavedView.entity_kind == kind,
            _of_place(scope),
            SavedView.archived_at.is_(None),
            or_(SavedView.owner_id == scope.actor.user_id, SavedView.shared_at.is_not(None)),
        )
        .order_by(SavedView.name, SavedView.id)
    )


def visible_view(*, view_id: int, scope: Scope) -> Rows:
    """A view of this place that the person owns or that is shared."""
    mine = SavedView.owner_id == scope.actor.user_id
    return select(SavedView).where(
        SavedView.id == view_id,
        SavedView.archived_at.is_(None),
        _of_place(scope),
        or_(mine, SavedView.shared_at.is_not(None)),
    )


def own_view(*, view_id: int, scope: Scope) -> Rows:
    """A view of this place that the person owns."""
    return visible_view(view_id=view_id, scope=scope).where(SavedView.owner_id == scope.actor.user_id)


def _of_place(scope: Scope) -> ColumnElement[bool]:
    return SavedView.project_id.is_(None) if scope.project_id is None else SavedView.project_id == scope.project_id
