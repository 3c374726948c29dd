"""The demo world is made by services alone, always alike, and at hours in which people work."""

import ast
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from implementor.demo import play, texts
from implementor.demo.company import PEOPLE
from implementor.settings import PROJECT_ROOT

FOLDER = PROJECT_ROOT / "implementor" / "demo"
IN_BULK = {"bulk.py"}
"""What is large alone may write rows itself."""
TODAY = date(2026, 11, 21)


def names_of_models(tree: ast.Module) -> set[str]:
    """What a module imports from tables."""
    sources = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    tables = (node for node in sources if (node.module or "").endswith("models"))
    return {alias.asname or alias.name for node in tables for alias in node.names}


def writings(path: Path) -> Iterator[str]:
    """Calls in a module that write rows around the services."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    models = names_of_models(tree)
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        called = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        if called in models or called in {"insert", "update", "delete", "add_all", "merge"}:
            yield f"{path.name}:{call.lineno} {called}"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.name)
def test_the_world_is_built_by_services_alone(path: Path) -> None:
    found = list(writings(path))
    assert bool(found) == (path.name in IN_BULK), found


def test_moments_keep_their_order_and_fall_into_working_hours() -> None:
    dice = random.Random(1)
    days = sorted((dice.uniform(1, 200) for _ in range(2000)), reverse=True)
    moments = [play.moment(TODAY, one) for one in days]
    assert moments == sorted(moments)
    assert len(set(moments)) == len(moments)
    assert all(at.weekday() < 5 and 13 <= at.hour < 23 for at in moments)
    assert all(at.date() < TODAY for at in moments)


def test_there_are_120_stories_in_two_languages_with_titles_of_their_own() -> None:
    told = texts.stories()
    assert len({text.title for text in told}) == len(told) == 120
    assert {text.language for text in told} == {"es", "en"}
    assert {text.project for text in told} == {"VEN", "SER"}


def test_nobody_shares_an_address() -> None:
    addresses = [person.email for person in PEOPLE]
    assert len(set(addresses)) == len(addresses)
    assert all(address.isascii() for address in addresses)
