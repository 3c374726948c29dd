"""The fields of people, areas and teams, for lists, forms and exports."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import aliased

from implementor.auth import queries
from implementor.auth.models import Area, Team, User
from implementor.foundation.fields import Entity, Field, Kind, Options, Scope, entity
from implementor.foundation.text import folded
from implementor.foundation.words import Phrase, say

PARENT, HEAD, TEAM_AREA, MANAGER = aliased(Area), aliased(User), aliased(Area), aliased(User)


def people_on_offer(_scope: Scope) -> Any:
    """A Select of (id, name) of everybody who may sign in."""
    return queries.people_to_choose()


def areas_on_offer(_scope: Scope) -> Any:
    """A Select of (id, name) of the areas in use."""
    return queries.areas_to_choose()


def _found_in(*columns: Any) -> Any:
    def search(words: str) -> ColumnElement[bool]:
        return or_(*(column.contains(folded(words), autoescape=True) for column in columns))

    return search


def _name(column: Any, key: Any) -> Field:
    return Field(
        "name", Kind.LINE, say("Name"), column, required=True, longest=120, sortable=True, sort_column=key,
        nullable=False,
    )  # fmt: skip


def _reference(name: str, label: Phrase, column: Any, other: Any, options: Options, **more: Any) -> Field:
    """A field that points at a row of the alias `other` and is shown and sorted by its name."""

    def join(statement: Any) -> Any:
        return statement.outerjoin(other, other.id == column)

    return Field(
        name, Kind.REFERENCE, label, column, options=options, shown=other.name, join=join, filterable=True,
        sortable=True, sort_column=other.name_key, **more,
    )  # fmt: skip


def _person(name: str, label: Phrase, column: Any, other: Any) -> Field:
    return _reference(name, label, column, other, people_on_offer, personal=True, is_person=True)


def _area(name: str, label: Phrase, column: Any, other: Any) -> Field:
    return _reference(name, label, column, other, areas_on_offer, groupable=True)


USER = entity(
    Entity(
        "user", say("Person"), say("People"), User, ("name", "email", "language"), "name", "name",
        User.id.expression, _found_in(User.name_key, User.email_key),
    )
)  # fmt: skip
AREA = entity(
    Entity(
        "area", say("Area"), say("Areas"), Area, ("name", "parent_id", "head_id"), "name", "name",
        Area.id.expression, _found_in(Area.name_key),
    )
)  # fmt: skip
TEAM = entity(
    Entity(
        "team", say("Team"), say("Teams"), Team, ("name", "area_id", "manager_id"), "name", "name",
        Team.id.expression, _found_in(Team.name_key),
    )
)  # fmt: skip
USER.declare(
    (
        _name(User.name.expression, User.name_key.expression),
        Field("email", Kind.LINE, say("E-mail"), User.email.expression, required=True, longest=254, personal=True),
        Field("language", Kind.LINE, say("Language"), User.language.expression, editable=False, filterable=True),
        Field("time_zone", Kind.LINE, say("Time zone"), User.time_zone.expression, editable=False),
        Field("disabled_at", Kind.MOMENT, say("Disabled"), User.disabled_at.expression, editable=False),
    )
)
AREA.declare(
    (
        _name(Area.name.expression, Area.name_key.expression),
        _area("parent_id", say("Part of"), Area.parent_id.expression, PARENT),
        _person("head_id", say("Head"), Area.head_id.expression, HEAD),
        Field("archived_at", Kind.MOMENT, say("Archived"), Area.archived_at.expression, editable=False),
    )
)
TEAM.declare(
    (
        _name(Team.name.expression, Team.name_key.expression),
        _area("area_id", say("Area"), Team.area_id.expression, TEAM_AREA),
        _person("manager_id", say("Manager"), Team.manager_id.expression, MANAGER),
        Field("archived_at", Kind.MOMENT, say("Archived"), Team.archived_at.expression, editable=False),
    )
)
