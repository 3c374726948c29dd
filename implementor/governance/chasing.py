"""What a project office runs after: kinds of matters that wait for somebody, told by the packages that know them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from implementor.foundation.model import Rows
from implementor.foundation.permissions import Permission, Role
from implementor.foundation.words import Phrase

REST = timedelta(hours=20)
"""How long nobody is reminded again of the same: tomorrow morning is allowed, twice a day is not."""


@dataclass(frozen=True)
class Chased:
    """A kind of matter. `label` heads it, `asks` is what a reminder asks for, in a sentence.

    `rows` selects, for a day, everything of the kind that waits, as (id, project_id, record_id, link, title, owner_id,
    due_on): `record_id` is that of the record of `record_kind` which a reminder is about, `link` the `argument` of its
    page `endpoint`, `due_on` the day since which it is late or waits. Without an owner whoever holds `role` is asked.
    """

    key: str
    label: Phrase
    asks: Phrase
    rows: Callable[[date], Rows]
    record_kind: str
    endpoint: str
    may_view: Permission
    argument: str | None = "number"
    role: Role = Role.PROJECT_LEAD


chased_kinds: dict[str, Chased] = {}
"""By key, in the order of the page; packages above add theirs in contributions."""


def chased_kind(declared: Chased) -> None:
    """Run after a kind of matter; declaring it twice changes nothing."""
    chased_kinds.setdefault(declared.key, declared)
