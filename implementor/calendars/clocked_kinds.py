"""Which kinds of record are promised a time: upper packages declare theirs in their contributions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from implementor.foundation.fields import Choice, Field
from implementor.foundation.words import Phrase


@dataclass(frozen=True)
class ClockName:
    """One promise, such as the first response; `defaults` are {priority: minutes of open time} for new policies."""

    key: str
    label: Phrase
    defaults: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Clocked:
    """A kind of record whose promises are counted.

    `label` names its records in the plural; `priorities` are in the order of the form; policies may have conditions
    on `fields`, which are choices; `clocks` are in the order in which they are due.
    """

    kind: str
    label: Phrase
    priorities: tuple[Choice, ...]
    clocks: tuple[ClockName, ...]
    fields: tuple[Field, ...] = ()

    def priority(self, key: str | None) -> Choice | None:
        """The priority of that key, if it is one of this kind's."""
        return next((one for one in self.priorities if one.key == key), None)

    def clock(self, key: str) -> ClockName | None:
        """The promise of that key, if it is one of this kind's."""
        return next((one for one in self.clocks if one.key == key), None)


clocked: dict[str, Clocked] = {}


def clocked_kind(declared: Clocked) -> Clocked:
    """Make a kind known; declaring it twice, as tests with several applications do, changes nothing."""
    return clocked.setdefault(declared.kind, declared)
