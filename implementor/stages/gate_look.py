"""Looking at a gate: its lines with what is measured now, what was ticked, waived and signed, and the verdict."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.stages.checks import GatePlace, Reading, checks
from implementor.stages.gate_models import PLANNED, Gate, GateItem, GateReading, GateWaiver
from implementor.stages.gate_queries import items_of_gate, readings_of_gate, signatures_of_gate, waivers_of_gate
from implementor.stages.methods import Item, Method, StageOfMethod
from implementor.stages.models import Stage
from implementor.stages.verdicts import Judged, Verdict, verdict_of


@dataclass(frozen=True)
class Line:
    """One line of a gate as people read it; `reading` is None for lines that are ticked."""

    item: Item
    reading: Reading | None
    known: GateItem | None
    owner: str | None
    done_by: str | None
    waiver: GateWaiver | None
    waived_by: str | None
    is_waived: bool
    trend: tuple[GateReading, ...] = ()

    @property
    def key(self) -> str:
        return self.item.key

    @property
    def is_automatic(self) -> bool:
        """Whether a check computes it."""
        return bool(self.item.check)

    @property
    def is_known_here(self) -> bool:
        """Whether its check exists in this installation."""
        return not self.item.check or self.item.check in checks

    @property
    def passed(self) -> bool:
        """Whether it holds now; a check that is not known holds never."""
        if self.is_automatic:
            return self.reading is not None and self.reading.passes(self.item.minimum)
        return self.known is not None and self.known.done_at is not None

    @property
    def waiver_has_expired(self) -> bool:
        """Whether a waiver was given and its day is over."""
        return self.waiver is not None and not self.is_waived

    @property
    def measured(self) -> tuple[Decimal, Decimal]:
        """What is measured and against what: a tick counts one of one."""
        if self.reading is not None:
            return self.reading.value, self.reading.target
        return Decimal(int(self.passed)), Decimal(1)

    @property
    def direction(self) -> str:
        """up, down or flat against the reading of an earlier day; empty where there is none."""
        if not self.trend:
            return ""
        before, now = _share(self.trend[-1].value, self.trend[-1].target), _share(*self.measured)
        return "flat" if before == now else "up" if now > before else "down"

    def judged(self) -> Judged:
        """As the verdict sees it."""
        return Judged(self.key, self.passed, self.item.weight, self.item.no_go, self.is_waived)


def _share(value: Decimal, target: Decimal) -> Decimal:
    return value / target if target else Decimal(1)


@dataclass(frozen=True)
class Look:
    """A gate at a moment. `gate` is None where nobody touched it yet; `signatures` are rows by role."""

    method: Method
    of_method: StageOfMethod
    stage: Stage
    place: GatePlace
    gate: Gate | None
    lines: tuple[Line, ...]
    verdict: Verdict
    signatures: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What addresses and commands call the gate."""
        return self.place.gate_name(self.of_method.key)

    @property
    def state(self) -> str:
        return self.gate.state if self.gate is not None else PLANNED

    @property
    def is_open(self) -> bool:
        return self.gate is not None and self.gate.is_open

    @property
    def unsigned(self) -> list[str]:
        """The roles whose signature is missing."""
        return [role for role in self.of_method.signatures if role not in self.signatures]

    @property
    def signers(self) -> frozenset[int]:
        """Ids of the people whose signatures stand."""
        return frozenset(row.GateSignature.signed_by_id for row in self.signatures.values())

    @property
    def failing(self) -> list[Line]:
        """Lines that neither pass nor are waived."""
        return [line for line in self.lines if line.key in self.verdict.failing]

    def line(self, key: str) -> Line | None:
        """The line of that key."""
        return next((one for one in self.lines if one.key == key), None)


def look_at(
    session: Session, method: Method, stage: Stage, place: GatePlace, gate: Gate | None, *, at: datetime
) -> Look:
    """Measure every line of a gate now. The number of statements depends on the checks alone, not on the records."""
    of_method = method.stage(stage.key) or StageOfMethod(stage.key, stage.scope, stage.names, stage.purposes)
    stored = _stored(session, gate)
    lines = tuple(_line(session, item, replace(place, on=at.date()), stored, at) for item in of_method.items)
    verdict = verdict_of([line.judged() for line in lines], red_below=method.red_below, green_from=method.green_from)
    return Look(method, of_method, stage, place, gate, lines, verdict, stored.signatures)


@dataclass(frozen=True)
class _Stored:
    items: dict[str, Any] = field(default_factory=dict)
    waivers: dict[str, Any] = field(default_factory=dict)
    signatures: dict[str, Any] = field(default_factory=dict)
    readings: dict[str, list[GateReading]] = field(default_factory=dict)


def _stored(session: Session, gate: Gate | None) -> _Stored:
    if gate is None or gate.id is None:
        return _Stored()
    readings: dict[str, list[GateReading]] = defaultdict(list)
    for one in session.scalars(readings_of_gate(gate_id=gate.id)):
        readings[one.item_key].append(one)
    return _Stored(
        {row.GateItem.item_key: row for row in session.execute(items_of_gate(gate_id=gate.id))},
        {row.GateWaiver.item_key: row for row in session.execute(waivers_of_gate(gate_id=gate.id))},
        {row.GateSignature.role: row for row in session.execute(signatures_of_gate(gate_id=gate.id))},
        readings,
    )


def _line(session: Session, item: Item, place: GatePlace, stored: _Stored, at: datetime) -> Line:
    check = checks.get(item.check)
    known, waiver = stored.items.get(item.key), stored.waivers.get(item.key)
    earlier = tuple(one for one in stored.readings.get(item.key, ()) if one.on < at.date())
    return Line(
        item,
        check.read(session, place, item.parameters) if check is not None else None,
        known.GateItem if known else None,
        known.owner if known else None,
        known.done_by if known else None,
        waiver.GateWaiver if waiver else None,
        waiver.waived_by if waiver else None,
        bool(waiver and waiver.GateWaiver.is_in_force(at.date()) and not item.no_go),
        earlier,
    )
