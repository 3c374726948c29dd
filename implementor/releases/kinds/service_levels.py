"""Service levels as a kind of setting: how soon records of a kind are answered and settled, and by which hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from implementor.calendars import queries as calendars
from implementor.calendars.clocked_kinds import Clocked, clocked
from implementor.calendars.durations import BadDuration, read_duration, write_duration
from implementor.calendars.models import SlaPolicy
from implementor.calendars.services import policies
from implementor.calendars.services.clocks import rebase_clocks
from implementor.calendars.services.policies import WARN_RATIO, PolicyWanted
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Field, Kind
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say, say_n
from implementor.releases.item_kinds import Finding, Image, Operation, Return, RowChange, Verb
from implementor.releases.kinds.order import FIRST, KEPT, said_place
from implementor.releases.kinds.rows import row_of
from implementor.releases.kinds.setting import (
    Setting,
    asked,
    differing,
    kinds_of_record,
    label_of,
    label_values,
    named,
    picked,
    said_label,
)

RUNNING, NO_HOURS = "running_clocks", "no_opening_hours"
KEEP, RECOUNT = "keep", "recount"
TERMS = ("targets", "warn_percent", "calendar")
"""What clocks count by."""


class ServiceLevel(Setting):
    """What is promised to records of one kind; known by the `uid` of its row, its opening hours by their name.

    Where nobody chose opening hours, because there were none yet, it counts by the first that there are.
    """

    key = "service_level"
    label = say("Service level")

    def live(self, session: Session, uid: str) -> Image | None:
        row = _row(session, uid)
        if row is None or row.is_archived:
            return None
        return {
            "kind": row.record_kind, "label": {"en": row.name, "es": row.name_es}, "calendar": row.calendar.name,
            "targets": {priority: dict(found) for priority, found in row.targets.items()},
            "conditions": {name: list(keys) for name, keys in row.conditions.items()},
            "warn_percent": int(row.warn_ratio * 100), "position": row.position,
        }  # fmt: skip

    def become(self, session: Session, uid: str, image: Image | None, *, by: Actor, at: datetime) -> None:
        row = _row(session, uid)
        if image is None:
            if row is not None and not row.is_archived:
                policies.archive_policy(session, row, by=by, at=at)
            return
        wanted = PolicyWanted(
            image["label"]["en"], _hours(session, image["calendar"]), image["targets"], image["conditions"],
            Decimal(image["warn_percent"]) / 100, image["label"]["es"],
        )  # fmt: skip
        if row is None:
            row = policies.add_policy(session, image["kind"], wanted, by=by, at=at, uid=uid)
        else:
            row.archived_at = row.archived_by_id = None
            policies.edit_policy(session, row, wanted, by=by, at=at)
        row.position = image["position"]

    def compared(self, operation: Operation) -> Sequence[tuple[Phrase, str, str]]:
        kind = clocked[(operation.after or operation.before or {})["kind"]]
        told = differing(
            operation,
            (
                ("label", say("Name"), said_label),
                ("calendar", say("Opening hours"), str),
                ("conditions", say("Where"), lambda found: _said_conditions(kind, found)),
                ("targets", say("Targets"), lambda found: _said_targets(kind, found)),
                ("warn_percent", say("Warn after this many per cent of the time"), str),
            ),
        )
        if operation.verb == "change":
            told += differing(operation, (("position", say("Place in the order"), said_place),))
        return told

    def findings(self, session: Session, operation: Operation) -> Sequence[Finding]:
        found = []
        if operation.after is not None and _hours(session, operation.after["calendar"]) is None:
            text = say("No opening hours are entered that it could count by. Enter them in the settings first.")
            found.append(Finding(NO_HOURS, text, 1, blocks=True))
        row = _row(session, operation.uid)
        count = 0 if row is None or not _changes_terms(operation) else _running(session, row)
        if count and operation.after is None:
            text = say_n(
                "%(count)s promise that runs goes on by the terms it began with.",
                "%(count)s promises that run go on by the terms they began with.", count,
            )  # fmt: skip
            found.append(Finding(RUNNING, text, count))
        elif count:
            text = say_n(
                "%(count)s promise runs by the terms as they are. Keep its time, or have it count by the new terms.",
                "%(count)s promises run by the terms as they are. Keep their times, or have them count by the new "
                "terms.", count,
            )  # fmt: skip
            choices = ((KEEP, say("Keep the times of what runs")), (RECOUNT, say("Count what runs by the new terms")))
            found.append(Finding(RUNNING, text, count, blocks=True, choices=choices))
        return found

    def way_back(self, operation: Operation) -> Return:
        """What was to count by the new terms was warned of by them, whatever terms each began with: that stays."""
        return "one_way" if operation.answers.get(RUNNING) == RECOUNT else "free"

    def apply(self, session: Session, operation: Operation, *, by: Actor, at: datetime) -> Sequence[RowChange]:
        super().apply(session, operation, by=by, at=at)
        _recount(session, operation, at)
        return ()

    def returned(
        self, session: Session, operation: Operation, rows: Sequence[RowChange], *, by: Actor, at: datetime
    ) -> Sequence[RowChange]:
        _recount(session, operation, at)
        return ()

    def places(self) -> Sequence[tuple[str, Phrase]]:
        return kinds_of_record(clocked)

    def targets(self, session: Session) -> Sequence[tuple[str, Phrase | str]]:
        rows = [row for row in session.scalars(calendars.policies()) if row.record_kind in clocked]
        return [
            (row.uid, say("%(list)s: %(word)s", list=clocked[row.record_kind].label, word=row.label)) for row in rows
        ]

    def fields(self, session: Session, verb: Verb, before: Image | None) -> Sequence[Field]:
        if verb == "retire" or before is None:
            return ()
        kind = clocked[before["kind"]]
        hours = [(row.name, row.name) for row in session.execute(calendars.calendars_to_choose())]
        where = [
            replace(picked(f"when_{one.name}", say("Only where %(field)s is", field=one.label),
                           [(choice.key, choice.label) for choice in one.known_choices]), kind=Kind.TAGS)
            for one in kind.fields
        ]  # fmt: skip
        promises = [
            asked(_target(priority, clock), Kind.LINE, _promise(kind, priority, clock), longest=40,
                  hint=say("Open time, such as 4 h or 30 min; empty where nothing is promised."))
            for priority, clock in _cells(kind)
        ]  # fmt: skip
        order = [(FIRST, say("first")), ("last", say("last"))]
        return (
            *named(),
            picked("calendar", say("Opening hours"), hours),
            *where,
            *promises,
            asked("warn_percent", Kind.WHOLE, say("Warn after this many per cent of the time"), minimum=5, maximum=100),
            picked("place", say("Place in the order"), order),
        )

    def values(self, image: Image) -> dict[str, Any]:
        shown = {**image, **label_values(image), "place": KEPT}
        shown |= {f"when_{name}": keys for name, keys in image["conditions"].items()}
        return shown | {
            _target(priority, clock): write_duration(minutes)
            for priority, row in image["targets"].items()
            for clock, minutes in row.items()
        }

    def image(self, session: Session, before: Image | None, values: Mapping[str, Any]) -> Image:
        kind = clocked.get(str((before or values).get("kind") or ""))
        if kind is None:
            raise InvalidInput({"target": say("Choose one of the kinds of record.")})
        targets = _read_targets(kind, values)
        if not targets:
            first = _target(*_cells(kind)[0])
            raise InvalidInput({first: say("Promise something: write at least one target.")})
        conditions = {one.name: sorted(values.get(f"when_{one.name}") or ()) for one in kind.fields}
        held = before.get("position") if before else None
        hours = [row.name for row in session.execute(calendars.calendars_to_choose())]
        return {
            "kind": kind.kind, "label": label_of(values),
            "calendar": str(values.get("calendar") or next(iter(hours), "")),
            "targets": targets, "conditions": {name: keys for name, keys in conditions.items() if keys},
            "warn_percent": int(values.get("warn_percent") or WARN_RATIO * 100),
            "position": _position(session, kind, str(values.get("place") or ""), held),
        }  # fmt: skip


def _row(session: Session, uid: str) -> Any:
    found = row_of(session, SlaPolicy, uid)
    return found and session.scalars(calendars.policy_by_id(found.id)).one()


def _hours(session: Session, name: str) -> int | None:
    """The opening hours of that name, or the first where none is given; None where there are none."""
    rows = session.execute(calendars.calendars_to_choose()).all()
    return next((row.id for row in rows if name in ("", row.name)), None)


def _position(session: Session, kind: Clocked, place: str, held: int | None) -> int:
    taken = [row.position for row in session.scalars(calendars.policies(record_kind=kind.kind))]
    if place == FIRST and taken:
        return held if held is not None and held == min(taken) else min(taken) - 1
    if held is not None and (place != "last" or held == max(taken, default=held)):
        return held
    return max(taken, default=0) + 1


def _changes_terms(operation: Operation) -> bool:
    before, after = operation.before or {}, operation.after or {}
    return any(before.get(name) != after.get(name) for name in TERMS)


def _running(session: Session, row: SlaPolicy) -> int:
    running = calendars.open_clocks_of_policy(row.id).order_by(None).subquery()
    return session.scalar(select(func.count()).select_from(running)) or 0


def _recount(session: Session, operation: Operation, at: datetime) -> None:
    if operation.answers.get(RUNNING) == RECOUNT and (row := _row(session, operation.uid)):
        rebase_clocks(session, row, at=at)


def _cells(kind: Clocked) -> list[tuple[str, str]]:
    return [(priority.key, clock.key) for priority in kind.priorities for clock in kind.clocks]


def _target(priority: str, clock: str) -> str:
    return f"target_{priority}_{clock}"


def _promise(kind: Clocked, priority: str, clock: str) -> Phrase:
    known, promise = kind.priority(priority), kind.clock(clock)
    return say(
        "%(clock)s, %(priority)s",
        clock=promise.label if promise else clock,
        priority=known.label if known else priority,
    )


def _read_targets(kind: Clocked, values: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    targets: dict[str, dict[str, int]] = {}
    for priority, clock in _cells(kind):
        try:
            minutes = read_duration(str(values.get(_target(priority, clock)) or ""))
        except BadDuration as bad:
            raise InvalidInput({_target(priority, clock): bad.reason}) from bad
        if minutes is not None:
            targets.setdefault(priority, {})[clock] = minutes
    return targets


def _said_targets(kind: Clocked, targets: Mapping[str, Mapping[str, int]]) -> str:
    return "; ".join(
        f"{_promise(kind, priority, clock)}: {write_duration(targets[priority][clock])}"
        for priority, clock in _cells(kind)
        if clock in targets.get(priority, {})
    )


def _said_conditions(kind: Clocked, conditions: Mapping[str, Sequence[str]]) -> str:
    told = []
    for one in kind.fields:
        words = {choice.key: str(choice.label) for choice in one.known_choices}
        if keys := conditions.get(one.name):
            told.append(f"{one.label}: {', '.join(words.get(key, key) for key in keys)}")
    return "; ".join(told)
