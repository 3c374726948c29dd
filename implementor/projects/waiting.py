"""Which project waits for which: loops, and the layers in which projects are drawn, who waits for nobody first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

Edge = tuple[int, int]
"""Ids of the project that delivers and of the one that waits for it."""


def loop_with(edges: Iterable[Edge], supplier: int, receiver: int) -> list[int]:
    """The projects that would wait for each other if `receiver` waited for `supplier` too, in order; none without."""
    after: dict[int, list[int]] = defaultdict(list)
    for one, other in edges:
        after[one].append(other)
    came: dict[int, int] = {receiver: receiver}
    level = [receiver]
    while level and supplier not in came:
        level = [fresh for one in level for fresh in after[one] if came.setdefault(fresh, one) == one]
        level = [one for one in dict.fromkeys(level) if one != receiver]
    if supplier not in came:
        return []
    path = [supplier]
    while path[-1] != receiver:
        path.append(came[path[-1]])
    return path[::-1]


def layers_of(edges: Iterable[Edge]) -> dict[int, int]:
    """Project -> its layer from 0: one more than the deepest of those it waits for. The edges hold no loop."""
    before: dict[int, set[int]] = defaultdict(set)
    projects: dict[int, None] = {}
    for supplier, receiver in edges:
        before[receiver].add(supplier)
        projects |= {supplier: None, receiver: None}
    found: dict[int, int] = {}
    while len(found) < len(projects):
        ready = [one for one in projects if one not in found and before[one] <= found.keys()]
        if not ready:
            raise ValueError("these projects wait for each other")
        found |= {one: max((found[other] + 1 for other in before[one]), default=0) for one in ready}
    return found
