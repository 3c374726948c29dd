"""Telling every process that the configuration is another one now."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import case, update
from sqlalchemy.orm import Session

from implementor.configuration.models import ConfigurationVersion
from implementor.configuration.queries import ONE


def restamp(session: Session) -> None:
    """Let every process read the configuration anew, though nobody changed it."""
    values = {"stamp": str(uuid4())}
    session.connection().execute(update(ConfigurationVersion).where(ConfigurationVersion.id == ONE).values(**values))


def bump(
    session: Session, *, at: datetime, by_id: int | None, action_id: int | None, shipped: str | None = None
) -> None:
    """Write a new stamp, and a new number unless the same action got one already.

    It is a Core statement, so that it may run inside a flush.
    """
    number = ConfigurationVersion.number
    same = ConfigurationVersion.action_id == action_id
    values: dict[str, Any] = {
        "stamp": str(uuid4()), "number": case((same, number), else_=number + 1),
        "at": at, "by_id": by_id, "action_id": action_id,
    }  # fmt: skip
    if shipped is not None:
        values["shipped"] = shipped
    session.connection().execute(update(ConfigurationVersion).where(ConfigurationVersion.id == ONE).values(**values))
