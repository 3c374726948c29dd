"""Building and dropping the indexes of fields of one's own, done by the worker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from implementor.configuration import queries
from implementor.configuration.index_building import build_index, drop_index, indexes_of
from implementor.configuration.models import CustomField
from implementor.configuration.services.field_indexes import NONE, READY, TASK, note_index, wants_index
from implementor.foundation.words import say
from implementor.jobs.context import JobContext
from implementor.jobs.tasks import task
from implementor.web.database import db


@task(TASK)
def settle(job: JobContext, *, key: str) -> dict[str, str]:
    """Let a field have its indexes where lists are filtered by it, and none where not; the field says so afterwards."""
    with job.reading() as session:
        row = session.scalars(queries.custom_field_by_key(key)).one_or_none()
    if row is None:
        return {}
    many = indexes_of(row)
    for done, own in enumerate(many):
        job.progress(done, len(many), say("Reading every record once"))
        with _building(job) as connection:
            (build_index if wants_index(row) else drop_index)(connection, own)
    with job.writing() as session:
        now = session.get_one(CustomField, row.id)
        if wants_index(now) == wants_index(row):  # else another job is on its way
            note_index(session, now, READY if wants_index(now) else NONE)
    job.progress(len(many), len(many))
    return {"state": READY if wants_index(row) else NONE}


@contextmanager
def _building(job: JobContext) -> Iterator[Connection]:
    """A connection to build on: PostgreSQL builds beside all other work only outside a transaction."""
    with job.app.app_context():
        engine = db.engine
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            yield connection
    else:
        with engine.connect().execution_options(implementor_writes=True) as connection, connection.begin():
            yield connection
