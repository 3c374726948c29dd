"""Bringing a database to the shape the program expects, whole or not at all, and saying whether it is there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, inspect, text

from implementor.web.database import sqlite_driver

SCRIPTS = Path(__file__).parent.parent / "migrations"


def configuration(url: str) -> Config:
    """Alembic's settings for one database."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = url
    return config


def upgrade_database(url: str, revision: str = "head") -> None:
    """Apply every migration up to a revision."""
    command.upgrade(configuration(url), revision)


def downgrade_database(url: str, revision: str) -> None:
    """Take migrations back to a revision (`base` for none)."""
    command.downgrade(configuration(url), revision)


@cache
def newest_revision() -> str | None:
    """The revision this program was written for."""
    return ScriptDirectory(str(SCRIPTS)).get_current_head()


def is_up_to_date(engine: Engine) -> bool:
    """Whether the database has every migration of this program."""
    with engine.connect() as connection:
        return _is_newest(connection)


def _is_newest(connection: Connection) -> bool:
    return MigrationContext.configure(connection).get_current_revision() == newest_revision()


def is_current(url: str) -> bool:
    """Whether the database of that address has every migration; asked without loading the application."""
    with _connected(url) as connection:
        return _is_newest(connection)


def has_nobody(url: str) -> bool:
    """Whether the database is migrated and holds no account; asked without loading the application."""
    with _connected(url) as connection:
        if not inspect(connection).has_table("user"):
            return False
        return connection.execute(text('select 1 from "user" limit 1')).first() is None


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    engine = create_engine(url, **({"module": sqlite_driver()} if url.startswith("sqlite") else {}))
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()
