"""docs/security/asvs.toml is whole, and what it names exists."""

import ast
import tomllib
from collections import Counter
from functools import cache
from typing import Any

import pytest

from implementor.settings import PROJECT_ROOT

REQUIREMENTS: dict[str, dict[str, Any]] = tomllib.loads(
    (PROJECT_ROOT / "docs" / "security" / "asvs.toml").read_text(encoding="utf-8")
)["requirements"]
STATES = {"held", "open", "not applicable"}
OF_LEVEL = {1: 70, 2: 183}
"""How many requirements ASVS 5.0.0 has of each level that is asked."""
OF_CHAPTER = {
    1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7,
    10: 29, 11: 14, 12: 9, 13: 13, 14: 9, 15: 13, 16: 16, 17: 7,
}  # fmt: skip
"""The same by chapter, both levels together."""


@cache
def names_of_tests(file: str) -> set[str]:
    """Names of the tests in a file."""
    tree = ast.parse((PROJECT_ROOT / file).read_text(encoding="utf-8"))
    return {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}


def test_every_requirement_of_levels_one_and_two_has_its_line() -> None:
    asked = {number: each["level"] for number, each in REQUIREMENTS.items() if each["level"] in OF_LEVEL}
    assert Counter(asked.values()) == OF_LEVEL
    assert Counter(int(number.split(".")[0]) for number in asked) == OF_CHAPTER


@pytest.mark.parametrize("number", REQUIREMENTS)
def test_what_is_held_names_tests_that_exist_and_the_rest_says_why(number: str) -> None:
    one = REQUIREMENTS[number]
    assert one["state"] in STATES
    assert one.get("shown_by") if one["state"] == "held" else one.get("note")
    for shown in one.get("shown_by", ()):
        file, _, name = shown.partition("::")
        assert file.startswith("tests/")
        assert (
            name in names_of_tests(file) if name else any(each.startswith("test_") for each in names_of_tests(file))
        ), shown
