"""What auth adds to the floors below: who acts, its places in the navigation, and its kinds of record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Flask
from sqlalchemy import null, select

from implementor.auth import catalogue, current
from implementor.auth.models import Area, Team, User
from implementor.auth.permissions import MANAGE_AREAS, MANAGE_TEAMS, MANAGE_USERS
from implementor.foundation.permissions import SIGNED_IN, Actor
from implementor.foundation.records import RecordKind, record_kind
from implementor.foundation.words import say
from implementor.web.navigation import NavItem, directory

SETTINGS = "settings"


def contribute(app: Flask) -> None:
    """Register everything; called once for each application."""
    current.install(app)
    places = directory(app)
    places.sections.setdefault(SETTINGS, say("Settings"))
    places.items += [
        NavItem(SETTINGS, say("My account"), "auth.account", SIGNED_IN, order=10),
        NavItem(SETTINGS, say("People"), "auth.list_people", MANAGE_USERS, order=20),
        NavItem(SETTINGS, say("Areas"), "auth.list_areas", MANAGE_AREAS, order=30),
        NavItem(SETTINGS, say("Teams"), "auth.list_teams", MANAGE_TEAMS, order=40),
    ]
    for entity, endpoint, value in (
        (catalogue.USER, "auth.show_person", "user_id"),
        (catalogue.AREA, "auth.edit_area", "area_id"),
        (catalogue.TEAM, "auth.show_team", "team_id"),
    ):
        record_kind(
            RecordKind(entity.kind, entity.label, entity.model, _visible(entity.model), _place(endpoint, value))
        )


def _visible(model: type[User] | type[Area] | type[Team]) -> Any:
    """Names of people, areas and teams are known to everybody who is signed in."""

    def rows(actor: Actor, ids: Iterable[int]) -> Any:
        title, nothing = model.name.label("title"), null()
        statement = select(model.id, title, nothing.label("project_key"), nothing.label("number"))
        wanted = list(ids) if actor.is_signed_in else []
        return statement.where(model.id.in_(wanted))

    return rows


def _place(endpoint: str, value: str) -> Any:
    return lambda row: (endpoint, {value: row.id})
