"""Telling PostgreSQL of tables that grow at once.

It plans by what it last counted and looks again once a minute. Until then it takes a table for as empty as it was: the
check of a foreign key then reads all rows of a project by the first index that begins with it, and a file of 100,000
stories takes ten times as long.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.schema import ExecutableDDLElement

_DOUBLED = text(
    "SELECT written.relname FROM pg_stat_xact_user_tables written JOIN pg_class counted ON counted.oid = written.relid "
    "WHERE written.n_tup_ins >= :many AND counted.reltuples * 2 < written.n_tup_ins ORDER BY written.relname"
)
MANY = 500
"""Rows of one transaction; fewer are read through sooner than they are counted."""


class Analyze(ExecutableDDLElement):
    """Lets PostgreSQL count the values of a table, those of its expressions too, unless somebody is at it."""

    inherit_cache = False

    def __init__(self, table: str) -> None:
        self.table = table


@compiles(Analyze)
def _analyze(element: Analyze, compiler: Any, **_options: Any) -> str:
    return f"ANALYZE (SKIP_LOCKED) {compiler.preparer.quote(element.table)}"


def count_what_grew(session: Session) -> None:
    """Have the tables counted that this transaction has made more than twice as large as the planner takes them for.

    On SQLite, which plans each statement as it is run, nothing is done.
    """
    if session.get_bind().dialect.name == "postgresql":
        for table in session.scalars(_DOUBLED, {"many": MANY}).all():
            session.execute(Analyze(table))
