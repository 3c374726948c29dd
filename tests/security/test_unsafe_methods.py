"""Changes that another site starts, or that carry no token of the session, are refused; and reading changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.security.cells import Cell
from tests.security.matrix import read_matrix, walked
from tests.security.test_authorisation import GRANTED
from tests.security.walking import Walker, watching
from tests.security.world import ACTORS

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only("the checks come before the database")]
WAYS: dict[str, dict[str, Any]] = {
    "no token": {"token": None},
    "a token of nobody": {"token": "IjEyMyI.aa.bb"},
    "another site by Fetch metadata": {"headers": {"Sec-Fetch-Site": "cross-site"}},
    "a neighbour site by Fetch metadata": {"headers": {"Sec-Fetch-Site": "same-site"}},
    "another origin": {"headers": {"Sec-Fetch-Site": None, "Origin": "https://evil.example"}},
    "no origin at all": {"headers": {"Sec-Fetch-Site": None, "Origin": "null"}},
    "a body that is no form": {"data": b'{"name": "x"}', "content_type": "text/plain"},
}


def entitled(cell: Cell, matrix: dict[str, dict[str, Any]]) -> str:
    """Somebody for whom the request would otherwise work."""
    return next((name for name in reversed(ACTORS) if matrix[cell.key][name] in GRANTED), "pmo")


@pytest.mark.parametrize("way", WAYS)
def test_no_change_comes_in_by_this_way(way: str, walker: Walker) -> None:
    matrix, faults = read_matrix(), []
    for cell in walked(walker.app):
        if cell.is_safe:
            continue
        actor = entitled(cell, matrix)
        walker.identity(actor)
        with watching() as writes:
            answer = walker.try_cell(actor, cell, **WAYS[way])
        if not 400 <= answer.status_code < 500 or writes.beyond_ledger:
            faults.append(f"{cell.key} as {actor}: {answer.status_code} {writes.beyond_ledger[:1]}")
    assert faults == []


def test_a_token_of_another_session_is_refused(walker: Walker) -> None:
    matrix, faults = read_matrix(), []
    foreign = walker.identity("anonymous")[1]
    for cell in walked(walker.app):
        actor = entitled(cell, matrix)
        if cell.is_safe or actor == "anonymous":
            continue
        with watching() as writes:
            answer = walker.try_cell(actor, cell, token=foreign)
        if not 400 <= answer.status_code < 500 or writes.beyond_ledger:
            faults.append(f"{cell.key} as {actor}: {answer.status_code}")
    assert faults == []


def test_a_token_in_the_address_counts_for_nothing(walker: Walker) -> None:
    token = walker.identity("project_lead")[1]
    answer = walker.send("project_lead", "POST", f"/account?csrf_token={token}", {"name": "x"}, token=None)
    assert answer.status_code == 400


def test_reading_changes_nothing(walker: Walker, put_back: Callable[[], None]) -> None:
    matrix, faults = read_matrix(), []
    for cell in walked(walker.app):
        if not cell.is_safe:
            continue
        actor = entitled(cell, matrix)
        for method in ("GET", "HEAD"):
            with watching() as writes:
                walker.send(actor, method, cell.url(walker.app, walker.world))
            faults += [f"{method} {cell.key}: {each}" for each in writes.beyond_ledger]
    put_back()
    assert faults == []
