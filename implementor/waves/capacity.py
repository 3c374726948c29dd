"""Who has time in a wave: people and placeholders with their days, points and hours, and what all of them carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class PersonRoom:
    """A person or placeholder in a wave."""

    key: str
    user_id: int | None
    name: str
    profile: str
    days: Decimal
    points: Decimal | None
    hours: Decimal
    over: Decimal


@dataclass(frozen=True)
class WaveCapacity:
    """What a wave can carry."""

    points: Decimal | None
    source: str
    days: Decimal
    people: tuple[PersonRoom, ...]
    hours_by_profile: Mapping[str, Decimal]
