"""What a contact's consents amount to, purpose by purpose, as their page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.consents import permissions, queries
from implementor.crm.consents.models import CHANNELS
from implementor.crm.consents.standing import Standing, standing_on
from implementor.crm.consents.vocabulary import choice_of, label_of
from implementor.foundation.asking import Asking
from implementor.foundation.choices import Choice
from implementor.foundation.local_days import local_day
from implementor.foundation.panels import Data, Place
from implementor.foundation.words import Phrase


@dataclass(frozen=True)
class Position:
    """Where a contact stands on one purpose and the channels that share it (none named: all of them)."""

    purpose: Phrase | str
    channels: tuple[Phrase | str, ...]
    standing: Standing

    @property
    def status(self) -> Choice | None:
        return choice_of("status", self.standing.status)

    @property
    def said(self) -> Any:
        return self.standing.said


def positions(said: Sequence[Any], on: date) -> list[Position]:
    """One position for each purpose and each word that counts on a day, purposes by name."""
    found = []
    for purpose in sorted({one.purpose for one in said}, key=lambda key: str(label_of("purpose", key))):
        mine = [one for one in said if one.purpose == purpose]
        by_word: dict[int, tuple[Standing, list[str]]] = {}
        for channel in CHANNELS:
            standing = standing_on(mine, channel, on)
            if standing.said is not None:
                by_word.setdefault(standing.said.id, (standing, []))[1].append(channel)  # type: ignore[attr-defined]
        for standing, channels in by_word.values():
            shown = () if len(channels) == len(CHANNELS) else tuple(label_of("channel", one) for one in channels)
            found.append(Position(label_of("purpose", purpose), shown, standing))
    return found


def panel_of(session: Session, place: Place) -> Asking[Data] | None:
    """The positions of the contact on whose page we are."""
    if not place.actor.may(permissions.VIEW):
        return None
    today, contact_id = local_day(place.at), place.record.id
    asked = queries.consents_on_page(), {"record_id": contact_id}
    return Asking((asked,), lambda rows: {"contact_id": contact_id, "positions": positions(rows[0], today)})
