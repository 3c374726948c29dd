"""On which databases a test runs: rules and services on each, pages on one in turn; `make full` takes all on each."""

import zlib
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType
from typing import Any

import pytest

KINDS = ("sqlite", "postgresql")
ONLY_MARKERS = {"sqlite": "sqlite_only", "postgresql": "postgres_only"}
BOTH = ("tests/lists/", "tests/search/", "tests/web/", "at_once", "two_who", "crossed")
"""Parts of names of tests in which the databases differ: orders, filters, words to look for, transactions, haste."""
PERSON_WITH_PAGES = {"Browser", "browser", "browser_of", "submit", "sign_in", "test_client"}
"""Names that a test uses when somebody opens pages in it."""


def kinds_for(metafunc: pytest.Metafunc, *, everything: bool) -> tuple[str, ...]:
    """The databases of one test; `everything` is for `make full`.

    A page asks the same services and queries as their own tests, which run on both, and a walk draws each page on
    PostgreSQL; so the test of a page takes the database that its name leads to, which stays the same in every run.
    """
    definition = metafunc.definition
    alone = tuple(kind for kind in KINDS if definition.get_closest_marker(ONLY_MARKERS[kind]))
    if alone or everything or not _is_of_pages(metafunc):
        return alone or KINDS
    turn = definition.get_closest_marker("turn")
    name = definition.nodeid.split("[")[0]
    return (turn.args[0] if turn else KINDS[zlib.crc32(name.encode()) % 2],)


def _is_of_pages(metafunc: pytest.Metafunc) -> bool:
    if any(part in metafunc.definition.nodeid for part in BOTH):
        return False
    used = {*metafunc.fixturenames, *_names(metafunc.function)}
    return not used.isdisjoint(PERSON_WITH_PAGES)


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
