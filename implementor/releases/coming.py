"""The configuration with the fields that settings are still to bring, so that others can be about these already."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from implementor.foundation import live
from implementor.foundation.live import LiveConfiguration
from implementor.releases import item_queries as queries
from implementor.releases.item_kinds import Operation
from implementor.releases.kinds.own_fields import OwnField


def coming(operations: Iterable[Operation]) -> LiveConfiguration:
    """What is live, with every field that these operations add."""
    configuration = live.present()
    for operation in operations:
        if operation.kind == OwnField.key and operation.verb == "add":
            configuration = OwnField().shaped(configuration, operation)
    return configuration


def coming_in(session: Session, *, project_id: int, but: int | None = None) -> LiveConfiguration:
    """What is live, with the fields that settings of a project are to add; `but` is one that does not count."""
    waiting = session.scalars(queries.items_to_come(project_id=project_id))
    return coming(item.operation for item in waiting if item.id != but)
