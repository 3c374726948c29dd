"""What people changed of the configuration by hand since a moment, which the next release has to know of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, select

from implementor.configuration.models import Configured
from implementor.foundation.model import Model
from implementor.history.models import Action, Change

OF_RELEASES = ("release.apply", "release.roll_back")


@cache
def configured() -> Mapping[str, type[Any]]:
    """The kinds of rows that make up the configuration, by their name in history."""
    models: list[Any] = [mapper.class_ for mapper in Model.registry.mappers]
    return {model.__record_kind__: model for model in models if issubclass(model, Configured)}


def edits_by_hand(since: datetime, *, limit: int = 20) -> Select[Action]:
    """What people changed of the configuration after a moment outside of any release, the latest first."""
    touched = select(Change.action_id).where(Change.record_kind.in_(sorted(configured())), Change.at > since)
    found = select(Action).where(Action.id.in_(touched), Action.verb.not_in(OF_RELEASES))
    return found.order_by(Action.id.desc()).limit(limit)
