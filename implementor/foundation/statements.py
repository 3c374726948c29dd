"""Statements that are put together once: SQLAlchemy takes longer to build one than SQLite takes to answer it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import ColumnElement, Integer, literal_column

from implementor.foundation import live
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor

MOST_KEPT = 256
BY_VALUE = (str, int, Actor, Scope, type(None))
"""What is told apart by what it says; anything else by being itself."""
Given = ParamSpec("Given")
Statement = TypeVar("Statement")


def kept(build: Callable[Given, Statement]) -> Callable[Given, Statement]:
    """Keep what a function puts together for the same arguments under the same live configuration.

    What differs from one time to the next stands in the statement as `bindparam` and is given when it is asked. The
    function may depend on nothing else: no clock, no database.
    """
    known: dict[Any, tuple[Statement, Any]] = {}

    @wraps(build)
    def statement(*given: Given.args, **named: Given.kwargs) -> Statement:
        configuration = live.present()
        key = (id(configuration), *map(_told_apart, given), *((name, _told_apart(one)) for name, one in named.items()))
        found = known.get(key)
        if found is None:
            if len(known) >= MOST_KEPT:
                known.clear()
            # the arguments are kept along, so that no other thing can come to have the identity of one of them
            found = known[key] = (build(*given, **named), (configuration, given, named))
        return found[0]

    return statement


def at_most(count: int) -> ColumnElement[int]:
    """A limit that is written into its statement: where it is bound, SQLite plans the statement anew each time."""
    return literal_column(str(int(count)), Integer())


def _told_apart(part: Any) -> Any:
    if isinstance(part, BY_VALUE):
        return part
    return tuple(map(_told_apart, part)) if isinstance(part, Sequence) else id(part)
