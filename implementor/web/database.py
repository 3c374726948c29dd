"""The only module that knows the database extension, its drivers and how their transactions begin."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from implementor.foundation.compiled import Texts
from implementor.foundation.model import Model
from implementor.settings import Settings
from implementor.web.line import PLACE, Line

db = SQLAlchemy(disable_autonaming=True)

SOUND_SQLITE = (3, 51, 3)
"""Older versions can lose commits in WAL mode when a checkpoint races with a writer."""
WHILE_FILLING = (
    "PRAGMA synchronous=OFF", "PRAGMA foreign_keys=OFF", "PRAGMA ignore_check_constraints=ON",
    "PRAGMA cache_size=-400000", "PRAGMA wal_autocheckpoint=20000", "PRAGMA threads=2",
)  # fmt: skip
IN_LINE = "in_line"
AFTER_FILLING = ("PRAGMA synchronous=FULL", "PRAGMA wal_checkpoint(TRUNCATE)")


def sqlite_driver() -> ModuleType:
    """The SQLite driver that bundles a sound library where there is one, else the interpreter's own."""
    try:
        return import_module("pysqlite3.dbapi2")
    except ImportError:
        return sqlite3


def engine_options(settings: Settings) -> dict[str, Any]:
    """Options of the engine for the chosen database; what people typed stays out of the traces of its faults."""
    asking: dict[str, Any] = {
        "hide_parameters": True,
        "execution_options": {"compiled_cache": Texts()},
        "pool_size": settings.threads + 2,
        "pool_use_lifo": True,  # the connection that was used last has the newest pages in memory
    }
    if settings.database_url.startswith("sqlite"):
        return {
            **asking,
            "module": sqlite_driver(),
            "connect_args": {"check_same_thread": False, "timeout": 5},
        }
    return {**asking, "pool_pre_ping": True, "max_overflow": 4}


def install(app: Flask, settings: Settings) -> None:
    """Bind the application to its database."""
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(settings)
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)


def prepare(engine: Engine) -> None:
    """Give SQLite its journal, foreign keys and explicit transactions; other databases need nothing."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _set_up_sqlite)
    if place := os.environ.get(PLACE):
        _stand_in(Line(place), engine)
    event.listen(engine, "begin", _begin_sqlite)


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    sound = tuple(int(part) for part in sqlite_driver().sqlite_version.split(".")) >= SOUND_SQLITE
    connection.execute(f"PRAGMA journal_mode={'WAL' if sound else 'DELETE'}")
    for pragma in (
        "synchronous=FULL",
        "foreign_keys=ON",
        "cache_size=-65536",
        "mmap_size=268435456",
        "journal_size_limit=67108864",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _stand_in(line: Line, engine: Engine) -> None:
    """Have writers wait in the line before they begin, and leave it when their connection comes back."""

    def join(connection: Connection) -> None:
        if _writes(connection) and not connection.info.get(IN_LINE):
            connection.info[IN_LINE] = line.join()

    def leave(_connection: Any, record: ConnectionPoolEntry) -> None:
        if record.info.pop(IN_LINE, False):
            line.leave()

    event.listen(engine, "begin", join)
    event.listen(engine, "checkin", leave)


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("implementor_writes", False))


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes(connection) else "BEGIN")


def begin_write(session: Session) -> None:
    """Start the transaction as a writer, so that what is read in it cannot change before it is written."""
    session.connection(execution_options={"implementor_writes": True})


def writing_session(app: Flask) -> Session:
    """A session of its own for a short write beside the request, such as the ledger or a job's progress."""
    with app.app_context():
        session = Session(db.engine, expire_on_commit=False)
    begin_write(session)
    return session


@contextmanager
def filling_session(app: Flask) -> Iterator[Session]:
    """A session that fills a database nobody else uses yet; commit now and then.

    On SQLite it neither waits for the disk nor checks references and rules, so a power cut can cost the whole file.
    Everything is on the disk when the block has ended.
    """
    with app.app_context():
        engine = db.engine
    with engine.connect().execution_options(implementor_writes=True) as connection:
        is_sqlite = engine.dialect.name == "sqlite"
        _run_raw(connection, WHILE_FILLING if is_sqlite else ())
        with Session(connection, expire_on_commit=False) as session:
            yield session
            session.commit()
        _run_raw(connection, AFTER_FILLING if is_sqlite else ())
        connection.detach()  # the next one is set up as always


def _run_raw(connection: Connection, statements: Sequence[str]) -> None:
    """Outside a transaction, where alone these are heard."""
    for statement in statements:
        connection.connection.dbapi_connection.execute(statement)  # type: ignore[union-attr]


def create_all(engine: Engine) -> None:
    """Every table at once, for tests of the models themselves; installations migrate instead."""
    Model.metadata.create_all(engine)
