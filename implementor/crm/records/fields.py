"""The catalogue fields that every CRM record has: its owner, and when it was made and changed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import aliased

from implementor.auth.models import User
from implementor.exchange.origin import came_from
from implementor.foundation import live
from implementor.foundation.fields import Entity, Field, Kind, Scope
from implementor.foundation.matching import rows_lacking, rows_where
from implementor.foundation.model import Rows
from implementor.foundation.words import Phrase, say

RECORD = say("Record")
"""The group of what is noted about a record rather than of what it is about."""


def people_of_crm(_scope: Scope) -> Rows:
    """Everybody who can own a record: people who can sign in, by name."""
    return select(User.id, User.name).where(User.disabled_at.is_(None)).order_by(User.name_key, User.id)


def owner_field(model: Any, *, label: Phrase | None = None, group: Phrase | None = None) -> Field:
    """Who answers for a record."""
    owner = aliased(User, name=f"{model.__tablename__}_owner")
    return Field(
        "owner",
        Kind.REFERENCE,
        label or say("Owner"),
        model.owner_id,
        options=people_of_crm,
        shown=owner.name,
        join=lambda found: found.outerjoin(owner, owner.id == model.owner_id),
        is_person=True,
        filterable=True,
        groupable=True,
        bulk=True,
        group=group,
        begins=lambda scope: None if rules_give(model) else scope.actor.user_id,
    )


def rules_give(model: Any) -> bool:
    """Whether rules say who gets records of a kind, so that nobody is proposed."""
    return bool(live.present().shape(getattr(model, "__record_kind__", "")).assignments)


def asked_fields(entity: Entity) -> tuple[Field, Field]:
    """What lists of a kind can be asked besides its own fields."""
    return origin_field(entity.model), lacks_field(entity)


def lacks_field(entity: Entity) -> Field:
    """The filter for records that lack what rules need, by the numbers of the rules; lists only ask it."""
    return Field(
        "lacks",
        Kind.LINE,
        say("Lacks what a rule needs"),
        entity.model.id,
        hint=say("The number of a rule, as its page under Settings gives it."),
        editable=False,
        filterable=True,
        is_order=True,
        matches=lambda rules, scope: _lacking(entity, rules, scope),
    )


def _lacking(entity: Entity, rules: list[str], scope: Scope) -> ColumnElement[bool]:
    """The rows that do not meet any of these rules; rules over fields that are hidden from the reader find nothing."""
    found = [one for one in live.present().shape(entity.kind).needs if str(one.id) in rules]
    seen = [
        one
        for one in found
        if all(entity.shows(name, scope.actor) for name in (one.field, *(each.field for each in one.conditions)))
    ]
    return or_(
        false(), *(and_(rows_where(entity, one.conditions), rows_lacking(entity.fields[one.field])) for one in seen)
    )


def noted_fields(model: Any) -> tuple[Field, Field]:
    """When a record was made and last changed."""
    common: dict[str, Any] = {
        "editable": False, "filterable": True, "sortable": True, "nullable": False, "group": RECORD,
    }  # fmt: skip
    return (
        Field("created_at", Kind.MOMENT, say("Created"), model.created_at, **common),
        Field("updated_at", Kind.MOMENT, say("Changed"), model.updated_at, **common),
    )


def origin_field(model: Any) -> Field:
    """The filter for records that came from another system, or with an import; lists only ask it and never show it."""
    return Field(
        "came_from",
        Kind.LINE,
        say("Came from"),
        model.id,
        hint=say("The name of another system, an import by its number, such as import:12, or none."),
        editable=False,
        filterable=True,
        is_order=True,
        matches=lambda origins, _scope: came_from(model, origins),
    )
