"""Says whether the migrations lead to exactly the tables that the models describe; ends with 1 when they do not."""

import tempfile
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from implementor.factory import load_models
from implementor.foundation.model import Model
from implementor.search.index import INDEX_NAMES
from implementor.web.database import sqlite_driver
from implementor.web.migrate import upgrade_database


def is_described(name: str | None, kind: str, _parents: object) -> bool:
    """Whether the models speak of it; the tables of the full-text index belong to SQLite."""
    return not (kind == "table" and name is not None and name in INDEX_NAMES)


def differences() -> list[str]:
    """What a new migration would have to do, as text; empty is good."""
    load_models()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{(Path(folder) / 'migrated.sqlite3').as_posix()}"
        upgrade_database(url)
        engine = create_engine(url, module=sqlite_driver())
        with engine.connect() as connection:
            options = {"compare_type": True, "render_as_batch": True, "include_name": is_described}
            context = MigrationContext.configure(connection, opts=options)
            found = compare_metadata(context, Model.metadata)
        engine.dispose()
    return [str(each) for each in found]


if __name__ == "__main__":
    if found := differences():
        raise SystemExit("Migrations and models differ:\n" + "\n".join(found))
