"""What can be imported: kinds that packages above contribute, and how they talk with the engine that runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from sqlalchemy.orm import Session

from implementor.exchange.detection import Detected
from implementor.exchange.mapping import TargetField
from implementor.exchange.models import ImportedRow, ImportRun
from implementor.exchange.readers.source import Row, Source
from implementor.foundation.errors import NotFound
from implementor.foundation.permissions import Actor, Permission
from implementor.foundation.words import Phrase, phrase_from_json

OutcomeVerb = Literal["created", "updated", "unchanged", "refused"]


@dataclass(frozen=True)
class Reason:
    """Why a row was refused: the column and value it is about ("" where it is about the row), and what to do.

    It `is_spare` where the row can do without the cell.
    """

    message: Phrase
    column: str = ""
    value: str = ""
    is_spare: bool = False

    def as_json(self) -> dict[str, Any]:
        """A form to store; read back by `reason_from_json`."""
        return {"column": self.column, "value": self.value, "message": self.message.as_json()}


def reason_from_json(stored: Mapping[str, Any]) -> Reason:
    """The reason that `Reason.as_json` stored."""
    return Reason(phrase_from_json(stored["message"]), stored["column"], stored["value"])


@dataclass
class Outcome:
    """What becomes of a row; `data` is the kind's own, `emptied` says which cells were left out of a row taken."""

    row: Row
    verb: OutcomeVerb
    reasons: Sequence[Reason] = ()
    data: Any = None
    emptied: Sequence[Reason] = ()

    @property
    def is_told(self) -> bool:
        """Whether the report names the row."""
        return self.verb == "refused" or bool(self.emptied)


@dataclass(frozen=True)
class Options:
    """How a person wants a file to be taken.

    `mode`: both, create (leave known records alone) or update (make none). `filling`: overwrite (what the other
    system changed) or fill (only what is empty here). `clears`: an empty cell empties the field. `meanings`: field ->
    folded word of the file -> our value, for words that nothing else explains. `links`: create or find, what is done
    about records that the file names and that are not here. `country` is that of telephone numbers without one (ISO
    3166), `system` what the file's own keys are kept under. `defaults`: field -> text where a row says nothing.
    `skips_cells`: a cell that cannot be read is left out, where the row can do without it, instead of the row.
    `doubles`: a row is taken although another record bears what only one can bear, such as its tax number.
    """

    mode: str = "both"
    filling: str = "overwrite"
    clears: bool = False
    meanings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    time_zone: str = "UTC"
    links: str = "create"
    country: str = ""
    system: str = ""
    defaults: Mapping[str, str] = field(default_factory=dict)
    skips_cells: bool = False
    doubles: bool = False

    def as_json(self) -> dict[str, Any]:
        """A form to store."""
        return {
            "mode": self.mode, "filling": self.filling, "clears": self.clears, "time_zone": self.time_zone,
            "meanings": {name: dict(words) for name, words in self.meanings.items()}, "links": self.links,
            "country": self.country, "system": self.system, "defaults": dict(self.defaults),
            "skips_cells": self.skips_cells, "doubles": self.doubles,
        }  # fmt: skip


@dataclass
class Setup:
    """All that a kind needs to know about a file. `learned` may be filled and is stored with the run."""

    run_id: int | None
    project_id: int | None
    file_name: str
    source: Source
    detected: Detected
    mapping: dict[int, str]
    options: Options
    by: Actor
    at: datetime
    learned: dict[str, Any] = field(default_factory=dict)

    def columns_of(self, name: str) -> list[int]:
        """The columns that fill a field, from left to right."""
        return sorted(column for column, filled in self.mapping.items() if filled == name)


