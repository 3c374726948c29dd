"""Databases of the tests: each worker has one per kind, put back to its migrated state after every test that wrote."""

import os
import secrets
from contextlib import closing
from pathlib import Path

import psycopg
from sqlalchemy import URL, Connection, create_engine, event, make_url, text
from sqlalchemy.engine import Engine

from implementor.web.database import sqlite_driver
from tests.machinery.runs import run
from tests.machinery.schema import build_schema

READING = ("SELECT", "PRAGMA", "SHOW", "EXPLAIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SET")
RESHAPING = ("CREATE", "ALTER", "DROP", "TRUNCATE", "VACUUM", "REINDEX")
TEMPLATE_LOCK = 20_261_121  # any number, the same in every worker
EMPTIED_IN_A_ROW = 40
"""After so many tests a database is copied anew: what was deleted still takes room in its tables."""
PROGRAM = Path(__file__).with_name("begin_again.sql")
"""Run once in the template: keeps what a fresh database holds and makes the function that puts it back."""
BEGIN_AGAIN = text("SELECT kept.begin_again()")


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
        self.template, self.file = run.file("template.sqlite3", _build_sqlite), folder / "test.sqlite3"
        self.url = f"sqlite:///{self.file.as_posix()}"
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


def _build_sqlite(file: Path) -> None:
    build_schema(f"sqlite:///{file.as_posix()}")
    with closing(sqlite_driver().connect(file)) as template:
        template.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        template.execute("PRAGMA journal_mode=DELETE")  # one file, which can be renamed


class PostgresDatabase:
    """One database per worker, made from a migrated template that all workers share."""

    kind = "postgresql"

    def __init__(self, server_url: str, run: str, watch: WriteWatch) -> None:
        self.watch = watch
        self.emptied = 0
        self.own: Engine | None = None
        self.server = create_engine(server_url, isolation_level="AUTOCOMMIT")
        self.template = f"implementor_template_{run}"
        self.name = f"implementor_test_{run}_{secrets.token_hex(4)}"
        self.url = make_url(server_url).set(database=self.name).render_as_string(hide_password=False)
        try:
            self._build_template(make_url(server_url))
            self._copy()
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
                _run_program(server.set(database=draft))
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
        self._let_go()
        with self.server.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)"))
            connection.execute(text(f"CREATE DATABASE {self.name} TEMPLATE {self.template} STRATEGY FILE_COPY"))
        self.emptied = 0

    def _empty(self) -> None:
        """Delete what a test wrote and count from one again, in one statement over a connection that stays."""
        if self.own is None:
            self.own = create_engine(self.url, pool_size=1)
        with self.own.begin() as connection:
            connection.execute(BEGIN_AGAIN)
        self.emptied += 1

    def _let_go(self) -> None:
        if self.own is not None:
            self.own.dispose()
            self.own = None

    def remove(self) -> None:
        """Drop this worker's database; the template goes with the run (see `drop_run`)."""
        self._let_go()
        with self.server.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)"))
        self.server.dispose()


def _run_program(url: URL) -> None:
    # the driver alone: SQLAlchemy hands it an empty list of values, and then it looks for places to put them
    with psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False)) as connection:
        connection.execute(PROGRAM.read_bytes())


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
