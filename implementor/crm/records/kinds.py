"""Declaring a kind of CRM record: one statement puts its list, record page, links and undo in place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import Flask, url_for
from sqlalchemy import Select, false, literal, select
from sqlalchemy.orm import Session

from implementor.crm.records import queries, services
from implementor.crm.records.documents import searched
from implementor.crm.records.fields import asked_fields
from implementor.crm.records.importing import finder_of
from implementor.crm.records.names import show_names
from implementor.exchange.records.declaring import finders
from implementor.foundation.access import Defaults, govern
from implementor.foundation.extensible import may_have_fields
from implementor.foundation.fields import Entity, Scope
from implementor.foundation.lookup import Lookup, begins_with, lookup
from implementor.foundation.measures import measurable
from implementor.foundation.model import Column, Rows
from implementor.foundation.permissions import Actor, Permission
from implementor.foundation.records import RecordKind, record_kind
from implementor.foundation.searchable import searchable
from implementor.foundation.words import Phrase
from implementor.history.restoring import Restore, Restorer, undoable
from implementor.lists.sheets import Change, Create, Sheet, sheet
from implementor.web.navigation import Directory, NavItem, Shortcut, directory


@dataclass(frozen=True)
class CrmKind:
    """A kind of CRM record.

    `plural` is its blueprint and the last part of its address (/crm/PLURAL). `reach` is how far each role goes until
    somebody changes it. `create` and `change` default to what the catalogue says; `restore` takes care of what an undo
    must obey. `searched` are the attributes whose text is found besides the title; personal data stays out of it.
    `known_elsewhere`: the page shows what other systems call the record.
    `is_subject`: people talk, meet and promise about such records, and their page takes it down.
    `empty_text` says what the list is for where it is empty. `keys` lead to the list, such as `g a`. `found` selects
    (id, title, hint) of what begins with a text, best first; by default what the title's key begins with, told apart
    by `hint`.
    """

    entity: Entity
    plural: str
    may_view: Permission
    may_edit: Permission
    new_label: Phrase
    empty_text: Phrase
    order: int
    reach: Defaults
    create: Create | None = None
    change: Change | None = None
    restore: Restore | None = None
    keys: str = ""
    searched: tuple[str, ...] = ()
    link_columns: tuple[str, ...] = ()
    in_navigation: bool = True
    found: Callable[[str, Actor], Rows] | None = None
    hint: Column | None = None
    is_subject: bool = False
    known_elsewhere: bool = False

    @property
    def kind(self) -> str:
        return self.entity.kind

    def url(self, record_id: int) -> str:
        """The page of a record."""
        return url_for(f"{self.plural}.show", record_id=record_id)


@dataclass(frozen=True)
class CrmPart:
    """Rows that belong to one record of a kind, such as the telephones of a contact, edited on its page.

    `parent` is the field of the part that points at its record; who may see that may see the part.
    `show` are the columns of the table on the record's page; the one that says what page that is stays out.
    `shown_with` is the field of the record that sums these parts up: who does not see it sees none of them.
    `is_open` says of a record's page whether its parts are still written there.
    `also_of` are further kinds whose pages show their parts, by kind: the field that points at such a record.
    """

    entity: Entity
    parent_kind: str
    parent: str
    new_label: Phrase
    show: tuple[str, ...]
    order: int = 50
    create: Create | None = None
    change: Change | None = None
    restore: Restore | None = None
    order_by: tuple[Column, ...] = field(default_factory=tuple)
    also_of: Mapping[str, str] = field(default_factory=dict)
    is_open: Callable[[Any], bool] = lambda _page: True
    shown_with: str = ""

    def is_shown_to(self, actor: Actor) -> bool:
        """Whether the reader sees such parts of the records that they see."""
        field = crm_kinds[self.parent_kind].entity.fields.get(self.shown_with)
        return field is None or field.is_visible_to(actor)

    def pointer(self, kind: str) -> str | None:
        """The field that points at records of a kind on whose pages it stands; None for other kinds."""
        return self.parent if kind == self.parent_kind else self.also_of.get(kind)


crm_kinds: dict[str, CrmKind] = {}
crm_parts: dict[str, CrmPart] = {}


def crm_kind(app: Flask, declared: CrmKind) -> CrmKind:
    """Put a kind in its place; called from a package's contributions."""
    crm_kinds[declared.kind] = declared
    entity, model = declared.entity, declared.entity.model
    if "came_from" not in entity.fields:
        entity.declare(asked_fields(entity))
    govern(declared.kind, declared.reach)
    measurable(entity)
    may_have_fields(declared.kind, model)
    sheet(
        Sheet(
            entity=entity,
            base=lambda scope: queries.records_in_use(model, scope),
            record=lambda scope, record_id: queries.record_of(model, scope, record_id),
            record_url=lambda row: declared.url(row.id),
            index_url=lambda: url_for(f"{declared.plural}.index"),
            may_view=declared.may_view,
            may_edit=declared.may_edit,
            create=declared.create or _create(entity),
            change=declared.change or _change(entity),
            link_columns=declared.link_columns,
            new_label=declared.new_label,
            may_change=lambda scope: queries.within(model, scope.actor, "edit"),
        )
    )
    title = entity.fields[entity.title_field].column
    record_kind(
        RecordKind(
            entity.kind, entity.label, model,
            lambda actor, ids: queries.titles_of(model, title, actor, ids),
            lambda row: (f"{declared.plural}.show", {"record_id": row.id}),
        )
    )  # fmt: skip
    undoable[entity.kind] = Restorer(model, declared.restore)
    _make_findable(declared)
    _navigate(directory(app), declared)
    if declared.known_elsewhere:
        show_names(entity.kind)
    return declared


