"""Finding CRM records within what their reader may see: everybody's, the team's, their own, or none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    bindparam,
    cast,
    false,
    func,
    literal,
    null,
    or_,
    select,
    true,
)

from implementor.auth.queries import colleagues_of
from implementor.crm.records.sight import sights
from implementor.exchange.models import ExternalId
from implementor.foundation import live
from implementor.foundation.access import Reach, Verb
from implementor.foundation.asking import MOST_ASKED
from implementor.foundation.fields import Kind, Scope, entities
from implementor.foundation.model import Column, Rows
from implementor.foundation.permissions import Actor
from implementor.foundation.statements import at_most, kept


def within(model: Any, actor: Actor, verb: Verb = "see") -> ColumnElement[bool]:
    """The records of a model that lie within the actor's reach; commands without a person reach all.

    Whoever reaches everything of a kind with a `Sight` of its own reaches what that shows them; so does everybody who
    reaches any of a kind whose records nobody owns.
    """
    owner = getattr(model, "owner_id", None)
    kind = model.__record_kind__
    reach, sight = live.present().access.reach(actor, kind, verb), sights.get(kind)
    if reach is Reach.NONE:
        return false()
    if reach is Reach.ALL:
        return true() if sight is None else sight.widest(model, actor)
    if owner is None:
        return true() if sight is None else sight.widest(model, actor)
    own: ColumnElement[bool] = owner == actor.user_id if sight is None else sight.own(model, actor)
    return own if reach is Reach.OWN else or_(own, owner.is_(None), owner.in_(colleagues_of(actor.user_id)))


def reaches_all(model: Any, actor: Actor, verb: Verb = "see") -> bool:
    """Whether nothing of this kind is out of the actor's reach."""
    return within(model, actor, verb).compare(true())


def change_condition(model: Any, actor: Actor) -> ColumnElement[bool] | None:
    """The records that the actor may change; None where those are all."""
    return None if reaches_all(model, actor, "edit") else within(model, actor, "edit")


def records_in_use(model: Any, scope: Scope, verb: Verb = "see") -> Select[Any]:
    """The records that are neither put away nor merged into others."""
    found = select(model).where(model.archived_at.is_(None), within(model, scope.actor, verb))
    return found if _merged(model) is None else found.where(model.merged_into_id.is_(None))


def record_of(model: Any, scope: Scope, record_id: int, verb: Verb = "see") -> Select[Any]:
    """One record by id, also one that is put away."""
    found = select(model).where(model.id == record_id, within(model, scope.actor, verb))
    return found if _merged(model) is None else found.where(model.merged_into_id.is_(None))


def survivor_of(model: Any, scope: Scope, record_id: int) -> Rows:
    """The id of the record that another one was merged into, if the actor sees that."""
    if _merged(model) is None:
        return select(model.id).where(false())
    survivors = select(model.id).where(within(model, scope.actor))
    return select(model.merged_into_id).where(model.id == record_id, model.merged_into_id.in_(survivors))


def visible_ids(model: Any, actor: Actor) -> Rows | None:
    """The ids that the actor may see; None where those are all."""
    return None if reaches_all(model, actor) else select(model.id).where(within(model, actor))


def parent_is_visible(column: Column, parent: Any, scope: Scope, verb: Verb = "see") -> ColumnElement[bool]:
    """The condition that a part belongs to a record the actor sees, or may change."""
    if reaches_all(parent, scope.actor, verb):
        return true()
    return column.in_(select(parent.id).where(within(parent, scope.actor, verb)))


SPOKEN = (Kind.LINE, Kind.TEXT, Kind.MARKDOWN, Kind.EMAIL, Kind.PHONE, Kind.URL, Kind.MONEY)
"""Kinds of fields whose values stay out where they are hidden; days and states also say where a record stands."""


def readable(model: Any, actor: Actor, columns: Iterable[Any]) -> list[Any]:
    """These columns of a model, empty where their field is hidden from the actor."""
    fields = entities[model.__record_kind__].fields.values()
    hidden = {one.attribute for one in fields if one.kind in SPOKEN and not one.is_visible_to(actor)} - {"id"}
    return [cast(null(), one.type).label(one.key) if one.key in hidden else one for one in columns]


def titles_of(model: Any, title: Column, actor: Actor, ids: Iterable[int]) -> Rows:
    """Rows (id, title, project_key, number) of the records that the actor sees among these ids."""
    return select(
        model.id, title.label("title"), cast(null(), String).label("project_key"), literal(None).label("number")
    ).where(model.id.in_(list(ids)), within(model, actor))


def ids_above(model: Any, record_id: int) -> Select[int]:
    """A record's own id and the ids of all above it in its tree; a loop that should not be there ends all the same."""
    start = select(model.id, model.parent_id).where(model.id == record_id).cte("above", recursive=True)
    steps = start.union(select(model.id, model.parent_id).join(start, model.id == start.c.parent_id))
    return select(steps.c.id)


def bearing(kind: str, *, system: str, values: Iterable[str]) -> Select[ExternalId]:
    """The names in another system that are known for records of a kind."""
    return select(ExternalId).where(
        ExternalId.record_kind == kind, ExternalId.system == system, ExternalId.value.in_(list(values))
    )


def owned_counts(model: Any, is_open: Any, people: list[int]) -> Rows:
    """Rows (person, how many open records they own) of these people; those without any are left out."""
    owned = select(model.owner_id, func.count()).where(model.owner_id.in_(people), model.archived_at.is_(None), is_open)
    return (owned if _merged(model) is None else owned.where(model.merged_into_id.is_(None))).group_by(model.owner_id)


def names_elsewhere(kind: str, record_id: int) -> Select[ExternalId]:
    """What other systems call a record."""
    found = select(ExternalId).where(ExternalId.record_kind == kind, ExternalId.record_id == record_id)
    return found.order_by(ExternalId.system, ExternalId.value)


@kept
def names_on_page(kind: str) -> Rows:
    """Rows (id, system, value) of `names_elsewhere` of the record whose id is given as `record_id`."""
    found = names_elsewhere(kind, bindparam("record_id"))  # type: ignore[arg-type]  # given when it is asked
    return found.with_only_columns(ExternalId.id, ExternalId.system, ExternalId.value).limit(at_most(MOST_ASKED))


def name_elsewhere_of(kind: str, record_id: int, name_id: int) -> Select[ExternalId]:
    """One of the names that other systems have for a record."""
    return names_elsewhere(kind, record_id).where(ExternalId.id == name_id)


def _merged(model: Any) -> Any:
    return getattr(model, "merged_into_id", None)
