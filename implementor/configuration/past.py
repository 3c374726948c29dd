"""The configuration as it was at an earlier moment: what is stored now, with later changes taken back in memory."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, inspect, select
from sqlalchemy.orm import Session

from implementor.configuration.models import Configured
from implementor.foundation.model import Model
from implementor.history.encoding import encoded_values
from implementor.history.models import Action, Change

Values = Mapping[str, Any]
OF_RELEASES = ("release.apply", "release.roll_back")


@cache
def configured() -> Mapping[str, type[Any]]:
    """The kinds of rows that make up the configuration, by their name in history."""
    models: list[Any] = [mapper.class_ for mapper in Model.registry.mappers]
    return {model.__record_kind__: model for model in models if issubclass(model, Configured)}


def changes_after(moment: datetime) -> Select[Change]:
    """What was done to the configuration after a moment, the latest first."""
    found = select(Change).where(Change.record_kind.in_(sorted(configured())), Change.at > moment)
    return found.order_by(Change.id.desc())


def edits_by_hand(since: datetime, *, limit: int = 20) -> Select[Action]:
    """What people changed of the configuration after a moment outside of any release, the latest first."""
    touched = select(Change.action_id).where(Change.record_kind.in_(sorted(configured())), Change.at > since)
    found = select(Action).where(Action.id.in_(touched), Action.verb.not_in(OF_RELEASES))
    return found.order_by(Action.id.desc()).limit(limit)


def as_it_was(session: Session, moment: datetime) -> dict[str, dict[int, dict[str, Any]]]:
    """Kind -> id -> values in their stored form of every row that was there at a moment.

    What a newer program brought in is not history, so words that were never touched are shown as they are now.
    """
    rows = {kind: _rows(session, model, moment) for kind, model in configured().items()}
    for change in session.scalars(changes_after(moment)):
        of_kind = rows[change.record_kind]
        if change.verb == "created":
            of_kind.pop(change.record_id, None)
        elif change.verb == "removed":
            of_kind[change.record_id] = dict(change.before or {})
        elif change.record_id in of_kind:
            of_kind[change.record_id].update(change.before or {})
    return rows


def _rows(session: Session, model: type[Any], moment: datetime) -> dict[int, dict[str, Any]]:
    names = [attribute.key for attribute in inspect(model).column_attrs]
    found = session.scalars(select(model).where(model.created_at <= moment))
    return {row.id: encoded_values({name: getattr(row, name) for name in names}) for row in found}
