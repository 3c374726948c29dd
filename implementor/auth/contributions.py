"""What auth adds to the floors below: who acts, its places in the navigation, and its kinds of record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Flask
from sqlalchemy import false, null, select

from implementor.auth import catalogue, current
from implementor.auth.models import Area, Team, User
from implementor.auth.permissions import MANAGE_AREAS, MANAGE_TEAMS, MANAGE_USERS
from implementor.foundation.lookup import Lookup, lookup
from implementor.foundation.permissions import SIGNED_IN, Actor
from implementor.foundation.records import RecordKind, record_kind
from implementor.foundation.text import clean_line, folded
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
    lookup(Lookup("user", _people_found, lambda ids, actor: _visible(User)(actor, ids)))
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


def _people_found(text: str, actor: Actor) -> Any:
    """People who may sign in, by any part of their name; there are few enough to look through."""
    nobody_asks = false() if not actor.is_signed_in else User.disabled_at.is_(None)
    rows = select(User.id, User.name.label("title"), null().label("hint")).where(nobody_asks)
    found = rows.where(User.name_key.contains(folded(clean_line(text)), autoescape=True)) if text else rows
    return found.order_by(User.name_key, User.id)


def _place(endpoint: str, value: str) -> Any:
    return lambda row: (endpoint, {value: row.id})
