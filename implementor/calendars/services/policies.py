"""Service levels: what is promised to which records, in which order they are tried, and their kept versions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.calendars import queries
from implementor.calendars.clocked_kinds import Clocked, clocked
from implementor.calendars.durations import LONGEST
from implementor.calendars.models import BusinessCalendar, SlaPolicy, SlaPolicyVersion
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean_line
from implementor.foundation.words import Phrase, say

LONGEST_NAME = 120
WARN_RATIO = Decimal("0.8")


@dataclass(frozen=True)
class PolicyWanted:
    """What a service level is to be; see `SlaPolicy` for conditions and targets. `warn_ratio` is 0.05 to 1.

    Without a name in Spanish it bears the other one in both languages.
    """

    name: str
    calendar_id: int | None
    targets: Mapping[str, Mapping[str, int]]
    conditions: Mapping[str, Sequence[str]] = field(default_factory=dict)
    warn_ratio: Decimal = WARN_RATIO
    name_es: str = ""


def add_policy(
    session: Session, record_kind: str, wanted: PolicyWanted, *, by: Actor, at: datetime, uid: str | None = None
) -> SlaPolicy:
    """Add a service level, to be tried after the others of its kind; `uid` where a release said who it is.

    Raises NotFound for an undeclared kind.
    """
    values = _checked(session, _declared(record_kind), wanted, None)
    last = max((one.position for one in session.scalars(queries.policies(record_kind=record_kind))), default=0)
    policy = SlaPolicy(record_kind=record_kind, position=last + 1, **values)
    if uid is not None:
        policy.uid = uid
    session.add(policy)
    session.flush()
    return policy


def edit_policy(session: Session, policy: SlaPolicy, wanted: PolicyWanted, *, by: Actor, at: datetime) -> None:
    """Change a service level; clocks that run keep the terms they began with. Raises InvalidInput."""
    for name, value in _checked(session, _declared(policy.record_kind), wanted, policy).items():
        setattr(policy, name, value)
    session.flush()


def move_policy(session: Session, policy: SlaPolicy, *, earlier: bool, by: Actor, at: datetime) -> None:
    """Try a service level one place earlier or later; at an end nothing changes."""
    row = list(session.scalars(queries.policies(record_kind=policy.record_kind)))
    if policy not in row:
        return
    place = row.index(policy)
    other = place - 1 if earlier else place + 1
    if 0 <= other < len(row):
        row[place], row[other] = row[other], row[place]
    positions = sorted({one.position for one in row})
    if len(positions) < len(row):  # two at one place, as settings of stories may leave them
        positions = list(range(1, len(row) + 1))
    for number, one in zip(positions, row, strict=True):
        one.position = number


def archive_policy(session: Session, policy: SlaPolicy, *, by: Actor, at: datetime) -> None:
    """Promise no more by this service level; clocks that run go on."""
    policy.archived_at, policy.archived_by_id = at, by.user_id


def restore_policy(session: Session, policy: SlaPolicy, *, by: Actor, at: datetime) -> None:
    """Promise again, unless its calendar is put away. Raises InvalidInput."""
    _check_calendar(policy.calendar)
    policy.archived_at = policy.archived_by_id = None


def version_of(session: Session, policy: SlaPolicy, *, at: datetime) -> SlaPolicyVersion:
    """The kept version of a policy as it is now, made when it differs from every earlier one."""
    terms = terms_of(policy)
    fingerprint = hashlib.sha256(json.dumps(terms, sort_keys=True).encode()).hexdigest()
    statement = queries.version_of_terms(policy_id=policy.id, fingerprint=fingerprint)
    found = session.scalars(statement).one_or_none()
    if found is None:
        found = SlaPolicyVersion(policy_id=policy.id, fingerprint=fingerprint, terms=terms, made_at=at)
        session.add(found)
        session.flush()
    return found


def terms_of(policy: SlaPolicy) -> dict[str, Any]:
    """All that a clock needs to know of a policy, its opening hours among it."""
    return {
        "name": policy.name,
        "targets": {priority: dict(row) for priority, row in policy.targets.items()},
        "warn_ratio": str(policy.warn_ratio),
        "hours": policy.calendar.hours.as_json(),
    }


def _declared(record_kind: str) -> Clocked:
    if record_kind not in clocked:
        raise NotFound
    return clocked[record_kind]


def _checked(session: Session, kind: Clocked, wanted: PolicyWanted, policy: SlaPolicy | None) -> dict[str, Any]:
    """The columns of a sound service level."""
    names, errors = _names(wanted)
    if not Decimal("0.05") <= wanted.warn_ratio <= 1:
        errors["warn_percent"] = say("Warn at 5 to 100 per cent of the time.")
    targets = _targets(kind, wanted)
    if not targets:
        errors["targets"] = say("Promise something: write at least one target.")
    calendar = session.get(BusinessCalendar, wanted.calendar_id) if wanted.calendar_id is not None else None
    if calendar is None:
        errors["calendar_id"] = say("Choose a calendar from the list.")
    if errors:
        raise InvalidInput(errors)
    assert calendar is not None  # else it is among the errors
    if policy is None or policy.calendar_id != calendar.id:
        _check_calendar(calendar)
    conditions = _conditions(kind, wanted)
    return {**names, "calendar": calendar, "warn_ratio": wanted.warn_ratio, "conditions": conditions,
            "targets": targets}  # fmt: skip


def _names(wanted: PolicyWanted) -> tuple[dict[str, str], dict[str, Phrase]]:
    """The names in both languages, and what is wrong with them."""
    name = clean_line(wanted.name)
    names = {"name": name, "name_es": clean_line(wanted.name_es) or name}
    if not name:
        return names, {"name": say("Write a name for the service level.")}
    too_long = say("A name may have %(longest)s characters.", longest=LONGEST_NAME)
    return names, {key: too_long for key, text in names.items() if len(text) > LONGEST_NAME}


def _conditions(kind: Clocked, wanted: PolicyWanted) -> dict[str, list[str]]:
    """Accepted values of fields that there are."""
    known = {one.name: {choice.key for choice in one.known_choices} for one in kind.fields}
    found = {name: sorted(known[name].intersection(keys)) for name, keys in wanted.conditions.items() if name in known}
    return {field: keys for field, keys in found.items() if keys}


def _targets(kind: Clocked, wanted: PolicyWanted) -> dict[str, dict[str, int]]:
    """Targets of priorities and clocks that there are."""
    names = [clock.key for clock in kind.clocks]
    targets = {}
    for priority in kind.priorities:
        given = wanted.targets.get(priority.key, {})
        row = {name: given[name] for name in names if name in given and 0 < given[name] <= LONGEST}
        if row:
            targets[priority.key] = row
    return targets


def _check_calendar(calendar: BusinessCalendar) -> None:
    if calendar.is_archived:
        raise InvalidInput(
            {"calendar_id": say("The calendar %(name)s is archived. Choose another one.", name=calendar.name)}
        )
