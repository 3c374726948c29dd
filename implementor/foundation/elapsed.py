"""The whole seconds between two times in SQL, the same on both databases."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from implementor.foundation.model import Column, IsoDay, IsoMoment


class SecondsBetween(FunctionElement[int]):
    """From one time to another, each cut to its second; a day counts from midnight in UTC."""

    type = BigInteger()
    inherit_cache = True

    def __init__(self, start: Column, end: Column) -> None:
        super().__init__(start, end)


@compiles(SecondsBetween)
def _standard(element: SecondsBetween, compiler: Any, **options: Any) -> str:
    start, end = (_time(one, compiler.process(one, **options)) for one in element.clauses)
    return f"(CAST(floor(extract(epoch from {end})) - floor(extract(epoch from {start})) AS BIGINT))"


def _time(one: Any, written: str) -> str:
    """Days and moments of one's own fields are kept as text, which has to become a time first."""
    kind = {IsoDay: "date", IsoMoment: "timestamptz"}.get(type(one.type))
    return written if kind is None else f"CAST({written} AS {kind})"


@compiles(SecondsBetween, "sqlite")
def _sqlite(element: SecondsBetween, compiler: Any, **options: Any) -> str:
    start, end = (compiler.process(one, **options) for one in element.clauses)
    return f"(unixepoch(substr({end}, 1, 19)) - unixepoch(substr({start}, 1, 19)))"
