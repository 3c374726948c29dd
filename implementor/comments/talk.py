"""What a record's page shows of comments and files: plain values, ready to be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from implementor.foundation.records import RecordRef


@dataclass(frozen=True)
class SaidComment:
    """One comment as it is read; `people` are the (id, name) of those it names."""

    id: int
    author: str
    body: str
    people: tuple[tuple[int, str], ...]
    created_at: datetime
    edited_at: datetime | None
    may_edit: bool
    may_remove: bool


@dataclass(frozen=True)
class AttachedFile:
    """One attached file; `size` is in bytes."""

    id: int
    name: str
    size: int
    author: str
    created_at: datetime
    may_remove: bool


@dataclass(frozen=True)
class Talk:
    """Comments of a record, oldest first, and its files; `earlier` and `later` are cursors or None."""

    about: RecordRef
    comments: Sequence[SaidComment]
    earlier: str | None
    later: str | None
    files: Sequence[AttachedFile]
    may_add: bool
