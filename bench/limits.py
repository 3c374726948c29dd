"""What this machine could do at best: the same bytes through the same server, the same rows raw, a bare template."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask
from jinja2 import Environment
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bench.client import Call, Visitor
from bench.databases import Stock
from bench.figures import median
from implementor.web.database import db, sqlite_driver

ROUNDS = 30
FIELDS = 6
DATA = ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True)
class Statement:
    """One statement as it reached the driver."""

    sql: str
    values: Any

    @property
    def reads(self) -> bool:
        return self.sql.lstrip().upper().startswith(("SELECT", "WITH"))


@contextmanager
def listening() -> Iterator[list[Statement]]:
    """The statements on data that run in the block; beginning and ending transactions is not counted."""
    seen: list[Statement] = []

    def note(_connection: Any, _cursor: Any, sql: str, values: Any, *_rest: Any) -> None:
        if sql.lstrip().upper().startswith(DATA):
            seen.append(Statement(sql, values))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def statements_of(app: Flask, visitor: Visitor, calls: Sequence[Call]) -> list[Statement]:
    """What the last of these requests asks of the database; those before it have filled every cache."""
    client = app.test_client(use_cookies=False)
    with listening() as seen:
        for call in calls:
            seen.clear()
            method = client.get if call.form is None else client.post
            answer = method(call.path, data=call.form, headers=visitor.headers())
            if answer.status_code != call.status:
                raise SystemExit(f"{call.path} answered {answer.status_code} instead of {call.status}.")
    return seen


def raw_sql(stock: Stock, statements: Sequence[Statement]) -> float:
    """Milliseconds to run the reading statements again with the bare driver and fetch every row."""
    reading = [one for one in statements if one.reads]
    with closing(connect(stock)) as connection:
        cursor = connection.cursor()

        def run() -> None:
            for one in reading:
                cursor.execute(one.sql, one.values)
                cursor.fetchall()

        return timed(run)


def raw_commit(stock: Stock) -> float:
    """Milliseconds to insert one row and have it on the disk."""
    with closing(connect(stock)) as connection:
        cursor = connection.cursor()
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_scratch (id INTEGER, words TEXT)")
        connection.commit()

        def run() -> None:
            cursor.execute("BEGIN IMMEDIATE" if stock.kind == "sqlite" else "BEGIN")
            cursor.execute("INSERT INTO bench_scratch VALUES (1, 'some words of a row')")
            cursor.execute("COMMIT")

        return timed(run)


def connect(stock: Stock) -> Any:
    """A connection of the bare driver, set up as the application sets up its own."""
    if stock.kind == "sqlite":
        connection = sqlite_driver().connect(stock.url.removeprefix("sqlite:///"))
        connection.isolation_level = None
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA cache_size=-65536")
        connection.execute("PRAGMA mmap_size=268435456")
        return connection
    import psycopg  # only where PostgreSQL is measured

    return psycopg.connect(stock.url.replace("+psycopg", ""), autocommit=True)


def bare_template(rows: int, length: int) -> float:
    """Milliseconds for Jinja to draw so many rows of six escaped values each, `length` bytes in all."""
    names = [f"field{number}" for number in range(FIELDS)]
    values = [{name: f"Value {row} of <{name}>" for name in names} for row in range(rows)]
    cells = "".join(f"<span>{{{{ row.{name} }}}}</span>" for name in names)
    filler = "x" * max(0, length // rows - 40 * FIELDS)
    source = f"{{% for row in rows %}}<article class='{filler}'>{cells}</article>{{% endfor %}}"
    template = Environment(autoescape=True).from_string(source)
    return timed(lambda: template.render(rows=values))


def wire(visitor: Visitor, length: int) -> float:
    """Milliseconds for so many fixed bytes through the same server."""
    return timed(lambda: visitor.send(Call(f"/{length}")))


def timed(run: Callable[[], object]) -> float:
    """The median of some runs in milliseconds, after one that warms up."""
    run()
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        run()
        taken.append((time.perf_counter() - began) * 1000)
    return median(taken)


def release(app: Flask) -> None:
    """Let go of the connections of this process, so that the measured server has the database to itself."""
    with app.app_context():
        db.engine.dispose()
