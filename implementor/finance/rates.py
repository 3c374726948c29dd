"""What currencies are worth on a day, for whole reports: turned into one another, or named where that cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from implementor.calendars.exchange_rates import converted
from implementor.calendars.services.rates import base_currency, rates_on
from implementor.foundation.words import Phrase, say


@dataclass(frozen=True)
class Rates:
    """What currencies are worth on a day, against one base."""

    known: Mapping[str, Decimal]

    def missing(self, currencies: Iterable[str], other: str) -> tuple[str, ...]:
        """Of these currencies, those that cannot be turned into another."""
        foreign = {one for one in currencies if one != other}
        lost = {one for one in foreign if one not in self.known}
        return tuple(sorted(lost | ({other} if foreign and other not in self.known else set())))

    def convert(self, minor: int, currency: str, other: str) -> int:
        """Minor units in another currency, rounded once."""
        return converted(minor, currency, other, self.known)


def known_rates(session: Session, on: date) -> Rates:
    """The newest rates that are not after a day; two statements."""
    return Rates(rates_on(session, on, base=base_currency(session)))


def no_rate(missing: Iterable[str], currency: str) -> Phrase:
    """Why amounts cannot be added up, and the way out."""
    return say(
        "Amounts cannot be added up in %(currency)s: there is no exchange rate of %(missing)s for this day. "
        "A CRM administrator enters it under Settings, Currencies.",
        currency=currency, missing=", ".join(missing),
    )  # fmt: skip
