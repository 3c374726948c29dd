"""The assignment matrix as pages and files show it: rows by roles, the same by role, and what is missing in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from implementor.foundation.choices import Choice
from implementor.foundation.permissions import PROJECT_ROLES, ROLE_LABELS, Role
from implementor.foundation.words import Phrase, say

ROLES: tuple[Role, ...] = tuple(role for role in PROJECT_ROLES if role is not Role.VIEWER)
MARKS: Mapping[str, Phrase] = {
    "R": say("Responsible: does it"),
    "A": say("Accountable: answers for it"),
    "AR": say("Accountable and responsible"),
    "C": say("Consulted: is asked before"),
    "I": say("Informed: is told after"),
}
ACCOUNTABLE, RESPONSIBLE = frozenset({"A", "AR"}), frozenset({"R", "AR"})
ITEM_KINDS = (
    Choice("stage", say("Stage")),
    Choice("deliverable", say("Deliverable")),
    Choice("decision", say("Decision")),
    Choice("other", say("Other")),
)


@dataclass(frozen=True)
class MatrixRow:
    """One row with the mark of each role that has one."""

    item: Any
    marks: Mapping[str, str]
    pointed: Any | None = None

    @property
    def title(self) -> str:
        """What it is called: by the record it points at, else in its own words."""
        return str(self.pointed.title if self.pointed is not None else self.item.title)

    @property
    def gaps(self) -> list[Phrase]:
        """What is missing in it."""
        held = set(self.marks.values())
        found = []
        if not held & ACCOUNTABLE:
            found.append(say("nobody is accountable"))
        if not held & RESPONSIBLE:
            found.append(say("nobody is responsible"))
        return found


@dataclass(frozen=True)
class RoleDuties:
    """What one role has to do: rows by mark."""

    label: Phrase
    duties: Sequence[tuple[str, Sequence[Any]]]


def matrix_rows(
    items: Iterable[Any], marks: Iterable[Any], pointed: Mapping[Any, Any] | None = None
) -> list[MatrixRow]:
    """The rows in their order; `pointed` are the records that rows point at, by pointer."""
    of: dict[int, dict[str, str]] = {}
    for one in marks:
        of.setdefault(one.item_id, {})[one.role] = one.mark
    return [MatrixRow(item, of.get(item.id, {}), (pointed or {}).get(item.target)) for item in items]


def by_role(rows: Sequence[MatrixRow]) -> list[RoleDuties]:
    """The same matrix seen from each role, what it answers for first."""
    return [
        RoleDuties(
            ROLE_LABELS[role],
            [
                (mark, [row for row in rows if row.marks.get(str(role)) == mark])
                for mark in ("A", "AR", "R", "C", "I")
                if any(row.marks.get(str(role)) == mark for row in rows)
            ],
        )
        for role in ROLES
    ]


def accountable_roles(marks: Mapping[str, str]) -> list[Role]:
    """The roles that a row makes accountable; there should be one."""
    return [role for role in ROLES if marks.get(str(role)) in ACCOUNTABLE]
