"""The columns of a board: which cards stand in each, their points, and whether the limit is passed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from implementor.foundation.fields import Choice
from implementor.foundation.text import folded
from implementor.stories.statuses import STATUSES

ALWAYS = ("planned", "doing", "review", "validated")
"""Columns that are there even when they are empty."""
LIMITED = ("planned", "doing", "review")
"""Columns whose work in progress can have a limit."""


@dataclass(frozen=True)
class Breach:
    """Since when a column holds more than its limit, and by whose doing."""

    on: date
    by_name: str | None


@dataclass(frozen=True)
class Column:
    """One status with its cards; `count` and `points` are of all its cards, `cards` are those the filter leaves."""

    status: Choice
    cards: Sequence[Any]
    count: int
    points: Decimal
    limit: int | None = None
    breach: Breach | None = None

    @property
    def is_over(self) -> bool:
        """Whether more cards stand here than the limit says."""
        return self.limit is not None and self.count > self.limit


@dataclass(frozen=True)
class CardFilter:
    """Which cards to show: of an owner, of an area, with all the words; None and no words leave everything."""

    owner_id: int | None = None
    area_id: int | None = None
    words: str = ""

    @property
    def is_on(self) -> bool:
        """Whether it hides anything."""
        return self.owner_id is not None or self.area_id is not None or bool(self.words)

    def lets(self, card: Any) -> bool:
        """Whether a card stays."""
        if self.owner_id is not None and card.owner_id != self.owner_id:
            return False
        if self.area_id is not None and card.area_id != self.area_id:
            return False
        text = folded(f"{card.number} {card.title}")
        return all(word in text for word in folded(self.words).split())


def columns_of(
    cards: Iterable[Any], chosen: CardFilter, limits: Mapping[str, int], breaches: Mapping[str, Breach]
) -> list[Column]:
    """The columns to draw, in the order of a story's life; `cards` in the order of their ranks."""
    by_status: dict[str, list[Any]] = {}
    for card in cards:
        by_status.setdefault(card.status, []).append(card)
    return [
        _column(status, by_status.get(status.key, []), chosen, limits.get(status.key), breaches.get(status.key))
        for status in STATUSES
        if status.key in ALWAYS or status.key in by_status
    ]


def _column(
    status: Choice, cards: Sequence[Any], chosen: CardFilter, limit: int | None, breach: Breach | None
) -> Column:
    shown = [card for card in cards if chosen.lets(card)] if chosen.is_on else cards
    return Column(status, shown, len(cards), points_of(cards), limit, breach)


def points_of(cards: Iterable[Any]) -> Decimal:
    """The sum of the points that are known."""
    return sum((card.points for card in cards if card.points is not None), Decimal(0))


def people_on(cards: Iterable[Any]) -> list[tuple[int, str]]:
    """Owners of the cards, by name."""
    return sorted({(card.owner_id, card.owner) for card in cards if card.owner_id is not None}, key=lambda one: one[1])


def areas_on(cards: Iterable[Any]) -> list[tuple[int, str]]:
    """Areas of the cards, by name."""
    return sorted({(card.area_id, card.area) for card in cards if card.area_id is not None}, key=lambda one: one[1])
