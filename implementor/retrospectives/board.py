"""What lies on the table for one reader: columns with their notes, put together, counted and in their order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from implementor.foundation.words import Phrase


@dataclass
class Shown:
    """A note that a reader sees; `mine` are the reader's own votes for it, `under` what lies under it."""

    id: int
    text: str
    author: str | None
    is_own: bool
    votes: int
    mine: int
    under: list[Shown] = field(default_factory=list)


@dataclass
class Column:
    """A column; `hidden` is how many notes in it others wrote and nobody reads yet."""

    place: int
    name: Phrase | str
    notes: list[Shown] = field(default_factory=list)
    hidden: int = 0


def laid_out(
    names: Sequence[Phrase | str], rows: Iterable[Any], *, hand: str | None, revealed: bool, given: Counter[int],
    counting: bool,
) -> list[Column]:  # fmt: skip
    """The columns for one reader. `rows` as in `queries.notes_on`; before the reveal only those of the reader's `hand`.

    `given` are the reader's votes by note. With `counting` votes are shown and the most voted stand first; while people
    still vote, each sees their own alone.
    """
    columns = [Column(place, name) for place, name in enumerate(names)]
    under: dict[int, list[Shown]] = defaultdict(list)
    for row in rows:
        is_own = hand is not None and row.hand == hand
        column = columns[min(row.place, len(columns) - 1)]
        if not revealed and not is_own:
            column.hidden += 1
            continue
        votes = row.votes + row.given if counting else 0
        note = Shown(row.id, row.text, row.author, is_own, votes, given[row.id])
        if row.head_id is None:
            column.notes.append(note)
        else:
            under[row.head_id].append(note)
    for column in columns:
        for note in column.notes:
            note.under = under[note.id]
            note.votes += sum(one.votes for one in note.under)
        if counting:
            column.notes.sort(key=lambda one: (-one.votes, one.id))
    return columns