class Importer(Protocol):
    """How one kind takes rows. The dry run and the run use the same object in the same way, up to `write`."""

    def needs_learning(self) -> bool:
        """Whether all rows must be seen before the first can be understood."""

    def learn(self, rows: Iterable[Row]) -> None:
        """See all rows once."""

    def parse(self, rows: Sequence[Row]) -> list[Any]:
        """Understand rows, without the database. Called for every row, those of earlier batches too."""

    def plan(self, session: Session, drafts: Sequence[Any], *, locking: bool) -> list[Outcome]:
        """What becomes of each row; `locking` where writing follows. Changes nothing."""

    def write(self, session: Session, outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
        """Write what was planned; gives the columns of `ImportedRow` for every record that was touched."""

    def finish(self, session: Session) -> bool:
        """Do a part of what could not be done row by row; called until it says False. Doing it twice is harmless."""

    def remarks(self) -> list[Phrase]:
        """What is worth telling besides the counts."""


@dataclass
class Undone:
    """What an undo put back, and what it left with the reason."""

    restored: int = 0
    kept: list[tuple[str, Phrase]] = field(default_factory=list)

    def add(self, other: Undone) -> None:
        """Count another part."""
        self.restored += other.restored
        self.kept += other.kept


@dataclass(frozen=True)
class Where:
    """A project that a command names: its id (None outside projects), and the actor with the roles held there."""

    project_id: int | None
    by: Actor


@dataclass(frozen=True)
class ImportKind:
    """A kind of records that files can fill.

    `prepare` gives the importer of a file. `undo` takes facts of a run back. `find_place` finds the project that a
    command names (raises a Refusal). One of `needs` must be mapped. `result_url` leads to what a run made.
    `open_words`: fields whose unknown words a person may explain, with the (value, label) pairs to choose from.
    `after` asks for work that follows a run. `is_open` says whether a person may fill a target. The kind that comes
    first in its place (`order`) is the one that a new import begins with.
    `own_targets` are fields that the kind got besides those it was declared with, and those that are called otherwise.
    `defaults_of` gives the texts of fields where a row says nothing, by the record from whose page the import began.
    A kind of projects that `asks_links` lets people choose whether what a file names and nobody knows is added.
    """

    name: str
    label: Phrase
    targets: tuple[TargetField, ...]
    permission: Permission
    prepare: Callable[[Session, Setup], Importer]
    undo: Callable[[Session, Sequence[ImportedRow], Actor, datetime], Undone]
    find_place: Callable[[Session, Actor, str | None], Where]
    result_url: Callable[[ImportRun], str]
    needs: tuple[str, ...] = ()
    open_words: Callable[[Session, int | None], Mapping[str, Sequence[tuple[str, Any]]]] = lambda _session, _id: {}
    after: Callable[[Session, ImportRun, Actor, datetime], None] = lambda _session, _run, _by, _at: None
    in_project: bool = True
    order: int = 100
    is_open: Callable[[str, Actor], bool] = lambda _name, _by: True
    own_targets: Callable[[], tuple[TargetField, ...]] = tuple
    defaults_of: Callable[[Session, int | None, str], Mapping[str, str]] = lambda _session, _id, _about: {}
    asks_links: bool = False

    @property
    def present_targets(self) -> tuple[TargetField, ...]:
        """Every field that files can fill now, fields of one's own too."""
        own = {one.name: one for one in self.own_targets()}
        return (*(own.pop(one.name, one) for one in self.targets), *own.values())

    def targets_for(self, by: Actor) -> tuple[TargetField, ...]:
        """The fields that this person may fill."""
        return tuple(one for one in self.present_targets if self.is_open(one.name, by))

    def target(self, name: str) -> TargetField | None:
        """The field of that name."""
        return next((target for target in self.present_targets if target.name == name), None)


kinds: dict[str, ImportKind] = {}


def import_kind(kind: ImportKind) -> ImportKind:
    """Make a kind known; called from a package's contributions."""
    kinds[kind.name] = kind
    return kind


def kind_named(name: str) -> ImportKind:
    """The kind of that name. Raises NotFound."""
    if name not in kinds:
        raise NotFound(name)
    return kinds[name]
