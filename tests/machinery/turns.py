"""On which databases a test runs: on each where they differ, else on one in turn; `make full` takes all on each."""

import zlib
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType
from typing import Any

import pytest

KINDS = ("sqlite", "postgresql")
ONLY_MARKERS = {"sqlite": "sqlite_only", "postgresql": "postgres_only"}
SHARED = ("tests/foundation/", "tests/history/", "tests/jobs/", "tests/lists/", "tests/search/", "tests/web/")
"""What every package stands on: transactions, columns, filters, orders, words to look for, the queue, migrations."""
DIFFERENT = (
    "at_once", "two_who", "crossed", "faults", "both_databases", "on_either",
    "plans", "index", "_order_", "sorted", "folds", "several_words",
    "figures", "recomputed", "standing", "burnup", "test_measuring", "compil", "stretches",
    "moving", "constraint", "unique", "scanning", "bulk_rows",
)  # fmt: skip
"""Parts of names of tests in which the databases differ: haste, plans of statements, orders, sums, rows at once."""
PAGES_TOO = ("tests/lists/", "tests/search/", "tests/web/", "at_once", "two_who", "crossed")
"""The same for tests in which somebody opens pages."""
PERSON_WITH_PAGES = {"Browser", "browser", "browser_of", "submit", "sign_in", "test_client"}
"""Names that a test uses when somebody opens pages in it."""


def kinds_for(metafunc: pytest.Metafunc, *, everything: bool) -> tuple[str, ...]:
    """The databases of one test; `everything` is for `make full`.

    Services ask with the same statements in many tests, half of which run on either database; so a test whose subject
    is no difference between them takes the one that its name leads to, which stays the same in every run.
    """
    definition = metafunc.definition
    alone = tuple(kind for kind in KINDS if definition.get_closest_marker(ONLY_MARKERS[kind]))
    if alone or everything or _differs(metafunc):
        return alone or KINDS
    turn = definition.get_closest_marker("turn")
    name = definition.nodeid.split("[")[0]
    return (turn.args[0] if turn else KINDS[zlib.crc32(name.encode()) % 2],)


def _differs(metafunc: pytest.Metafunc) -> bool:
    if metafunc.definition.get_closest_marker("turn"):
        return False
    name = metafunc.definition.nodeid.split("[")[0]
    used = {*metafunc.fixturenames, *_names(metafunc.function)}
    return any(part in name for part in (SHARED + DIFFERENT if used.isdisjoint(PERSON_WITH_PAGES) else PAGES_TOO))


def _names(function: Callable[..., Any]) -> Iterator[str]:
    """Names in the function and in those of its own module that it calls."""
    code = function.__code__
    yield from _names_in(code)
    for name in code.co_names:
        called = function.__globals__.get(name)
        if isinstance(called, FunctionType) and called.__module__ == function.__module__:
            yield from _names_in(called.__code__)


def _names_in(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names_in(inner)
