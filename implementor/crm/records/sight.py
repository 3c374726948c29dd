"""Kinds of records that are seen by more than their owner's reach, such as what is about other records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement

from implementor.foundation.permissions import Actor

Condition = Callable[[Any, Actor], ColumnElement[bool]]
"""Of a model (or an alias of it) and who looks."""


@dataclass(frozen=True)
class Sight:
    """Whose a record is (`own`), and what is seen by somebody whose reach is everything (`widest`)."""

    own: Condition
    widest: Condition


sights: dict[str, Sight] = {}
"""By kind of record; packages add theirs in contributions."""
