"""Who has time in a wave: people and placeholders with their days, points and hours, and what all of them carry."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

NOTHING, WHOLE = Decimal(0), Decimal(100)
CENT = Decimal("0.01")
STATED, VELOCITY, RATE, NONE = "stated", "velocity", "rate", "none"
PAST_WAVES = 3


@dataclass(frozen=True)
class PersonRoom:
    """A person ("u12") or placeholder ("p3") in a wave.

    `days` are what the wave can count on, `over` what was promised beyond what the person has; points and hours follow
    from the days. `clashes` say where the rest was promised.
    """

    key: str
    user_id: int | None
    name: str
    profile: str
    days: Decimal
    points: Decimal | None
    hours: Decimal
    over: Decimal
    clashes: Sequence[Clash] = ()


@dataclass(frozen=True)
class WaveCapacity:
    """What a wave can carry, and whether that is its velocity, a rate, stated, or not known.

    `computed` is what the people say where `points` are stated; `pace` the points of an available day. `working_days`
    are those of the calendar, None of a wave without dates.
    """

    points: Decimal | None
    source: str
    days: Decimal
    people: tuple[PersonRoom, ...]
    hours_by_profile: Mapping[str, Decimal]
    computed: Decimal | None = None
    computed_source: str = NONE
    pace: Decimal | None = None
    working_days: int | None = None

    @property
    def over(self) -> tuple[PersonRoom, ...]:
        """People of whom more was promised than there is."""
        return tuple(one for one in self.people if one.over)


@dataclass(frozen=True)
class Held:
    """A share as it stands: whole per cents of each of `people`, whose days off are `off`."""

    key: str
    user_id: int | None
    name: str
    profile: str
    share: int
    hours_per_day: Decimal
    people: int = 1
    off: Collection[date] = frozenset()
    elsewhere: Sequence[Elsewhere] = ()


@dataclass(frozen=True)
class Elsewhere:
    """What another wave has of the same person, from its first to its last day."""

    project_id: int
    project_key: str
    number: int
    name: str
    share: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Clash:
    """Another wave that wants the same days; `first` and `last` of them, and how many."""

    other: Elsewhere
    first: date
    last: date
    count: int


@dataclass(frozen=True)
class Days:
    """Available days, those promised beyond what there is, and with which waves."""

    available: Decimal = NOTHING
    over: Decimal = NOTHING
    clashes: Sequence[Clash] = field(default=())


def days_of(held: Held, working_days: Iterable[date]) -> Days:
    """The days a share comes to; on a day that several waves want whole and more, each gets its part of it.

    So the waves of a person together never count more than the days there are.
    """
    available = over = NOTHING
    met: dict[Elsewhere, list[date]] = {}
    for day in working_days:
        if day in held.off:
            continue
        others = [one for one in held.elsewhere if one.share and one.starts_on <= day <= one.ends_on]
        wanted = held.share + sum(one.share for one in others)
        if wanted <= WHOLE or not held.share:
            available += held.share / WHOLE
            continue
        available += Decimal(held.share) / wanted
        over += (wanted - WHOLE) / WHOLE
        for one in others:
            met.setdefault(one, []).append(day)
    clashes = [Clash(one, days[0], days[-1], len(days)) for one, days in met.items()]
    return Days(available * held.people, over * held.people, clashes)


def pace_of(past: Sequence[tuple[Decimal, Decimal]], rate: Decimal | None) -> tuple[Decimal | None, str]:
    """Points of an available day and where they come from: the median of (points validated, days) of finished waves,
    the latest first, else the stated rate."""
    paces = [points / days for points, days in past if days > NOTHING][:PAST_WAVES]
    if paces:
        return median(paces), VELOCITY
    return (rate, RATE) if rate is not None else (None, NONE)


def capacity_from(
    shares: Sequence[Held],
    working_days: Sequence[date] | None,
    *,
    stated: Decimal | None,
    pace: tuple[Decimal | None, str],
) -> WaveCapacity:
    """The capacity of these shares over those days; what is `stated` stands before what is computed."""
    counted = [(one, days_of(one, working_days or ())) for one in shares]
    days = sum((found.available for _, found in counted), NOTHING)
    computed, computed_source = None, NONE
    if shares and working_days is not None and pace[0] is not None:
        computed, computed_source = rounded(days * pace[0]), pace[1]
    points, source = (stated, STATED) if stated is not None else (computed, computed_source)
    each = points / days if points is not None and days else None
    people = tuple(_room(one, found, each) for one, found in counted)
    return WaveCapacity(
        points, source, rounded(days), people, _hours(people), computed, computed_source, pace[0],
        None if working_days is None else len(working_days),
    )  # fmt: skip


def rounded(amount: Decimal) -> Decimal:
    """An amount as it is shown and compared: hundredths."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def _room(held: Held, found: Days, each: Decimal | None) -> PersonRoom:
    points = rounded(found.available * each) if each is not None else None
    hours = rounded(found.available * held.hours_per_day)
    return PersonRoom(
        held.key, held.user_id, held.name, held.profile, rounded(found.available), points, hours, rounded(found.over),
        found.clashes,
    )  # fmt: skip


def _hours(people: Iterable[PersonRoom]) -> dict[str, Decimal]:
    """Hours by profile as first written, one whatever its capitals; people without a profile are in none."""
    names: dict[str, str] = {}
    hours: dict[str, Decimal] = {}
    for one in people:
        profile = one.profile.strip()
        if profile:
            name = names.setdefault(profile.casefold(), profile)
            hours[name] = hours.get(name, NOTHING) + one.hours
    return hours


@dataclass(frozen=True)
class TimeToCome:
    """How much time people have in waves to come against finished ones: people at work on an average day of each."""

    coming: Decimal
    past: Decimal

    @property
    def per_cent(self) -> int:
        """The former in whole per cents of the latter, at least one."""
        return max(1, int((self.coming * WHOLE / self.past).quantize(Decimal(1), ROUND_HALF_UP)))


def time_to_come(coming: Iterable[tuple[Decimal, int]], past: Iterable[tuple[Decimal, int]]) -> TimeToCome | None:
    """From (available days, working days) of each wave; None unless people are written down in waves of both kinds."""
    sums = []
    for waves in (coming, past):
        known = [(days, worked) for days, worked in waves if days > NOTHING and worked > 0]
        if not known:
            return None
        sums.append(sum((days for days, _ in known), NOTHING) / sum(worked for _, worked in known))
    return TimeToCome(*sums)
