"""What happens to the clocks of a record: they start, wait, go on, are met, called off or given other targets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.calendars import queries
from implementor.calendars.clock_times import (
    SECOND,
    due_from,
    elapsed_at,
    first_that_fits,
    hours_of,
    warning_from,
)
from implementor.calendars.clocked_kinds import clocked
from implementor.calendars.events import ClocksRebased, SlaBreached, SlaNear
from implementor.calendars.models import (
    BREACHED,
    CANCELLED,
    MET,
    PAUSED,
    RUNNING,
    SlaClock,
    SlaPolicy,
    SlaPolicyVersion,
)
from implementor.calendars.services.policies import version_of
from implementor.foundation.events import publish
from implementor.foundation.records import RecordRef

NO_TIME = timedelta(0)


def start_clocks(
    session: Session,
    record: RecordRef,
    *,
    priority: str,
    values: Mapping[str, Any],
    at: datetime,
    explicit: Mapping[str, timedelta] | None = None,
    names: Iterable[str] | None = None,
) -> list[SlaClock]:
    """Promise a record what the first fitting service level says; returns the clocks that began.

    `values` are the record's fields that policies may have conditions on. `explicit` targets ({clock: open time})
    were agreed for this record and stay whatever its priority becomes. A clock that is open already goes on. `names`
    are the promises to make, such as that of a record that is taken up again; by default all.
    """
    policy = first_that_fits(session.scalars(queries.policies(record_kind=record.kind)), values)
    if policy is None:
        return []
    version = version_of(session, policy, at=at)
    return _start(session, record, version, priority, explicit or {}, at, names)


def pause_clocks(session: Session, record: RecordRef, *, at: datetime, names: Iterable[str] | None = None) -> None:
    """Stop counting, as while a customer is waited for; what is breached already stays so."""
    for clock in _open(session, record, names):
        _notice_breach(session, clock, at)
        if clock.state == RUNNING:
            clock.elapsed_seconds = elapsed_at(clock, at) // SECOND
            clock.state, clock.paused_at, clock.due_at, clock.warn_at = PAUSED, at, None, None
    session.flush()


def resume_clocks(session: Session, record: RecordRef, *, at: datetime, names: Iterable[str] | None = None) -> None:
    """Count again what was paused: what was left is left."""
    for clock in _open(session, record, names):
        if clock.state == PAUSED:
            clock.state, clock.paused_at = RUNNING, None
            _aim(clock, at)
    session.flush()


def meet_clock(session: Session, record: RecordRef, name: str, *, at: datetime) -> SlaClock | None:
    """The promise is kept, late or not; from a pause the waiting does not count. None where no such clock is open."""
    for clock in _open(session, record, [name]):
        _notice_breach(session, clock, at)
        clock.elapsed_seconds = elapsed_at(clock, at) // SECOND
        clock.met_at = at
        clock.state = BREACHED if clock.is_breached else MET
        session.flush()
        return clock
    return None


def cancel_clocks(session: Session, record: RecordRef, *, at: datetime, names: Iterable[str] | None = None) -> None:
    """Nothing is promised any more; what was in time until now is cancelled and never breached."""
    for clock in _open(session, record, names):
        _notice_breach(session, clock, at)
        clock.elapsed_seconds = elapsed_at(clock, at) // SECOND
        clock.cancelled_at = at
        if not clock.is_breached:
            clock.state, clock.due_at, clock.warn_at = CANCELLED, None, None
    session.flush()


def reprioritise_clocks(session: Session, record: RecordRef, priority: str, *, at: datetime) -> None:
    """Aim at the targets of another priority by the terms the clocks began with; time that counted still counts.

    A promise that the new priority does not make is called off, one that only it makes begins now, and one that an
    earlier priority had called off goes on where it stopped.
    """
    known = list(session.scalars(queries.clocks_of_records(record_kind=record.kind, record_ids=[record.id])))
    newest = {clock.name: clock for clock in known}
    waits = any(clock.state == PAUSED for clock in known)
    for clock in known:
        if clock.is_open:
            _retarget(session, clock, clock.terms_version, priority, at)
        elif newest[clock.name] is clock and _was_not_promised(clock):
            _promise_again(clock, priority, at, waits=waits)
    if known:
        missing = clocked[record.kind].clocks if record.kind in clocked else ()
        names = {one.key for one in missing} - {clock.name for clock in known}
        _start(session, record, known[-1].terms_version, priority, {}, at, names)
    session.flush()


def rebase_clocks(session: Session, policy: SlaPolicy, *, at: datetime) -> int:
    """Have the open clocks of a policy count by its present terms from now on; returns how many there are."""
    version = version_of(session, policy, at=at)
    clocks = list(session.scalars(queries.open_clocks_of_policy(policy.id)))
    for clock in clocks:
        _retarget(session, clock, version, clock.priority or "", at)
    session.flush()
    if clocks:
        ids = tuple(sorted({clock.record_id for clock in clocks}))
        publish(session, ClocksRebased(policy.record_kind, ids))
    return len(clocks)


def notice_overdue(session: Session, *, at: datetime, limit: int) -> int:
    """Mark clocks whose time is up and tell of each; returns how many there were, at most `limit`."""
    statement = queries.overdue(at).limit(limit).with_for_update(skip_locked=True)
    clocks = list(session.scalars(statement))
    for clock in clocks:
        _notice_breach(session, clock, at)
    session.flush()
    return len(clocks)


def notice_near(session: Session, *, at: datetime, limit: int) -> int:
    """Tell of clocks that reached the moment of their warning; returns how many there were, at most `limit`."""
    statement = queries.nearly_due(at).limit(limit).with_for_update(skip_locked=True)
    clocks = list(session.scalars(statement))
    for clock in clocks:
        clock.warned_at = at
        assert clock.due_at is not None  # it runs
        publish(session, SlaNear(_record(clock), clock.id, clock.name, clock.due_at, at))
    session.flush()
    return len(clocks)


def _start(
    session: Session,
    record: RecordRef,
    version: SlaPolicyVersion,
    priority: str,
    explicit: Mapping[str, timedelta],
    at: datetime,
    names: Iterable[str] | None = None,
) -> list[SlaClock]:
    """A clock for each promise of the terms, or of those named, that is not open already."""
    promised = version.terms["targets"].get(priority, {})
    targets = {name: timedelta(minutes=minutes) for name, minutes in promised.items()} | dict(explicit)
    going = {clock.name for clock in _open(session, record, None)}
    wanted = set(targets) - going if names is None else set(targets).intersection(names) - going
    clocks = []
    for name in sorted(wanted):
        clock = SlaClock(
            record_kind=record.kind, record_id=record.id, name=name, terms_version=version, priority=priority,
            target_seconds=targets[name] // SECOND, is_explicit=name in explicit, state=RUNNING, started_at=at,
            elapsed_seconds=0,
        )  # fmt: skip
        _aim(clock, at)
        clocks.append(clock)
    session.add_all(clocks)
    session.flush()
    return clocks


def _aim(clock: SlaClock, at: datetime) -> None:
    """Count from now on, and say when that is due and warned of."""
    hours, target = hours_of(clock), timedelta(seconds=clock.target_seconds)
    elapsed = timedelta(seconds=clock.elapsed_seconds)
    clock.counting_since = at
    clock.due_at = due_from(at, target, elapsed, hours)
    ratio = Decimal(clock.terms_version.terms["warn_ratio"])
    clock.warn_at = warning_from(at, target, elapsed, ratio, hours)
    if clock.warn_at > at:
        clock.warned_at = None


def _retarget(session: Session, clock: SlaClock, version: SlaPolicyVersion, priority: str, at: datetime) -> None:
    """Give a clock the target of a priority in some terms, unless it has one of its own."""
    _notice_breach(session, clock, at)
    clock.elapsed_seconds = elapsed_at(clock, at) // SECOND
    if clock.state == BREACHED:
        clock.counting_since = at
    clock.priority, clock.terms_version = priority, version
    minutes = version.terms["targets"].get(priority, {}).get(clock.name)
    if clock.is_breached:
        return
    if minutes is None and not clock.is_explicit:
        clock.state, clock.cancelled_at, clock.due_at, clock.warn_at = CANCELLED, at, None, None
        return
    if not clock.is_explicit:
        clock.target_seconds = minutes * 60
    if clock.state == RUNNING:
        _aim(clock, at)


def _was_not_promised(clock: SlaClock) -> bool:
    """Whether it was called off because its priority promises nothing."""
    promised = clock.terms_version.terms["targets"].get(clock.priority, {})
    return clock.state == CANCELLED and clock.name not in promised


def _promise_again(clock: SlaClock, priority: str, at: datetime, *, waits: bool) -> None:
    """Go on where a clock was called off, if this priority promises it; while its record waits it waits, too."""
    minutes = clock.terms_version.terms["targets"].get(priority, {}).get(clock.name)
    if minutes is None:
        return
    clock.priority, clock.target_seconds, clock.cancelled_at = priority, minutes * 60, None
    clock.state, clock.paused_at = (PAUSED, at) if waits else (RUNNING, None)
    if not waits:
        _aim(clock, at)


def _notice_breach(session: Session, clock: SlaClock, at: datetime) -> None:
    """A running clock whose due moment is past was breached at that moment, whoever looks first."""
    if clock.state != RUNNING or clock.due_at is None or at <= clock.due_at:
        return
    clock.state, clock.breached_at = BREACHED, clock.due_at
    publish(session, SlaBreached(_record(clock), clock.id, clock.name, clock.due_at, at))


def _open(session: Session, record: RecordRef, names: Iterable[str] | None) -> list[SlaClock]:
    statement = queries.open_clocks(record_kind=record.kind, record_id=record.id, names=names)
    return list(session.scalars(statement))


def _record(clock: SlaClock) -> RecordRef:
    return RecordRef(clock.record_kind, clock.record_id)
