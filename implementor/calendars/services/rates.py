"""The base currency and the rates of the others: choosing, entering, and looking up what counted on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from implementor.calendars import queries
from implementor.calendars.countries import country_of
from implementor.calendars.exchange_rates import Quotation, converted, sound_currency, sound_rate
from implementor.calendars.models import BaseCurrency, CurrencyRate
from implementor.foundation.conventions import Conventions
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.money import currency_codes
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say, say_n
from implementor.history.services import name_action

ONE = Decimal(1)
FIRST_DAY = date(1970, 1, 1)


class NoRate(Refusal):
    """Nobody entered a rate of this currency for that day or before."""


def base_currency(session: Session) -> str:
    """The currency that totals are in: the chosen one, else the usual one."""
    chosen = session.scalars(queries.base_currency()).one_or_none()
    return chosen.currency if chosen is not None else Conventions().currency


def conventions_of(currency: str | None) -> Conventions:
    """What follows from the base currency that somebody chose (None: nobody did): amounts without a currency are in
    it, and telephone numbers without a country are of the one whose money it is."""
    if currency is None:
        return Conventions()
    return Conventions(currency, country_of(currency) or Conventions().country)


def rate_on(session: Session, currency: str, day: date) -> Decimal:
    """What one unit of a currency is worth in the base currency: the newest rate not after the day. Raises NoRate."""
    return _rate_against(session, base_currency(session), currency, day)


def rates_on(session: Session, day: date, *, base: str | None = None) -> dict[str, Decimal]:
    """The rates of all currencies that have one on a day, the base currency's 1 among them; for whole reports.

    `base` is the base currency where it is known already.
    """
    base = base or base_currency(session)
    return {base: ONE} | {row.currency: row.rate for row in session.scalars(queries.newest_rates(base=base, day=day))}


def convert(session: Session, minor: int, currency: str, other: str, *, day: date) -> int:
    """Minor units of an amount in another currency at the rates of a day, rounded once. Raises NoRate."""
    if currency == other:
        return minor
    base = base_currency(session)
    rates = {code: _rate_against(session, base, code, day) for code in (currency, other)}
    return converted(minor, currency, other, rates)


def choose_base_currency(session: Session, currency: str, *, by: Actor, at: datetime) -> None:
    """Have totals in this currency from now on; rates entered against another one wait until it is chosen again."""
    if currency not in currency_codes():
        raise InvalidInput({"currency": say("Choose a currency from the list.")})
    name_action(session, say("The base currency is %(currency)s", currency=currency))
    chosen = session.scalars(queries.base_currency()).one_or_none()
    if chosen is None:
        session.add(BaseCurrency(currency=currency))
    else:
        chosen.currency = currency
    session.flush()


def enter_rate(
    session: Session, *, currency: str, rated_on: date, rate: Decimal, by: Actor, at: datetime
) -> CurrencyRate:
    """Keep what a currency is worth in the base currency from a day on; a rate of the same day is replaced."""
    base = base_currency(session)
    quotation = Quotation(sound_currency(currency, base), rated_on, sound_rate(rate))
    name_action(session, say("Exchange rate of %(currency)s", currency=quotation.currency))
    return _keep(session, base, quotation, at)


def enter_rates(session: Session, quotations: Sequence[Quotation], *, by: Actor, at: datetime) -> int:
    """Keep many rates at once, the last one where two are of one day; returns how many are new or changed."""
    base = base_currency(session)
    wanted = {(one.currency, one.rated_on): one for one in quotations}
    for one in wanted.values():
        _check_day(one.rated_on, at)
    days = [day for _currency, day in wanted]
    statement = queries.rates_between(
        base=base, currencies={currency for currency, _day in wanted}, first=min(days), last=max(days)
    )
    known = {(row.currency, row.rated_on): row for row in session.scalars(statement)}
    changed = [one for key, one in wanted.items() if key not in known or known[key].rate != one.rate]
    name_action(session, say_n("Entered %(count)s exchange rate", "Entered %(count)s exchange rates", len(changed)))
    for one in changed:
        row = known.get((one.currency, one.rated_on))
        if row is None:
            session.add(CurrencyRate(currency=one.currency, base=base, rated_on=one.rated_on, rate=one.rate))
        else:
            row.rate = one.rate
    session.flush()
    return len(changed)


def _keep(session: Session, base: str, quotation: Quotation, at: datetime) -> CurrencyRate:
    _check_day(quotation.rated_on, at)
    day, currency = quotation.rated_on, quotation.currency
    found = session.scalars(queries.rates_between(base=base, currencies=[currency], first=day, last=day)).one_or_none()
    if found is None:
        found = CurrencyRate(currency=currency, base=base, rated_on=day, rate=quotation.rate)
        session.add(found)
    found.rate = quotation.rate
    session.flush()
    return found


def _check_day(day: date, at: datetime) -> None:
    if day < FIRST_DAY or (day - at.date()).days > 366:
        raise InvalidInput({"rated_on": say("Choose a day from 1970 to a year from now.")})


def _rate_against(session: Session, base: str, currency: str, day: date) -> Decimal:
    if currency == base:
        return ONE
    found = session.scalars(queries.newest_rate(currency=currency, base=base, day=day)).one_or_none()
    if found is None:
        raise _no_rate(currency, base, day)
    return found.rate


def _no_rate(currency: str, base: str, day: date) -> NoRate:
    return NoRate(
        say(
            "There is no exchange rate of %(currency)s to %(base)s for %(day)s. "
            "A CRM administrator enters it under Settings, Currencies.",
            currency=currency,
            base=base,
            day=day.isoformat(),
        )
    )
