"""What a package says about the import of its records, and what the engine hands it while it writes them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from implementor.exchange.kinds import Options, Reason, Setup
from implementor.exchange.models import ImportRun
from implementor.exchange.readers.source import Row
from implementor.foundation.extension import is_key
from implementor.foundation.fields import Entity
from implementor.foundation.permissions import Actor, Permission
from implementor.foundation.words import Phrase

EXTERNAL_ID = "external_id"
"""The field of every kind that holds what the other system calls the record."""


@dataclass
class Draft:
    """A row as it was understood.

    `values` by attribute of the model, ready to store; `links` by field, the text that names another record; `extra`
    by target, the texts of what no field holds; `words` by list of words, key -> label of words that are new;
    `marks` what the file says, by field. `name` is what recognises the row again: a key elsewhere, or a print of its
    cells where it has no key (`is_print`). A draft that `is_repeated` says the very same as an earlier row of its key;
    one that `is_unowned` names an owner whom nobody here is. `linked` has the ids that texts of extra targets lead to,
    `emptied` why cells were left out, `signed` which shares are written with a percent sign.
    """

    row: Row
    values: dict[str, Any] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    extra: dict[str, list[str]] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)
    name: str = ""
    is_print: bool = False
    is_repeated: bool = False
    is_unowned: bool = False
    linked: dict[str, int] = field(default_factory=dict)
    emptied: list[Reason] = field(default_factory=list)
    signed: tuple[str, ...] = ()

    def text(self, target: str) -> str:
        """The first text of an extra target, or nothing."""
        texts = self.extra.get(target)
        return texts[0] if texts else ""


@dataclass
class Writing:
    """Where and for whom records are written; `system` is what the file's own keys are kept under."""

    session: Session
    setup: Setup
    by: Actor
    at: datetime
    system: str
    facts: list[dict[str, Any]] = field(default_factory=list)

    @property
    def options(self) -> Options:
        """How the person wants the file to be taken."""
        return self.setup.options

    def stamps(self) -> dict[str, Any]:
        """The columns of every record that is new."""
        who = self.by.user_id
        return {
            "created_at": self.at, "updated_at": self.at, "created_by_id": who, "updated_by_id": who, "version": 1,
        }  # fmt: skip


@dataclass
class Written:
    """A record that a row made or changed; `before` holds the values it had, by attribute."""

    record_id: int
    draft: Draft
    is_new: bool
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Change:
    """A known record that a row changes: its stored `row`, the draft, and the attributes that it gets.

    One that `is_recognised` was found by what it holds, such as a mail address, and not by its key in the other system.
    """

    row: Any
    draft: Draft
    after: dict[str, Any]
    is_recognised: bool = False


Found = Mapping[str, Sequence[int]]
Complete = Callable[[dict[str, Any]], None]


FindLinked = Callable[[Session, Actor, Collection[str]], Found]
finders: dict[str, FindLinked] = {}
"""How texts of files lead to records of a kind, by kind; packages fill it in for those that links of one's own name."""


@dataclass(frozen=True)
class Link:
    """How a text leads to the record that a field points at.

    `find` answers the ids that each text means (several: nobody can tell); it gets every text of a batch at once.
    `make` adds what is missing, where the person asked for it. `offer` are the few things that an unknown text may
    mean, as (text, label); without it a person writes what the thing is called here.
    """

    field: str
    find: Callable[[Session, Actor, Collection[str]], Found]
    make: Callable[[Writing, Sequence[str]], Mapping[str, int]] | None = None
    headers: str = ""
    offer: Callable[[], Sequence[tuple[str, Any]]] | None = None


@dataclass(frozen=True)
class Key:
    """What recognises a row whose own key is not known: `find` answers the ids for each text.

    `of` gives the text of a draft, or None where the row does not say enough. Of texts that are `unique` there is one
    record, whatever its source says; other texts do not unite what a source tells apart by keys. `agrees` looks at the
    values of a record (by attribute) that bears the text: whether it may be the one that the draft means.
    """

    of: Callable[[Draft], str | None]
    find: Callable[[Session, Collection[str]], Found]
    unique: bool = False
    agrees: Callable[[Draft, Mapping[str, Any]], bool] | None = None


