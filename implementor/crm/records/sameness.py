"""How CRM records are recognised as one: the parts of the declaration that every kind has in common."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from implementor.crm.records import queries
from implementor.duplicates.sameness import Reachable
from implementor.foundation.access import Verb
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor


def reachable(model: Any) -> Reachable:
    """The ids of a model within an actor's reach; None where those are all."""

    def ids(actor: Actor, verb: Verb) -> Rows | None:
        if queries.reaches_all(model, actor, verb):
            return None
        found: Rows = select(model.id).where(queries.within(model, actor, verb))
        return found

    return ids
