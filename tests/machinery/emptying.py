"""An SQLite database put back by emptying what a test filled: copying it made each connection read the schema anew."""

from pathlib import Path
from typing import Any

from implementor.web.database import sqlite_driver

INDEX, INDEXED = "search_index", "search_document"
"""The full-text index, whose tables are its own, and the table that it is made from."""
AT_ONCE = 200
"""So many tables are asked in one statement; SQLite joins 500 at most."""


def shape_of(connection: Any) -> int:
    """A number that grows whenever a table or an index is made, changed or taken away."""
    return int(connection.execute("PRAGMA main.schema_version").fetchone()[0])


class SqliteEmptier:
    """A connection of the tests' own, with the migrated state beside it as `kept`."""

    def __init__(self, file: Path, template: Path, shape: int) -> None:
        self.driver = sqlite_driver()
        self.connection: Any = self.driver.connect(file, isolation_level=None)
        self.connection.execute("PRAGMA foreign_keys=OFF")
        self.connection.execute("PRAGMA synchronous=OFF")
        self.connection.execute("ATTACH ? AS kept", (str(template),))
        self.shape = shape
        self.looks = self._looks("main")
        self.kept = [name for look in self._looks("kept") for (name,) in self.connection.execute(look)]

    def begin_again(self) -> bool:
        """Whether it was done; not where tables have another shape than at first, or keep what is frozen."""
        if shape_of(self.connection) != self.shape:
            return False
        run = self.connection.execute
        run("BEGIN IMMEDIATE")
        try:
            filled = {name for look in self.looks for (name,) in run(look)}
            for name in filled:
                run(f'DELETE FROM main."{name}"')  # noqa: S608  # a name of the schema
            for name in self.kept:
                run(f'INSERT INTO main."{name}" SELECT * FROM kept."{name}"')  # noqa: S608  # as above
            if INDEXED in filled:
                run("INSERT INTO search_index(search_index) VALUES ('rebuild')")
        except self.driver.IntegrityError:  # a trigger keeps what was issued
            run("ROLLBACK")
            return False
        run("COMMIT")
        return True

    def close(self) -> None:
        """Let the file go."""
        self.connection.close()

    def _looks(self, schema: str) -> list[str]:
        """Statements that name the tables with rows, besides those that the search index keeps for itself."""
        tables = self.connection.execute(f"SELECT name FROM {schema}.sqlite_schema WHERE type = 'table'")  # noqa: S608
        names = [name for (name,) in tables if not name.startswith(INDEX)]
        asks = [f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {schema}.\"{name}\")" for name in names]  # noqa: S608
        return [" UNION ALL ".join(asks[at : at + AT_ONCE]) for at in range(0, len(asks), AT_ONCE)]
