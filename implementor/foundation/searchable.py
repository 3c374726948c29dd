"""What of a record is found by searching: declared by the package that owns it, read by the search above all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from implementor.foundation.fields import Field
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor, Permission


@dataclass(frozen=True)
class Document:
    """A record as the search knows it; `key` is the name people type (VEN-42), `number` what its address needs."""

    title: str
    body: str = ""
    key: str = ""
    number: int | None = None
    project_id: int | None = None


@dataclass(frozen=True)
class Searchable:
    """How records of a kind become documents.

    `document(record, project_key)` answers None for a record that must not be found. `attributes` are the attributes
    whose change alters the document (None: any change may). `may_find` opens documents outside projects; without it
    nobody finds them, and those of projects are found by the people of the project. `visible_ids` narrows documents
    outside projects to the ids it selects (None: every one of the kind); `of_projects` narrows those of projects to the
    projects whose ids it selects, for kinds that not everybody in a project may see. `reads` are the fields whose texts
    are in the document: from whom one of them is hidden, they find by title and key alone; `own` are those of them that
    are fields of one's own, as they are live.
    """

    kind: str
    document: Callable[[Any, str | None], Document | None]
    attributes: frozenset[str] | None = None
    may_find: Permission | None = None
    visible_ids: Callable[[Actor], Rows | None] = lambda _actor: None
    of_projects: Callable[[Actor], Rows] | None = None
    reads: tuple[Field, ...] = ()
    own: Callable[[], tuple[Field, ...]] = tuple

    def is_read_by(self, actor: Actor) -> bool:
        """Whether nothing of what documents say beside their titles is hidden from this person."""
        return all(one.is_visible_to(actor) for one in (*self.reads, *self.own()))

    def is_touched_by(self, names: set[str]) -> bool:
        """Whether a change of these attributes may alter the document."""
        return self.attributes is None or not names.isdisjoint({*self.attributes, *(one.name for one in self.own())})


searchables: dict[str, Searchable] = {}


def searchable(declared: Searchable) -> Searchable:
    """Declare a kind; kinds of projects with a catalogue need it only where their text fields are not enough."""
    searchables[declared.kind] = declared
    return declared
