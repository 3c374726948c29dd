"""Selects of rates, opening hours, service levels and clocks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from implementor.calendars.models import (
    RUNNING,
    BaseCurrency,
    BusinessCalendar,
    CurrencyRate,
    SlaClock,
    SlaPolicy,
    SlaPolicyVersion,
)
from implementor.foundation.model import Rows

Clocks = Select[SlaClock]

# --- currencies -----------------------------------------------------------------------------------------------------


def base_currency() -> Select[BaseCurrency]:
    """The row that names the base currency, if somebody chose one."""
    return select(BaseCurrency).where(BaseCurrency.place == 1)


def base_currency_code() -> Select[str]:
    """The code of the base currency, if somebody chose one."""
    return select(BaseCurrency.currency).where(BaseCurrency.place == 1)


def newest_rate(*, currency: str, base: str, day: date) -> Select[CurrencyRate]:
    """The newest rate of a currency that is not after the day."""
    return (
        select(CurrencyRate)
        .where(CurrencyRate.base == base, CurrencyRate.currency == currency, CurrencyRate.rated_on <= day)
        .order_by(CurrencyRate.rated_on.desc())
        .limit(1)
    )


def newest_rates(*, base: str, day: date) -> Select[CurrencyRate]:
    """For every currency its newest rate that is not after the day, in the order of the codes."""
    latest = (
        select(CurrencyRate.currency, func.max(CurrencyRate.rated_on).label("rated_on"))
        .where(CurrencyRate.base == base, CurrencyRate.rated_on <= day)
        .group_by(CurrencyRate.currency)
        .subquery()
    )
    return (
        select(CurrencyRate)
        .join(latest, (latest.c.currency == CurrencyRate.currency) & (latest.c.rated_on == CurrencyRate.rated_on))
        .where(CurrencyRate.base == base)
        .order_by(CurrencyRate.currency)
    )


def rates_of_currency(*, currency: str, base: str) -> Rows:
    """Rows (day, rate, when it was entered) of a currency; the page orders them."""
    return select(CurrencyRate.rated_on, CurrencyRate.rate, CurrencyRate.updated_at).where(
        CurrencyRate.base == base, CurrencyRate.currency == currency
    )


def rates_between(*, base: str, currencies: Iterable[str], first: date, last: date) -> Select[CurrencyRate]:
    """The rates of these currencies on days from first to last."""
    return select(CurrencyRate).where(
        CurrencyRate.base == base,
        CurrencyRate.currency.in_(sorted(currencies)),
        CurrencyRate.rated_on.between(first, last),
    )


# --- opening hours --------------------------------------------------------------------------------------------------


def calendars(*, with_archived: bool = False) -> Select[BusinessCalendar]:
    """Business calendars by name."""
    statement = select(BusinessCalendar).order_by(BusinessCalendar.name_key, BusinessCalendar.id)
    return statement if with_archived else statement.where(BusinessCalendar.archived_at.is_(None))


def calendar_by_id(calendar_id: int) -> Select[BusinessCalendar]:
    """The business calendar of that id."""
    return select(BusinessCalendar).where(BusinessCalendar.id == calendar_id)


def calendars_to_choose() -> Select[int, str]:
    """(id, name) of the calendars in use, by name."""
    return (
        select(BusinessCalendar.id, BusinessCalendar.name)
        .where(BusinessCalendar.archived_at.is_(None))
        .order_by(BusinessCalendar.name_key, BusinessCalendar.id)
    )


def policies_on_calendar(calendar_id: int) -> Select[str]:
    """Names of the service levels in use that count by a calendar."""
    return (
        select(SlaPolicy.name)
        .where(SlaPolicy.calendar_id == calendar_id, SlaPolicy.archived_at.is_(None))
        .order_by(SlaPolicy.name_key)
    )


# --- service levels -------------------------------------------------------------------------------------------------


def policies(*, record_kind: str | None = None, with_archived: bool = False) -> Select[SlaPolicy]:
    """Service levels with their calendars, in the order in which they are tried."""
    statement = select(SlaPolicy).options(selectinload(SlaPolicy.calendar))
    if record_kind is not None:
        statement = statement.where(SlaPolicy.record_kind == record_kind)
    if not with_archived:
        statement = statement.where(SlaPolicy.archived_at.is_(None))
    return statement.order_by(SlaPolicy.record_kind, SlaPolicy.position, SlaPolicy.id)


def policy_by_id(policy_id: int) -> Select[SlaPolicy]:
    """The service level of that id, with its calendar."""
    return select(SlaPolicy).options(selectinload(SlaPolicy.calendar)).where(SlaPolicy.id == policy_id)


def version_of_terms(*, policy_id: int, fingerprint: str) -> Select[SlaPolicyVersion]:
    """The kept version of a policy with exactly these terms."""
    return select(SlaPolicyVersion).where(
        SlaPolicyVersion.policy_id == policy_id, SlaPolicyVersion.fingerprint == fingerprint
    )


# --- clocks ---------------------------------------------------------------------------------------------------------


def clocks_of_records(*, record_kind: str, record_ids: Iterable[int]) -> Select[SlaClock]:
    """Clocks of some records with their terms, oldest first: one statement for a whole list."""
    return (
        select(SlaClock)
        .options(selectinload(SlaClock.terms_version))
        .where(SlaClock.record_kind == record_kind, SlaClock.record_id.in_(list(record_ids)))
        .order_by(SlaClock.record_id, SlaClock.id)
    )


def open_clocks(*, record_kind: str, record_id: int, names: Iterable[str] | None = None) -> Select[SlaClock]:
    """Clocks of one record for which something is still to be done, with their terms."""
    statement = clocks_of_records(record_kind=record_kind, record_ids=[record_id]).where(
        SlaClock.met_at.is_(None), SlaClock.cancelled_at.is_(None)
    )
    return statement if names is None else statement.where(SlaClock.name.in_(list(names)))


def open_clocks_of_policy(policy_id: int) -> Select[SlaClock]:
    """Every open clock that counts by any version of a policy."""
    return (
        select(SlaClock)
        .options(selectinload(SlaClock.terms_version))
        .join(SlaPolicyVersion, SlaPolicyVersion.id == SlaClock.version_id)
        .where(SlaPolicyVersion.policy_id == policy_id, SlaClock.met_at.is_(None), SlaClock.cancelled_at.is_(None))
        .order_by(SlaClock.id)
    )


def overdue(at: datetime) -> Select[SlaClock]:
    """Running clocks whose time is up, the longest overdue first."""
    return (
        select(SlaClock).where(SlaClock.state == RUNNING, SlaClock.due_at < at).order_by(SlaClock.due_at, SlaClock.id)
    )


def nearly_due(at: datetime) -> Select[SlaClock]:
    """Running clocks that reached the moment of their warning and had none."""
    return (
        select(SlaClock)
        .where(SlaClock.state == RUNNING, SlaClock.warned_at.is_(None), SlaClock.warn_at <= at)
        .order_by(SlaClock.warn_at, SlaClock.id)
    )


def next_due(record_kind: str) -> Rows:
    """(record id, earliest due moment) of records of a kind with a running clock, to join lists with."""
    return (
        select(SlaClock.record_id, func.min(SlaClock.due_at).label("due_at"))
        .where(SlaClock.record_kind == record_kind, SlaClock.state == RUNNING)
        .group_by(SlaClock.record_id)
    )
