"""Comparing what another system names with what was found: differences, what is still to explain, what drifted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

State = Literal["unnamed", "uncounted", "equal", "explained", "open"]


@dataclass(frozen=True)
class Compared:
    """A figure as a reader compares it.

    `signed` is what was found when the run was signed, None where it is not. `key` tells figures of a run apart:
    (kind, system, measure, currency).
    """

    key: tuple[str, str, str, str]
    expected: int | None
    found: int | None
    explanation: str | None
    signed: int | None = None

    @property
    def difference(self) -> int | None:
        """What was found beyond what was expected, negative where something is missing; by the signed figure if any."""
        found = self.found if self.signed is None else self.signed
        return None if self.expected is None or found is None else found - self.expected

    @property
    def state(self) -> State:
        """How far it is reconciled."""
        if self.expected is None:
            return "unnamed"
        if self.difference is None:
            return "uncounted"
        if self.difference == 0:
            return "equal"
        return "explained" if self.explanation else "open"

    @property
    def drift(self) -> int | None:
        """What changed since it was signed; None where it is not, or where nothing did."""
        if self.signed is None or self.found is None or self.found == self.signed:
            return None
        return self.found - self.signed


SETTLED: tuple[State, ...] = ("equal", "explained")


def is_reconciled(figures: Sequence[Compared]) -> bool:
    """Whether there is anything to vouch for, and nothing left to say."""
    return bool(figures) and all(one.state in SETTLED for one in figures)


def compared(figures: Sequence[Any], signed: Sequence[Mapping[str, Any]]) -> list[Compared]:
    """Stored figures beside the snapshot of the standing signature, if there is one."""
    frozen = {_key(one): one for one in signed}
    return [
        Compared(
            key,
            frozen[key]["expected"] if key in frozen else one.expected,
            one.found,
            frozen[key]["explanation"] if key in frozen else one.explanation,
            frozen[key]["found"] if key in frozen else None,
        )
        for one in figures
        for key in [(one.kind, one.system, one.measure, one.currency)]
    ]


def snapshot(figures: Sequence[Any]) -> list[dict[str, Any]]:
    """What a signature keeps of each figure."""
    names = ("kind", "system", "measure", "currency", "expected", "found", "explanation")
    return [{name: getattr(one, name) for name in names} for one in figures]


def _key(frozen: Mapping[str, Any]) -> tuple[str, str, str, str]:
    return frozen["kind"], frozen["system"], frozen["measure"], frozen["currency"]