@dataclass(frozen=True)
class Exclusive:
    """A field whose value only one record can bear, such as a tax number.

    `key` gives the form in which values are compared, empty for one that says nothing; `find` the (id, title) of the
    records that bear each of such values, as far as the importing person sees them.
    """

    field: str
    key: Callable[[str], str]
    find: Callable[[Session, Actor, Collection[str]], Mapping[str, Sequence[tuple[int, str]]]]


@dataclass(frozen=True)
class Extra:
    """Something besides the fields of the catalogue that a column can hold, such as a second telephone.

    `kind` says how it is checked: text, email or phone (several in a cell are several), truth ("true" or nothing),
    moment (ISO 8601), or link (the text leads to a record by the Link of that name). `fills` are the fields of the
    catalogue that it writes to: from whom one of them is shut, it is shut too.
    """

    name: str
    label: Phrase
    headers: str = ""
    kind: str = "text"
    repeatable: bool = False
    fills: tuple[str, ...] = ()


@dataclass(frozen=True)
class RecordImport:
    """How records of one kind come in from files.

    `headers` names columns by field, separated by |. `keys` recognise rows that have no key elsewhere, in this
    order. `complete` derives columns from those that were read, for new rows and changed ones. `rule` says what the
    catalogue cannot. `settle` writes what belongs to the records of a batch (telephones, stage events).
    `may_change` narrows what the importing person may update. `needs`: one of these fields must be mapped.
    `left_out` are fields that no file fills, `taken_in` those that people do not edit but files may state, `spared`
    those of them that a row can do without. `usual` are columns of every new record. `derive` makes values of what
    was read and says what is wrong with them. `spill`: field -> extra target for further addresses or numbers in
    its cell. `before_new` and `before_changes` may add columns, `before_rows` brings records of these ids to what
    they read as. `resembling` tells which drafts look like records that are here. `exclusive` is what only one
    record can bear. `looks` says how cells of a field look where its kind does not. `is_open_to` says whether a
    person may fill any of it.
    """

    entity: Entity
    permission: Permission
    result_url: Callable[[ImportRun], str]
    needs: tuple[str, ...]
    headers: Mapping[str, str] = field(default_factory=dict)
    keys: tuple[Key, ...] = ()
    links: tuple[Link, ...] = ()
    extra: tuple[Extra, ...] = ()
    left_out: frozenset[str] = frozenset()
    taken_in: frozenset[str] = frozenset()
    spared: frozenset[str] = frozenset()
    complete: Complete = lambda _values: None
    derive: Callable[[Draft], Iterable[Reason]] = lambda _draft: ()
    rule: Callable[[Draft], Iterable[Reason]] = lambda _draft: ()
    before_rows: Callable[[Session, Sequence[int]], None] = lambda _session, _ids: None
    before_new: Callable[[Writing, Sequence[Draft]], None] = lambda _writing, _drafts: None
    before_changes: Callable[[Writing, Sequence[Change]], None] = lambda _writing, _changes: None
    settle: Callable[[Writing, Sequence[Written]], None] = lambda _writing, _written: None
    may_change: Callable[[Actor], ColumnElement[bool] | None] = lambda _actor: None
    usual: Mapping[str, Any] = field(default_factory=dict)
    spill: Mapping[str, str] = field(default_factory=dict)
    resembling: Callable[[Session, Sequence[Draft]], Sequence[bool]] | None = None
    exclusive: Exclusive | None = None
    looks: Mapping[str, str] = field(default_factory=dict)
    is_open_to: Callable[[Actor], bool] = lambda _actor: True

    @property
    def kind(self) -> str:
        return self.entity.kind

    @cached_property
    def owner(self) -> str:
        """The field by which people are asked whom an unknown name means."""
        return next((name for name in ("owner", "owner_id") if name in self.entity.fields), "owner")

    @cached_property
    def labels(self) -> Mapping[str, Phrase]:
        """The labels of extra targets."""
        return {one.name: one.label for one in self.extra}

    def link_of(self, name: str) -> Link | None:
        """The way a field finds what it points at; links of one's own are found as all links to their kind."""
        found = self._links.get(name)
        field = self.entity.fields.get(name) if found is None and is_key(name) else None
        find = finders.get(field.target or "") if field is not None else None
        return found if find is None else Link(name, find)

    @cached_property
    def _links(self) -> Mapping[str, Link]:
        return {link.field: link for link in self.links}


record_imports: dict[str, RecordImport] = {}
