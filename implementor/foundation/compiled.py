"""The texts of statements, found by the statement itself: going through ten thousand parts of one takes longer."""

from __future__ import annotations

from typing import Any

from sqlalchemy.util import LRUCache

MOST_TEXTS = 500
MOST_AT_ONCE = 1000


class Texts(LRUCache[Any, Any]):
    """What an engine takes as its `compiled_cache`: compiled statements by (dialect, parts, and how it is asked).

    SQLAlchemy knows a statement again by comparing all its parts. One that is kept (`statements.kept`) has the same
    things as parts each time, so the second time it is asked it is found by their being the same.
    """

    def __init__(self) -> None:
        super().__init__(MOST_TEXTS)
        self._at_once: dict[int, tuple[Any, Any]] = {}

    def get(self, key: Any, default: Any = None) -> Any:
        """The compiled statement, or `default`."""
        parts = key[1]
        found = self._at_once.get(id(parts))
        if found is not None:
            known, compiled = found  # the key is kept along, so that nothing else can have the identity of its parts
            if known[1] is parts and known[0] is key[0] and known[2:] == key[2:]:
                return compiled
        entry = super().get(key)
        if entry is None:
            return default
        if entry[0][1] is parts:
            if len(self._at_once) >= MOST_AT_ONCE:
                self._at_once.clear()
            self._at_once[id(parts)] = entry
        return entry[1]

    def __setitem__(self, key: Any, compiled: Any) -> None:
        super().__setitem__(key, (key, compiled))
