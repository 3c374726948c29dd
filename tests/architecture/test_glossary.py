"""The glossary against the code: each word is there, or said to come later."""

from __future__ import annotations

import ast
import re

from implementor.settings import PROJECT_ROOT
from tests.architecture.sources import sources

WORD = re.compile(r"`([A-Za-z_]+)`( later)?")
TAKEN: frozenset[str] = frozenset()
"""Words that a class of another meaning has today; each goes when its own comes."""


def words_of_code() -> set[str]:
    """Names of classes and constants, also those of enumerations."""
    found: set[str] = set()
    for source in sources("implementor"):
        for node in source.nodes:
            match node:
                case ast.ClassDef(name=name):
                    found.add(name)
                case ast.Assign(targets=[ast.Name(id=name)]) if name.isupper():
                    found.add(name)
    return found


def glossary() -> list[tuple[str, str, str, bool]]:
    """Rows: English, Spanish, the word of the code, whether it comes later."""
    lines = (PROJECT_ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    rows = [row for row in cells if row[0] not in ("English", "---")]
    found = [(row, WORD.fullmatch(row[2])) for row in rows]
    assert [row for row, word in found if word is None or len(row) != 4] == []
    return [(row[0], row[1], word[1], bool(word[2])) for row, word in found if word]


def test_each_word_of_the_glossary_is_in_the_code_or_comes_later() -> None:
    known = words_of_code()
    assert [word for _, _, word, is_later in glossary() if not is_later and word not in known] == []


def test_no_word_that_is_there_is_still_said_to_come_later() -> None:
    known = words_of_code() - TAKEN
    assert [word for _, _, word, is_later in glossary() if is_later and word in known] == []


def test_words_stand_in_the_glossary_once_and_in_both_languages() -> None:
    rows = glossary()
    assert len({word for _, _, word, _ in rows}) == len(rows)
    assert [english for english, spanish, _, _ in rows if not english or not spanish] == []
