"""Kinds of record that rules give to people; upper packages say what counts as open work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Select


@dataclass(frozen=True)
class Assignable:
    """A kind with an owner. `open_counts` selects (user id, how many open records they own) among these people."""

    kind: str
    open_counts: Callable[[list[int]], Select[int, int]]


assignable: dict[str, Assignable] = {}


def assigned_by_rules(declared: Assignable) -> None:
    """Let rules give records of a kind to people; called from a package's contributions."""
    assignable[declared.kind] = declared
