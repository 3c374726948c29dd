"""What a pass over a file must remember of all its rows, kept on disk so that memory stays flat for a million."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence

_AT_ONCE = 1000


class Notebook:
    """Keys that were seen with the row they stood in, other names for keys, and rows whose parent comes later.

    It lives in a temporary file that vanishes with the object.
    """

    def __init__(self) -> None:
        self._notes = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._notes.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-8192;"
            "CREATE TABLE seen (key TEXT PRIMARY KEY, row INTEGER, mark TEXT) WITHOUT ROWID;"
            "CREATE TABLE name (name TEXT PRIMARY KEY, key TEXT) WITHOUT ROWID;"
            "CREATE TABLE tally (key TEXT PRIMARY KEY, count INTEGER) WITHOUT ROWID;"
            "CREATE TABLE hanging (id INTEGER PRIMARY KEY, child TEXT, parent TEXT);"
        )

    def seen(self, keys: Sequence[str]) -> dict[str, tuple[int, str]]:
        """Row and mark of those keys that were noted before."""
        found = self._notes.execute(
            "SELECT key, row, mark FROM seen WHERE key IN (SELECT value FROM json_each(?))", (json.dumps(list(keys)),)
        )
        return {key: (row, mark) for key, row, mark in found}

    def note(self, keys: Sequence[tuple[str, int, str]]) -> None:
        """Note keys with row and mark; the first row of a key stays."""
        self._write("INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", keys)

    def name(self, names: Sequence[tuple[str, str]]) -> None:
        """Note other names under which a key may be meant; the first meaning stays."""
        self._write("INSERT OR IGNORE INTO name VALUES (?, ?)", names)

    def named(self, names: Sequence[str]) -> dict[str, str]:
        """The keys that these names mean."""
        found = self._notes.execute(
            "SELECT name, key FROM name WHERE name IN (SELECT value FROM json_each(?))", (json.dumps(list(names)),)
        )
        return dict(found.fetchall())

    def tally(self, keys: Sequence[str]) -> dict[str, int]:
        """How often each of these keys was counted; keys never counted are left out."""
        found = self._notes.execute(
            "SELECT key, count FROM tally WHERE key IN (SELECT value FROM json_each(?))", (json.dumps(list(keys)),)
        )
        return dict(found.fetchall())

    def set_tally(self, counts: Mapping[str, int]) -> None:
        """Keep how often keys were counted."""
        self._write("INSERT OR REPLACE INTO tally VALUES (?, ?)", list(counts.items()))

    def hang(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Note children (by key) with the parent they name."""
        self._write("INSERT INTO hanging (child, parent) VALUES (?, ?)", pairs)

    def hanging(self) -> Iterator[list[tuple[str, str]]]:
        """Children with their parents, a thousand at once, each given once."""
        last = 0
        while rows := self._notes.execute(
            "SELECT id, child, parent FROM hanging WHERE id > ? ORDER BY id LIMIT ?", (last, _AT_ONCE)
        ).fetchall():
            last = rows[-1][0]
            yield [(child, parent) for _, child, parent in rows]

    def _write(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        if rows:
            self._notes.execute("BEGIN")
            self._notes.executemany(statement, rows)
            self._notes.execute("COMMIT")
