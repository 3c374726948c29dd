"""Databases of the tests: each worker has one per kind, put back to its migrated state after every test that wrote."""

import os
import secrets
from contextlib import closing
from pathlib import Path

import psycopg
from sqlalchemy import URL, Connection, create_engine, event, make_url, text
from sqlalchemy.engine import Engine

from implementor.web.database import sqlite_driver
from tests.machinery.emptying import SqliteEmptier, shape_of
from tests.machinery.runs import run
from tests.machinery.schema import build_schema

READING = ("SELECT", "PRAGMA", "SHOW", "EXPLAIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SET")
RESHAPING = ("CREATE", "ALTER", "DROP", "TRUNCATE", "VACUUM", "REINDEX", "ANALYZE")
TUNING = ("PRAGMA", "SET", "ATTACH", "LISTEN")
"""Statements after which a connection may not be what it was."""
TEMPLATE_LOCK = 20_261_121  # any number, the same in every worker
MOST_ROWS_GONE = 60_000
"""After so many a database is copied anew: what was deleted still takes room in its tables."""
PROGRAM = Path(__file__).with_name("begin_again.sql")
"""Run once in the template: keeps what a fresh database holds and makes the function that puts it back."""
BEGIN_AGAIN = text("SELECT kept.begin_again()")


class WriteWatch:
    """Remembers which databases this process may have changed, so that reading tests cost no reset."""

    def __init__(self) -> None:
        self.written: set[str] = set()
        self.reshaped: set[str] = set()
        self.tuned: set[str] = set()
        event.listen(Engine, "before_cursor_execute", self._note)

    def _note(self, connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        words = statement[:40].lstrip().upper()
        name = str(connection.engine.url.database)
        if words.startswith(TUNING):
            self.tuned.add(name)
        if words.startswith(READING):
            return
        self.written.add(name)
        if words.startswith(RESHAPING):
            self.reshaped.add(name)

    def forget(self, name: str) -> None:
        """Begin anew with this database."""
        for noted in (self.written, self.reshaped, self.tuned):
            noted.discard(name)


class SqliteDatabase:
    """One file, filled from a migrated one; kept open between tests, since reading its schema takes 5 ms."""

    kind = "sqlite"

    def __init__(self, folder: Path, watch: WriteWatch) -> None:
        self.watch = watch
        self.template, self.file = run.file("template.sqlite3", _build_sqlite), folder / "test.sqlite3"
        self.url = f"sqlite:///{self.file.as_posix()}"
        self.name = str(self.file)
        self.emptier: SqliteEmptier | None = None
        self.copy()

    def begin_again(self) -> bool:
        """Put the migrated state back by emptying tables; False where that cannot be done, so that a copy is due."""
        if self.emptier is None:
            self.emptier = SqliteEmptier(self.file, self.template, self.shape)
        return self.emptier.begin_again()

    def copy(self) -> None:
        """Put the migrated state back, page by page, so that a server may stay connected."""
        self._let_go()
        driver = sqlite_driver()
        with closing(driver.connect(self.template)) as template, closing(driver.connect(self.file)) as file:
            template.backup(file)
            self.shape = shape_of(file)

    def _let_go(self) -> None:
        if self.emptier is not None:
            self.emptier.close()
            self.emptier = None

    def remove(self) -> None:
        """The folder is temporary: only the connection ends."""
        self._let_go()


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
        self.rows_gone = 0
        self.own: Engine | None = None
        self.server = create_engine(server_url, isolation_level="AUTOCOMMIT")
        self.template = f"implementor_template_{run}"
        self.name = f"implementor_test_{run}_{secrets.token_hex(4)}"
        self.url = make_url(server_url).set(database=self.name).render_as_string(hide_password=False)
        try:
            self._build_template(make_url(server_url))
            self.copy()
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

    def begin_again(self) -> bool:
        """Delete what a test wrote and count from one again, in one statement over a connection that stays."""
        if self.rows_gone >= MOST_ROWS_GONE:
            return False
        if self.own is None:
            unchecked = {"options": "-c session_replication_role=replica"}  # no keys to check on the way
            self.own = create_engine(self.url, pool_size=1, connect_args=unchecked)
        with self.own.begin() as connection:
            self.rows_gone += connection.scalar(BEGIN_AGAIN) or 0
        return True

    def copy(self) -> None:
        """Make the database anew; connections of other processes are ended."""
        self._let_go()
        with self.server.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)"))
            connection.execute(text(f"CREATE DATABASE {self.name} TEMPLATE {self.template} STRATEGY FILE_COPY"))
        self.rows_gone = 0

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
