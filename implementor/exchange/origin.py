"""Where records came from: those that another system has a name for, and those that imports of its files touched."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, union_all

from implementor.exchange.models import UNDONE, WROTE, ExternalId, ImportedRow, ImportRun
from implementor.exchange.names import name_signature
from implementor.foundation.errors import BadValue
from implementor.foundation.filters import NONE
from implementor.foundation.model import Rows
from implementor.foundation.text import whole_number
from implementor.foundation.words import say

IMPORT = "import:"
"""Before the number of an import run, where an origin is not the name of a system."""
LATEST = 2000
"""How many import runs are looked through for those of a system."""


def ids_from(kind: str, origins: Iterable[str]) -> Select[int]:
    """The ids of records of a kind that came from any of these origins: names of systems, or `import:12` for a run.

    Raises BadValue for a run that has no number.
    """
    systems = [one for one in origins if not one.startswith(IMPORT)]
    runs = [_number(one) for one in origins if one.startswith(IMPORT)]
    named = select(ExternalId.record_id).where(ExternalId.record_kind == kind, ExternalId.system.in_(systems))
    touched = select(ImportedRow.record_id).where(ImportedRow.kind == kind, ImportedRow.run_id.in_(runs))
    parts: list[Select[Any]] = [part for part, asked in ((named, systems), (touched, runs)) if asked]
    if len(parts) == 1:
        return parts[0]
    found = union_all(*parts).subquery("came")
    return select(found.c.record_id)


def came_from(model: Any, origins: Sequence[str]) -> ColumnElement[bool]:
    """The condition that a record of the model came from any of these origins; `none`: it was made here by hand.

    Raises BadValue.
    """
    kind, named = model.__record_kind__, [one for one in origins if one != NONE]
    ways: list[ColumnElement[bool]] = [model.id.in_(ids_from(kind, named))] if named else []
    if NONE in origins:
        tables: tuple[tuple[Any, Any], ...] = ((ExternalId, ExternalId.record_kind), (ImportedRow, ImportedRow.kind))
        known = (select(table.id).where(column == kind, table.record_id == model.id) for table, column in tables)
        ways.append(and_(*(~one.correlate(model).exists() for one in known)))
    return or_(false(), *ways)


def origins_of(kind: str, system: str, runs: Iterable[Any]) -> list[str]:
    """A system with those of these import runs that took its files, as origins.

    Its name finds what has a key there, the runs what was known by something else. A list cannot ask for a name with
    a comma.
    """
    found = [f"{IMPORT}{one.id}" for one in runs if one.kind == kind and system_of(one) == system]
    return found if "," in system else [system, *found]


def runs_that_stand(kinds: Collection[str]) -> Rows:
    """The latest imports of these kinds that wrote and were not taken back, with their counts; the newest first."""
    columns = (
        ImportRun.id, ImportRun.kind, ImportRun.file_name, ImportRun.options, ImportRun.read_count,
        ImportRun.created_count, ImportRun.updated_count, ImportRun.unchanged_count, ImportRun.refused_count,
        ImportRun.project_id, ImportRun.finished_at,
    )  # fmt: skip
    standing = tuple(state for state in WROTE if state != UNDONE)
    return (
        select(*columns)
        .where(ImportRun.kind.in_(list(kinds)), ImportRun.state.in_(standing))
        .order_by(ImportRun.id.desc())
        .limit(LATEST)
    )


def system_of(run: Any) -> str:
    """What a run's keys are kept under: the name that was given, else what its file is called."""
    return str((run.options or {}).get("system") or name_signature(run.file_name))


def _number(origin: str) -> int:
    number = whole_number(origin.removeprefix(IMPORT))
    if number is None:
        raise BadValue(say("Write the name of a system, or an import by its number, such as import:12."))
    return number
