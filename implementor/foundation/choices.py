"""Lists of words to choose from: what the program ships, and the shape in which they are live."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from implementor.foundation.words import Phrase

TONES = ("neutral", "ok", "accepted", "review", "risk", "off")


@dataclass(frozen=True)
class WayBack:
    """Records of a kind that a release moved from one word of a field to another, and that a job brings back.

    Which ones they are stands in the log of the operation of that number.
    """

    operation_id: int
    kind: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Choice:
    """One value of a choice field: its stored key, its label, and the tone it is shown in.

    A value that `is_active` no more is still shown on records that hold it, but offered to nobody. One that `moves_to`
    another reads as that one, because the records that hold it are on their way. Records that `come_back` hold another
    word still, and read as holding this one.
    """

    key: str
    label: Phrase
    tone: str = "neutral"
    is_active: bool = True
    is_default: bool = False
    moves_to: str | None = None
    come_back: tuple[WayBack, ...] = ()


@dataclass(frozen=True)
class Picklist:
    """A list of words with its values in order, retired ones among them; `key` is dotted, such as `lead.source`."""

    key: str
    label: Phrase
    values: tuple[Choice, ...]

    @cached_property
    def by_key(self) -> Mapping[str, Choice]:
        found = {value.key: value for value in self.values}
        return {**found, **{old: found[new] for old, new in self.moving.items()}}

    @cached_property
    def moving(self) -> Mapping[str, str]:
        """Words whose records are on their way to another word, with that word."""
        known = {value.key for value in self.values}
        going = [value for value in self.values if not value.is_active and value.moves_to in known]
        return {value.key: str(value.moves_to) for value in going}

    def as_read(self, words: Iterable[str]) -> list[str]:
        """Words of a record that holds several as people read them: those on their way once as what they become."""
        held = list(words)
        if not any(one in self.moving for one in held):
            return held
        chosen = {self.moving.get(one, one) for one in held}
        return [one.key for one in self.values if one.key in chosen]

    @property
    def offered(self) -> tuple[Choice, ...]:
        """The values that may be chosen now."""
        return tuple(value for value in self.values if value.is_active)

    @property
    def default(self) -> Choice | None:
        """The value that a new record begins with."""
        return next((value for value in self.offered if value.is_default), None)


shipped_picklists: dict[str, Picklist] = {}


def picklist(shipped: Picklist) -> Picklist:
    """Ship a list of words; administrators rename, add to and reorder the stored copy of it."""
    return shipped_picklists.setdefault(shipped.key, shipped)
