"""One application per kind of database and worker, because making one costs more than most tests."""

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine
from sqlalchemy.pool import QueuePool

from implementor.factory import create_app
from implementor.settings import Settings
from tests.machinery.databases import Database, PostgresDatabase, SqliteDatabase, WriteWatch
from tests.machinery.runs import run

REMEMBERED = ("implementor_visits",)
"""What an application keeps in memory of the people it saw: their ids come again in the next test."""
TEST_SECRET_KEY = "a-key-for-tests-only-a-key-for-tests-only"


def settings_of_tests(database_url: str, folder: Path) -> Settings:
    """Settings that depend on nothing of this machine: neither its environment nor a `.env` file."""
    return Settings(
        database_url=database_url,
        demo_database_url=database_url,
        secret_key=TEST_SECRET_KEY,
        var_dir=folder,
        assets="local",
        time_zone=ZoneInfo("UTC"),
    )


class Workshop:
    """Holds this worker's databases and applications and puts them back after each test."""

    def __init__(self, folder: Path, postgres_url: Callable[[], str], run: str) -> None:
        self.folder = folder
        self.postgres_url = postgres_url
        self.run = run
        self.watch = WriteWatch()
        self.databases: dict[str, Database] = {}
        self.apps: dict[str, Flask] = {}
        self.special_apps: list[Flask] = []
        self.servers: dict[str, Any] = {}  # filled by machinery/servers.py

    def database(self, kind: str) -> Database:
        """The database of this kind, made when first asked for."""
        if kind not in self.databases:
            self.databases[kind] = self._new_database(kind)
        return self.databases[kind]

    def _new_database(self, kind: str) -> Database:
        if kind == "sqlite":
            return SqliteDatabase(self.folder, self.watch)
        return PostgresDatabase(self.postgres_url(), self.run, self.watch)

    def app(self, kind: str) -> Flask:
        """The application on that database."""
        if kind not in self.apps:
            self.apps[kind] = self._new_app(settings_of_tests(self.database(kind).url, self.folder))
            gc.freeze()  # as a working process of the web server does
        return self.apps[kind]

    def special_app(self, database_url: str, **changes: Any) -> Flask:
        """An application with other settings, for one test."""
        app = self._new_app(settings_of_tests(database_url, self.folder).replace(**changes))
        self.special_apps.append(app)
        return app

    def _new_app(self, settings: Settings) -> Flask:
        """An application; all of a run share their templates as they were compiled, 400 of them."""
        app = create_app(settings)
        app.config["TESTING"] = True
        compiled = (run.folder or self.folder) / "templates"
        compiled.mkdir(exist_ok=True)
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(compiled))
        return app

    def restore(self, kind: str, *, written_elsewhere: bool) -> None:
        """Close what a test left open, forget whom it saw; put the migrated state back if it wrote."""
        for app in [*self.special_apps, *([self.apps[kind]] if kind in self.apps else [])]:
            for name in REMEMBERED:
                app.extensions.pop(name, None)
        for app in self.special_apps:
            _let_go(app)
        self.special_apps.clear()
        if kind in self.apps and (self.databases[kind].name in self.watch.tuned or _is_in_use(self.apps[kind])):
            _let_go(self.apps[kind])
        if written_elsewhere or self.databases[kind].name in self.watch.written:
            self._put_back(kind, is_shared=written_elsewhere)
        self.watch.forget(self.databases[kind].name)

    def _put_back(self, kind: str, *, is_shared: bool) -> None:
        """Empty it where that can be done: connections stay, which know the schema and the statements by then."""
        database = self.databases[kind]
        if is_shared or database.name in self.watch.reshaped or not database.begin_again():
            if kind in self.apps:
                _let_go(self.apps[kind])
            database.copy()

    def close(self) -> None:
        """End the servers and remove the databases."""
        for server in self.servers.values():
            if server.is_running():
                server.stop()
        for database in self.databases.values():
            database.remove()


def _engine(app: Flask) -> Engine:
    with app.app_context():
        engine: Engine = app.extensions["sqlalchemy"].engine
        return engine


def _let_go(app: Flask) -> None:
    _engine(app).dispose()


def _is_in_use(app: Flask) -> bool:
    """Whether a test left a connection open."""
    pool = _engine(app).pool
    return isinstance(pool, QueuePool) and pool.checkedout() > 0
