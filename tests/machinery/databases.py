"""Databases of the tests: each worker has one per kind, put back to its migrated state after every test that wrote."""

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, create_engine, delete, event, make_url, table, text
from sqlalchemy.engine import Engine
from sqlalchemy.pool import NullPool

from implementor.web.database import sqlite_driver
from tests.machinery.schema import build_schema

KINDS = ("sqlite", "postgresql")
READING = ("SELECT", "PRAGMA", "SHOW", "EXPLAIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SET")
RESHAPING = ("CREATE", "ALTER", "DROP", "TRUNCATE", "VACUUM", "REINDEX")
TEMPLATE_LOCK = 20_261_121  # any number, the same in every worker
EMPTIED_IN_A_ROW = 40
"""After so many tests a database is copied anew: what was deleted still takes room in its tables."""
TABLES = text("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
BEGIN_AGAIN = text(
    "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)"
    " FROM pg_sequences WHERE last_value IS NOT NULL"
)
HOLDS = """SELECT '{0}' WHERE EXISTS (SELECT 1 FROM "{0}")"""
ROWS = """SELECT json_agg(one) FROM "{0}" AS one"""
PUT_BACK = """INSERT INTO "{0}" SELECT * FROM json_populate_recordset(NULL::"{0}", CAST(:rows AS json))"""
COUNTED = text("SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL")
COUNT_ON = text("SELECT setval(CAST(:name AS regclass), :last)")


class WriteWatch:
    """Remembers which databases this process may have changed, so that reading tests cost no reset."""

    def __init__(self) -> None:
        self.written: set[str] = set()
        self.reshaped: set[str] = set()
        event.listen(Engine, "before_cursor_execute", self._note)

    def _note(self, connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        words = statement.lstrip().upper()
        if words.startswith(READING):
            return
        name = str(connection.engine.url.database)
        self.written.add(name)
        if words.startswith(RESHAPING):
            self.reshaped.add(name)


class SqliteDatabase:
    """One file, filled from a migrated one."""

    kind = "sqlite"

    def __init__(self, folder: Path, watch: WriteWatch) -> None:
        self.watch = watch
        self.template, self.file = folder / "template.sqlite3", folder / "test.sqlite3"
        self.url = f"sqlite:///{self.file.as_posix()}"
        build_schema(f"sqlite:///{self.template.as_posix()}")
        self.renew()

    def was_written(self) -> bool:
        """Whether a statement of this process may have changed it."""
        return str(self.file) in self.watch.written

    def renew(self, *, is_shared: bool = False) -> None:
        """Put the migrated state back, page by page, so that a server may stay connected."""
        driver = sqlite_driver()
        with closing(driver.connect(self.template)) as template, closing(driver.connect(self.file)) as file:
            template.backup(file)
        self.watch.written.discard(str(self.file))

    def remove(self) -> None:
        """Nothing to do: the folder is temporary."""


class PostgresDatabase:
    """One database per worker, made from a migrated template that all workers share."""

    kind = "postgresql"

    def __init__(self, server_url: str, run: str, watch: WriteWatch) -> None:
        self.watch = watch
        self.emptied = 0
        self.first_rows: dict[str, Any] = {}
        self.first_counts: list[tuple[Any, ...]] = []
        self.server = create_engine(server_url, isolation_level="AUTOCOMMIT")
        self.template = f"implementor_template_{run}"
        self.name = f"implementor_test_{run}_{secrets.token_hex(4)}"
        self.url = make_url(server_url).set(database=self.name).render_as_string(hide_password=False)
        try:
            self._build_template(make_url(server_url))
            self._copy()
            self._remember()
        except Exception:
            self.server.dispose()  # a failed migration must show itself, not a forgotten connection
            raise

    def _build_template(self, server: URL) -> None:
        """The first worker builds, the others wait; a template is only called one when its migration is done."""
        with self.server.connect() as connection:
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": TEMPLATE_LOCK})
            found = text("SELECT count(*) FROM pg_database WHERE datname = :name")
            if not connection.scalar(found, {"name": self.template}):
                draft = f"{self.template}_draft"
                connection.execute(text(f"DROP DATABASE IF EXISTS {draft}"))
                connection.execute(text(f"CREATE DATABASE {draft} TEMPLATE template0 ENCODING 'UTF8'"))
                build_schema(server.set(database=draft).render_as_string(hide_password=False))
                connection.execute(text(f"ALTER DATABASE {draft} RENAME TO {self.template}"))
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": TEMPLATE_LOCK})

    def was_written(self) -> bool:
        """Whether a statement of this process may have changed it."""
        return self.name in self.watch.written

    def renew(self, *, is_shared: bool = True) -> None:
        """Put the migrated state back; where another process `is_shared` with it, its connections are ended."""
        if is_shared or self.name in self.watch.reshaped or self.emptied >= EMPTIED_IN_A_ROW:
            self._copy()
        else:
            self._empty()
        self.watch.written.discard(self.name)
        self.watch.reshaped.discard(self.name)

    def _copy(self) -> None:
        with self.server.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)"))
            connection.execute(text(f"CREATE DATABASE {self.name} TEMPLATE {self.template} STRATEGY FILE_COPY"))
        self.emptied = 0

    def _empty(self) -> None:
        """Delete what a test wrote and count from one again: ten times faster than a copy."""
        with self._own() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))  # no keys to check on the way
            for name in self._held(connection):
                connection.execute(delete(table(name)))
            connection.execute(BEGIN_AGAIN)
            for name, rows in self.first_rows.items():
                connection.execute(text(PUT_BACK.format(name)), {"rows": json.dumps(rows)})
            for name, last in self.first_counts:
                connection.execute(COUNT_ON, {"name": name, "last": last})
        self.emptied += 1

    def _remember(self) -> None:
        """Keep what migrations and the first start put into a fresh database."""
        with self._own() as connection:
            self.first_rows = {name: connection.scalar(text(ROWS.format(name))) for name in self._held(connection)}
            self.first_counts = [tuple(row) for row in connection.execute(COUNTED)]

    @contextmanager
    def _own(self) -> Iterator[Connection]:
        """A transaction in this database that leaves no connection behind."""
        engine = create_engine(self.url, poolclass=NullPool)
        with engine.begin() as connection:
            yield connection
        engine.dispose()

    @staticmethod
    def _held(connection: Connection) -> list[str]:
        """The tables that hold rows."""
        names = connection.scalars(TABLES).all()
        return list(connection.scalars(text(" UNION ALL ".join(HOLDS.format(name) for name in names))))

    def remove(self) -> None:
        """Drop this worker's database; the template goes with the run (see `drop_run`)."""
        with self.server.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)"))
        self.server.dispose()


Database = SqliteDatabase | PostgresDatabase


def drop_run(server_url: str, run: str) -> None:
    """Remove everything a run left on a server that outlives it."""
    engine = create_engine(server_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        names = connection.scalars(
            text("SELECT datname FROM pg_database WHERE datname LIKE :pattern"), {"pattern": f"implementor%{run}%"}
        ).all()
        for name in names:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
    engine.dispose()


def run_name() -> str:
    """A name for this run, so that two runs on one server keep apart."""
    return f"{os.getpid()}_{secrets.token_hex(3)}"
