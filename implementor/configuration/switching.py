"""Which kinds of record can be switched off, and which other kinds each of them needs; upper packages fill it in."""

from __future__ import annotations

from collections.abc import Iterable

switchable: dict[str, tuple[str, ...]] = {}
"""Kind -> the kinds that it cannot do without."""


def may_be_off(kind: str, *, needs: Iterable[str] = ()) -> None:
    """Let administrators switch a kind off; called from a package's contributions."""
    switchable[kind] = tuple(needs)


def users_of(kind: str) -> list[str]:
    """The kinds that need this one."""
    return [one for one, needs in switchable.items() if kind in needs]
