"""How a migration runs: in one explicit transaction, with SQLite's foreign keys checked after rather than during."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, Engine, create_engine, event, text

from implementor.factory import load_models
from implementor.foundation.model import Model
from implementor.web.database import sqlite_driver

load_models()


def run() -> None:
    """Run the asked migrations on the database that the caller named."""
    url: str = context.config.attributes["url"]
    is_sqlite = url.startswith("sqlite")
    engine = create_engine(url, **({"module": sqlite_driver()} if is_sqlite else {}))
    if is_sqlite:
        event.listen(engine, "connect", _without_hidden_transactions)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        migrate(engine, is_sqlite)
    finally:
        engine.dispose()


def migrate(engine: Engine, is_sqlite: bool) -> None:
    """Everything in one transaction."""
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Model.metadata,
            render_as_batch=is_sqlite,
            compare_type=True,
            transactional_ddl=True,
            transaction_per_migration=False,
        )
        with connection.begin():
            if not is_sqlite:
                connection.execute(text("select pg_advisory_xact_lock(7203114)"))
            own = _own_indexes(connection) if is_sqlite else {}
            context.run_migrations()
            if is_sqlite:
                _make_again(connection, own)
                _refuse_broken_links(connection)


def _without_hidden_transactions(connection: object, _record: object) -> None:
    connection.isolation_level = None  # type: ignore[attr-defined]
    connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[attr-defined]
    connection.execute("PRAGMA busy_timeout=60000")  # type: ignore[attr-defined]


def _own_indexes(connection: Connection) -> dict[str, tuple[str, str]]:
    """The indexes of fields of one's own by name: their table and the statement that makes them."""
    known = text("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' AND name LIKE 'ext~_%' ESCAPE '~'")
    return {row.name: (row.tbl_name, row.sql) for row in connection.execute(known)}


def _make_again(connection: Connection, own: dict[str, tuple[str, str]]) -> None:
    """Make the indexes again that went with a table that a migration made anew, unless their column is gone."""
    for name in own.keys() - _own_indexes(connection).keys():
        table, statement = own[name]
        columns = {row.name for row in connection.execute(text("SELECT name FROM pragma_table_info(:t)"), {"t": table})}
        if "ext" in columns:
            connection.exec_driver_sql(statement)


def _refuse_broken_links(connection: Connection) -> None:
    broken = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
    if broken:
        raise RuntimeError(f"migration leaves links to rows that are not there: {broken[:5]}")


run()
