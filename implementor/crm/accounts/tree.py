"""A group of accounts as it is drawn: depth first, each with the number of those below it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Branch:
    """An account in its tree; `direct` counts those that belong to it, `below` all beneath it."""

    row: Any
    depth: int
    direct: int
    below: int


def top_of(rows: Sequence[Any], account_id: int) -> int:
    """The id of the highest account that a chain of these rows leads up to without a gap."""
    by_id: Mapping[int, Any] = {row.id: row for row in rows}
    top, passed = account_id, {account_id}
    while (above := by_id[top].parent_id) in by_id and above not in passed:
        top = above
        passed.add(top)
    return top


def branches(rows: Iterable[Any], root_id: int) -> list[Branch]:
    """The tree of rows (id, parent_id) below a root and with it, brothers in the order in which they come."""
    children: dict[int | None, list[Any]] = defaultdict(list)
    root = None
    for row in rows:
        if row.id == root_id:
            root = root or row
        else:
            children[row.parent_id].append(row)
    drawn: list[Branch] = []
    seen: set[int] = set()

    def draw(row: Any, depth: int) -> int:
        if row.id in seen:
            return 0
        seen.add(row.id)
        place = len(drawn)
        drawn.append(Branch(row, depth, 0, 0))
        below = sum(draw(child, depth + 1) for child in children[row.id])
        drawn[place] = Branch(row, depth, len(children[row.id]), below)
        return below + 1

    if root is not None:
        draw(root, 0)
    return drawn
