"""Tables of exchange rates, opening hours, service levels and the clocks that count against them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import uuid4

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from implementor.auth.models import Named
from implementor.calendars.opening_hours import OpeningHours, week_from_json
from implementor.foundation.model import Archivable, Model, Record, Scaled, table_args
from implementor.foundation.words import Label

RATE_PLACES = 12
RUNNING, PAUSED, MET, BREACHED, CANCELLED = "running", "paused", "met", "breached", "cancelled"
STATES = (RUNNING, PAUSED, MET, BREACHED, CANCELLED)
_IN_USE, _COUNTS = text("archived_at IS NULL"), text("state = 'running'")
_NOT_WARNED = text("state = 'running' AND warned_at IS NULL")
_NOT_ENDED = text("met_at IS NULL AND cancelled_at IS NULL")


class BaseCurrency(Record):
    """The currency that totals of the installation are in; one row, once somebody chose."""

    __tablename__ = "base_currency"
    __record_kind__: ClassVar[str] = "base_currency"
    __table_args__ = table_args(
        UniqueConstraint("place"),
        CheckConstraint("place = 1", name="only_one"),
        CheckConstraint("length(currency) = 3", name="currency"),
    )

    place: Mapped[int] = mapped_column(Integer, default=1)
    currency: Mapped[str]


class CurrencyRate(Record):
    """What one unit of a currency was worth in another from a day on, until the next rate."""

    __tablename__ = "currency_rate"
    __record_kind__: ClassVar[str] = "currency_rate"
    __table_args__ = table_args(
        UniqueConstraint("base", "currency", "rated_on"),
        CheckConstraint("rate > 0", name="positive"),
        CheckConstraint("currency <> base", name="two_currencies"),
    )

    currency: Mapped[str]
    base: Mapped[str]
    rated_on: Mapped[date]
    rate: Mapped[Decimal] = mapped_column(Scaled(RATE_PLACES))


class BusinessCalendar(Named, Archivable, Record):
    """When a part of the business is open. `week` has seven lists of [from, to] minutes, Monday first."""

    __tablename__ = "business_calendar"
    __record_kind__: ClassVar[str] = "business_calendar"
    __table_args__ = table_args(
        Index("uq_business_calendar_name_key", "name_key", unique=True, sqlite_where=_IN_USE, postgresql_where=_IN_USE),
    )

    time_zone: Mapped[str]
    week: Mapped[list[Any]]
    country: Mapped[str | None]
    region: Mapped[str | None]
    closed_days: Mapped[list[Any]]
    """Pairs of ISO day and name."""

    @property
    def hours(self) -> OpeningHours:
        """What deadlines are counted with."""
        closed = frozenset(date.fromisoformat(day) for day, _name in self.closed_days)
        return OpeningHours(self.time_zone, week_from_json(self.week), self.country or "", self.region, closed)


class SlaPolicy(Named, Archivable, Record):
    """How soon records of a kind are answered and settled, for those that meet its conditions.

    `conditions` are {field: [accepted values]}, all of which must hold; `targets` are {priority: {clock: minutes of
    open time}}. Policies of a kind are tried by `position`; the first that fits is used. `uid` is how settings of
    stories know it, `name_es` its name in Spanish.
    """

    __tablename__ = "sla_policy"
    __record_kind__: ClassVar[str] = "sla_policy"
    __table_args__ = table_args(
        UniqueConstraint("uid"),
        Index("ix_sla_policy_order", "record_kind", "position"),
        CheckConstraint("warn_ratio > 0 AND warn_ratio <= 100", name="warn_ratio"),
    )

    uid: Mapped[str] = mapped_column(default=lambda: str(uuid4()))
    name_es: Mapped[str]
    record_kind: Mapped[str]
    position: Mapped[int] = mapped_column(Integer)
    conditions: Mapped[dict[str, Any]]
    targets: Mapped[dict[str, Any]]
    warn_ratio: Mapped[Decimal] = mapped_column(Scaled(2))
    calendar_id: Mapped[int] = mapped_column(ForeignKey("business_calendar.id"), index=True)

    calendar: Mapped[BusinessCalendar] = relationship(lazy="raise_on_sql")

    @property
    def label(self) -> Label:
        """Its name in the reader's language."""
        return Label({"en": self.name, "es": self.name_es})


class SlaPolicyVersion(Model):
    """A policy with its opening hours as they were when a clock began; never changed. `terms` hold all of it."""

    __tablename__ = "sla_policy_version"
    __table_args__ = table_args(UniqueConstraint("policy_id", "fingerprint"))

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("sla_policy.id"))
    fingerprint: Mapped[str]
    terms: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]


class SlaClock(Model):
    """One promise to one record: how much open time it may take, how much it took, and what came of it.

    While it runs, open time counts from `counting_since`; `elapsed_seconds` is what counted before. `due_at` and
    `warn_at` are none while it waits. A clock that was met too late is `breached` and has `met_at`.
    """

    __tablename__ = "sla_clock"
    __table_args__ = table_args(
        CheckConstraint(f"state IN ({', '.join(repr(state) for state in STATES)})", name="state_known"),
        CheckConstraint("state <> 'running' OR due_at IS NOT NULL", name="running_is_due"),
        Index(
            "uq_sla_clock_open", "record_kind", "record_id", "name", unique=True,
            sqlite_where=_NOT_ENDED, postgresql_where=_NOT_ENDED,
        ),
        Index("ix_sla_clock_record", "record_kind", "record_id"),
        Index("ix_sla_clock_due", "due_at", "id", sqlite_where=_COUNTS, postgresql_where=_COUNTS),
        Index("ix_sla_clock_warn", "warn_at", "id", sqlite_where=_NOT_WARNED, postgresql_where=_NOT_WARNED),
        Index("ix_sla_clock_version", "version_id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    record_kind: Mapped[str]
    record_id: Mapped[int]
    name: Mapped[str]
    version_id: Mapped[int] = mapped_column(ForeignKey("sla_policy_version.id"))
    priority: Mapped[str | None]
    target_seconds: Mapped[int]
    is_explicit: Mapped[bool] = mapped_column(Boolean, default=False)
    """Whether the target was given for this record, and is therefore not the policy's to change."""
    state: Mapped[str]
    started_at: Mapped[datetime]
    counting_since: Mapped[datetime]
    elapsed_seconds: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime | None]
    warn_at: Mapped[datetime | None]
    warned_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    met_at: Mapped[datetime | None]
    breached_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]

    terms_version: Mapped[SlaPolicyVersion] = relationship(lazy="raise_on_sql")

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done for it."""
        return self.met_at is None and self.cancelled_at is None

    @property
    def is_breached(self) -> bool:
        return self.breached_at is not None
