"""The registry of what a release may change: how each kind of setting is read, compared, applied and taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from sqlalchemy.orm import Session

from implementor.foundation.mentions import Subject
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase

Verb = Literal["add", "change", "retire"]
Return = Literal["free", "mapped", "one_way"]
"""How an operation is taken back: as if it had not been, by sending moved records back, or not without a signature."""
Image = Mapping[str, Any]
"""What one setting is, in plain JSON values by name; labels are `{"en": ..., "es": ...}`, references are uids."""


@dataclass(frozen=True)
class Operation:
    """One change of one setting. `uid` is the setting's own identity, also of one that is only added by this.

    `before` is what it is without the operation (None: not there or out of use), `after` what it is with it (None: out
    of use). `answers` are what people chose for what the dry run found, such as the word that takes the place of one.
    """

    kind: str
    verb: Verb
    uid: str
    before: Image | None
    after: Image | None
    answers: Mapping[str, Any] = field(default_factory=dict)
    moves_later: bool = False
    """Whether a job moves its records, because they are very many; until then they read as if they had moved."""


@dataclass(frozen=True)
class Named:
    """Something that a finding names: what it is and which, and its page by `endpoint` with `values`, or by `url`."""

    what: Phrase
    name: Phrase | str
    endpoint: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    url: str | None = None


@dataclass(frozen=True)
class Finding:
    """What a dry run found in the live data: how many records (or settings) are concerned, and where they are listed.

    It may name some of them, the others are counted alone. One that `blocks` wants an answer from `choices` ((value,
    label), put into `answers[code]`) or else a waiver.
    """

    code: str
    text: Phrase
    count: int
    blocks: bool = False
    choices: tuple[tuple[str, Phrase], ...] = ()
    url: str | None = None
    names: tuple[Named, ...] = ()


@dataclass(frozen=True)
class RowChange:
    """A record that an operation moved: what a field of it held before and after; kept so that it can go back."""

    kind: str
    record_id: int
    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class RowMove:
    """All records of a kind whose field holds `before` move to `after`; `count` of them hold it now."""

    kind: str
    field: str
    before: str
    after: str
    count: int


class ItemKind(Protocol):
    """What the release of waves must know of one kind of setting."""

    key: str
    label: Phrase

    def live(self, session: Session, uid: str) -> Image | None:
        """The setting as it is now; None where it is not there or out of use."""

    def needs(self, operation: Operation) -> frozenset[str]:
        """Identities of settings that must be there first."""

    def compared(self, operation: Operation) -> Sequence[tuple[Phrase, str, str]]:
        """(what, before, after) of all that differs, in words of the reader."""

    def findings(self, session: Session, operation: Operation) -> Sequence[Finding]:
        """What speaks against it, or should be known, in the data as it is now."""

    def subjects(self, session: Session, operation: Operation) -> Sequence[Subject]:
        """What goes with it that others may refer to."""

    def way_back(self, operation: Operation) -> Return:
        """How it would be taken back."""

    def moves(self, session: Session, operation: Operation) -> Sequence[RowMove]:
        """The records that it would move, where a job may do that later; nothing where they move with it anyway."""

    def apply(self, session: Session, operation: Operation, *, by: Actor, at: datetime) -> Sequence[RowChange]:
        """Make it so; the records that were moved by it. Raises a Refusal where the setting forbids it."""

    def revert(
        self, session: Session, operation: Operation, rows: Sequence[RowChange], *, by: Actor, at: datetime
    ) -> Sequence[RowChange]:
        """Take it back; the records of `rows` that were not touched since go back, and are the answer."""


item_kinds: dict[str, ItemKind] = {}


def item_kind(kind: ItemKind) -> ItemKind:
    """Make a kind known; called from a package's contributions, once for each process."""
    return item_kinds.setdefault(kind.key, kind)