def _make_findable(declared: CrmKind) -> None:
    """Let records be found by searching, by forms and by files that name them."""
    entity = declared.entity
    searchable(searched(entity, declared.searched, declared.may_view))
    lookup(Lookup(entity.kind, declared.found or _found(declared), _titles(declared), declared.url))
    finders.setdefault(entity.kind, finder_of(entity))


def _navigate(found: Directory, declared: CrmKind) -> None:
    """Lead to the list from the navigation and by keys."""
    label, endpoint = declared.entity.label_plural, f"{declared.plural}.index"
    if declared.in_navigation:
        found.items.append(NavItem("crm", label, endpoint, declared.may_view, order=declared.order))
    if declared.keys:
        found.shortcuts.append(Shortcut(declared.keys, label, endpoint))


def _found(declared: CrmKind) -> Callable[[str, Actor], Rows]:
    """Records in use whose title begins with a text, by title."""
    model = declared.entity.model
    title = declared.entity.fields[declared.entity.title_field]
    key = title.column if title.sort_column is None else title.sort_column

    def search(text: str, actor: Actor) -> Rows:
        seen = queries.readable(model, actor, () if declared.hint is None else (declared.hint,))
        hint = seen[0] if seen else literal(None)
        found = queries.records_in_use(model, Scope(None, actor)).where(begins_with(key, text))
        return found.with_only_columns(model.id, title.column, hint).order_by(key, model.id)

    return search


def _titles(declared: CrmKind) -> Callable[[Sequence[int], Actor], Rows]:
    """Rows (id, title) of the records that the actor sees among these ids, archived ones too."""
    model = declared.entity.model
    title = declared.entity.fields[declared.entity.title_field].column

    def titles(ids: Sequence[int], actor: Actor) -> Rows:
        return select(model.id, title).where(model.id.in_(list(ids)), queries.within(model, actor))

    return titles


def crm_part(declared: CrmPart) -> CrmPart:
    """Put a kind of part in its place on the page of its records."""
    crm_parts[declared.entity.kind] = declared
    parent = crm_kinds[declared.parent_kind]
    entity, model = declared.entity, declared.entity.model
    column: Any = entity.fields[declared.parent].column
    sheet(
        Sheet(
            entity=entity,
            base=lambda scope: _parts(declared, column, parent, scope).where(model.archived_at.is_(None)),
            record=lambda scope, part_id: _parts(declared, column, parent, scope).where(model.id == part_id),
            record_url=lambda row: parent.url(getattr(row, f"link_{column.key}")),
            index_url=lambda: url_for(f"{parent.plural}.index"),
            may_view=parent.may_view,
            may_edit=parent.may_edit,
            create=declared.create or _create_part(declared),
            change=declared.change or _change_part(declared),
            link_columns=(column.key,),
            new_label=declared.new_label,
            may_change=lambda scope: queries.parent_is_visible(column, parent.entity.model, scope, "edit"),
        )
    )
    undoable[entity.kind] = Restorer(model, declared.restore)
    return declared


def _parts(declared: CrmPart, column: Any, parent: CrmKind, scope: Scope) -> Select[Any]:
    """The parts of records that the actor sees; none where they are hidden with the field that sums them up."""
    found = select(declared.entity.model)
    if not declared.is_shown_to(scope.actor):
        return found.where(false())
    return found.where(queries.parent_is_visible(column, parent.entity.model, scope))


def _create(entity: Entity) -> Create:
    def create(session: Session, scope: Scope, values: dict[str, Any], by: Actor, at: datetime) -> Any:
        return services.new_record(session, entity, values, by=by, at=at)

    return create


def _create_part(declared: CrmPart) -> Create:
    def create(session: Session, scope: Scope, values: dict[str, Any], by: Actor, at: datetime) -> Any:
        find_parent(session, declared, scope, values)
        return services.new_record(session, declared.entity, values, by=by, at=at)

    return create


def _change_part(declared: CrmPart) -> Change:
    parent, entity = crm_kinds[declared.parent_kind].entity, declared.entity
    attribute = entity.fields[declared.parent].attribute

    def change(session: Session, record: Any, values: dict[str, Any], by: Actor, at: datetime) -> None:
        for parent_id in {getattr(record, attribute), values.get(declared.parent, getattr(record, attribute))}:
            services.found_to_change(session, parent, parent_id, by, field=declared.parent)
        services.change_record(session, entity, record, values, by=by, at=at)

    return change


def find_parent(session: Session, declared: CrmPart, scope: Scope, values: dict[str, Any]) -> Any:
    """The record that a new part is to belong to. Raises InvalidInput where the actor may not change that record."""
    parent = crm_kinds[declared.parent_kind]
    return services.found_to_change(
        session, parent.entity, values.get(declared.parent), scope.actor, field=declared.parent
    )


def _change(entity: Entity) -> Change:
    def change(session: Session, record: Any, values: dict[str, Any], by: Actor, at: datetime) -> None:
        services.change_record(session, entity, record, values, by=by, at=at)

    return change


def visible_rows(kind: str) -> Callable[[Scope], Rows]:
    """The (id, title) rows of a kind that may be pointed at, by title."""
    declared = crm_kinds[kind]
    title = declared.entity.fields[declared.entity.title_field].column

    def rows(scope: Scope) -> Rows:
        model = declared.entity.model
        return queries.records_in_use(model, scope).with_only_columns(model.id, title).order_by(title, model.id)

    return rows
