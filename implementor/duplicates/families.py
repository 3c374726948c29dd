"""Tables by role in which the roles of fields of one's own are found by how they are compared."""

from __future__ import annotations

from typing import TypeVar

Entry = TypeVar("Entry")


class ByFamily(dict[str, Entry]):
    """A table by role; `own_text.f_8k2xa` is found under `own_text`."""

    def __missing__(self, role: str) -> Entry:
        family, mark, _key = role.partition(".")
        if not mark:
            raise KeyError(role)
        return self[family]
