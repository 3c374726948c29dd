"""Lists of words in SQL: how the words of a field of several choices are read, asked for, and parted from each other.

`ext` keeps them as a list in JSON. What is asked goes through the list itself, never through its text: a word may be a
part of another one.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import (
    BindParameter,
    Boolean,
    ColumnElement,
    FromClause,
    Text,
    TypeDecorator,
    case,
    column,
    false,
    or_,
    select,
    true,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.visitors import InternalTraversal

from implementor.foundation.model import Rows


class WordList(TypeDecorator[list[str]]):
    """A list of words that comes out of the database as the text of its JSON."""

    impl = Text
    cache_ok = True

    def process_result_value(self, value: Any, _dialect: Dialect) -> list[str] | None:
        """The words, in their order."""
        if not isinstance(value, str):
            return None
        words: list[str] = json.loads(value)
        return words


class HoldsWord(ColumnElement[bool]):
    """Whether the list of a field holds a word; false where the record has none."""

    inherit_cache = True
    type = Boolean()
    _is_implicitly_boolean = True  # asked whether it equals 1, SQLite would find no index
    _traverse_internals = [
        ("words", InternalTraversal.dp_clauseelement),
        ("word", InternalTraversal.dp_clauseelement),
    ]

    def __init__(self, words: ColumnElement[Any], word: str) -> None:
        self.words = words
        self.word: ColumnElement[Any] = BindParameter(None, word, Text(), unique=True)

    @property
    def _from_objects(self) -> list[Any]:
        return list(self.words._from_objects)


@compiles(HoldsWord)
def _holds(element: HoldsWord, compiler: Any, **options: Any) -> str:
    """The list itself stands first, as in its index; what it is null for is false, so that it can be denied too."""
    words, word = _list_of(element.words, compiler, options), compiler.process(element.word, **options)
    return f"({words} @> to_jsonb(CAST({word} AS text)) AND {words} IS NOT NULL)"


def _list_of(words: Any, compiler: Any, options: dict[str, Any]) -> str:
    """The list as JSON: out of `ext` by the key, which was checked, or of the text of any other column."""
    ext = getattr(words, "ext", None)
    if ext is None:
        return f"CAST({compiler.process(words, **options)} AS jsonb)"
    return f"({compiler.process(ext, **options)} -> '{words.key}')"


@compiles(HoldsWord, "sqlite")
def _holds_in_sqlite(element: HoldsWord, compiler: Any, **options: Any) -> str:
    """That there is a list at all is found by its index; only such lists are looked into."""
    words, word = compiler.process(element.words, **options), compiler.process(element.word, **options)
    each = f"SELECT 1 FROM json_each({words}) AS held WHERE held.value = {word}"  # nosec B608  # noqa: S608  # compiled
    return f"({words} > '' AND EXISTS ({each}))"


class WholeList(ColumnElement[Any]):
    """The list of a field as its index has it; `of` is the column of the field."""

    inherit_cache = True
    _traverse_internals = [("of", InternalTraversal.dp_clauseelement)]

    def __init__(self, of: ColumnElement[Any]) -> None:
        self.of = of


@compiles(WholeList)
def _whole(element: WholeList, compiler: Any, **options: Any) -> str:
    return _list_of(element.of, compiler, options)


@compiles(WholeList, "sqlite")
def _whole_in_sqlite(element: WholeList, compiler: Any, **options: Any) -> str:
    return str(compiler.process(element.of, **options))


def holds_word(words: Any, word: str) -> ColumnElement[bool]:
    """Whether the list of words of a record holds one of that key, or one that reads as it (`TranslatedList`)."""
    reads_as = getattr(words, "reads_as", None)
    if reads_as is None:
        return HoldsWord(words, word)
    coming_back: Any = getattr(words, "asked", None)
    if coming_back is not None:
        found: ColumnElement[bool] = coming_back(word)
        return found
    return or_(false(), *(HoldsWord(words.raw, one) for one in reads_as(word)))


class EachWord(FunctionElement[Any]):
    """The words of the list of each row, one row each, to select from beside the table."""

    inherit_cache = True
    name = "each_word"


@compiles(EachWord)
def _each(element: EachWord, compiler: Any, **options: Any) -> str:
    return f"jsonb_array_elements_text(CAST({compiler.process(element.clauses, **options)} AS jsonb))"


@compiles(EachWord, "sqlite")
def _each_in_sqlite(element: EachWord, compiler: Any, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


def words_of_rows(table: FromClause, words: Any) -> Rows:
    """Pairs (record_id, word): each word of each row once, of rows that have any."""
    moving = getattr(words, "moving", None)
    held = getattr(words, "former", words.raw if moving else words)
    each = EachWord(held).table_valued(column("value", Text()))
    word: Any = case(moving, value=each.c.value, else_=each.c.value) if moving else each.c.value
    found = select(table.c.id.label("record_id"), word.label("word")).select_from(table).join(each, true())
    return found.distinct() if moving else found
