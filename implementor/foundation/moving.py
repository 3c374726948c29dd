"""Words on their way: while records still hold a word that another one takes the place of, they read as that one.

A release that moves very many records changes the list of words at once and lets a job move the records. Until it is
through, every statement and every loaded record gives the word that they are on their way to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, FromClause, String, TypeDecorator, case, event, inspect, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.sql import operators
from sqlalchemy.sql.visitors import InternalTraversal

from implementor.foundation import live
from implementor.foundation.fields import Field, Kind, entities
from implementor.foundation.live import LiveConfiguration
from implementor.foundation.model import Model
from implementor.foundation.several import WordList

Moving = Mapping[str, str]
"""Word -> the word that takes its place."""


class Translated(ColumnElement[Any]):
    """A column as it will read once its records have moved. What equals a word is asked of the column itself, so that
    its index serves; the words stand in the statement as literals, so that grouping names the very same expression.
    """

    inherit_cache = True
    _traverse_internals = [
        ("raw", InternalTraversal.dp_clauseelement),
        ("read", InternalTraversal.dp_clauseelement),
    ]

    def __init__(self, column: Any, moving: Moving) -> None:
        self.raw = getattr(column, "expression", column)
        self.moving = dict(moving)
        words = {_word(old): _word(new) for old, new in sorted(self.moving.items())}
        self.read = case(words, value=self.raw, else_=self.raw)
        self.key, self.type = getattr(column, "key", None), self.raw.type

    @property
    def table(self) -> FromClause:
        """The table that the record is a row of, as of a plain column."""
        found: FromClause = self.raw.table
        return found

    @property
    def _from_objects(self) -> list[Any]:
        return list(self.raw._from_objects)

    def through(self, model: Any) -> Any:
        """The same of another mention of the table."""
        return type(self)(getattr(model, str(self.raw.key)), self.moving)

    def operate(self, op: Any, *other: Any, **options: Any) -> Any:
        """A comparison; with words, of the column as it is stored, for all that read as these."""
        if op in (operators.is_, operators.is_not):
            return self.raw.operate(op, *other, **options)
        asked = words_asked(op, other)
        held = None if asked is None else self._held(asked)
        return self.raw.in_(held) if held else self.read.operate(op, *other, **options)

    def reverse_operate(self, op: Any, other: Any, **options: Any) -> Any:
        """The same the other way round; never asked of words alone."""
        return self.read.reverse_operate(op, other, **options)

    def _held(self, asked: list[str]) -> list[str]:
        """What records may hold that read as one of these."""
        coming = [old for old, new in self.moving.items() if new in asked]
        return [word for word in asked if word not in self.moving] + coming


@compiles(Translated)
def _compiled(element: Translated, compiler: Any, **options: Any) -> str:
    plain = {name: one for name, one in options.items() if name not in ("add_to_result_map", "within_columns_clause")}
    return str(compiler.process(element.read, **plain))


class TranslatedList(ColumnElement[Any]):
    """A column of several words as it will read once its records have moved; asked for words through `several`."""

    inherit_cache = True
    _traverse_internals = [
        ("raw", InternalTraversal.dp_clauseelement),
        ("type", InternalTraversal.dp_type),
    ]

    def __init__(self, column: Any, moving: Moving, list_key: str) -> None:
        self.raw, self.moving = column, dict(moving)
        self.key, self.type = column.key, MovedList(list_key)

    @property
    def table(self) -> FromClause:
        """The table that the record is a row of, as of a plain column."""
        found: FromClause = self.raw.table
        return found

    @property
    def _from_objects(self) -> list[Any]:
        return list(self.raw._from_objects)

    def reads_as(self, word: str) -> list[str]:
        """The words of which records may hold one to read as holding this one."""
        if word in self.moving:
            return []
        return [word, *(old for old, new in self.moving.items() if new == word)]


@compiles(TranslatedList)
def _list_compiled(element: TranslatedList, compiler: Any, **options: Any) -> str:
    plain = {name: one for name, one in options.items() if name not in ("add_to_result_map", "within_columns_clause")}
    return str(compiler.process(element.raw, **plain))


class MovedList(TypeDecorator[list[str]]):
    """The words of a list as people read them now."""

    impl = WordList
    cache_ok = True

    def __init__(self, list_key: str = "") -> None:
        super().__init__()
        self.list_key = list_key

    def process_result_value(self, value: Any, _dialect: Any) -> list[str] | None:
        """The words, in their order."""
        return None if value is None else live.present().picklist(self.list_key).as_read(value)


def _word(key: str) -> Any:
    return literal(key, String(), literal_execute=True)


def words_asked(op: Any, other: tuple[Any, ...]) -> list[str] | None:
    """The words that a comparison asks for, where it asks for plain words alone."""
    if op is operators.eq and isinstance(other[0], str):
        return [other[0]]
    if op is operators.in_op and isinstance(other[0], list | tuple) and all(isinstance(one, str) for one in other[0]):
        return list(other[0])
    return None


# --- where columns are read -------------------------------------------------------------------------------------------


def translated(field: Field, moving: Mapping[str, Moving]) -> Field:
    """A field whose column reads as it will once its records have moved."""
    ways = moving.get(field.picklist or "")
    if not ways or field.matches is not None:
        return field
    if field.kind is Kind.CHOICES:
        return replace(field, column=TranslatedList(field.column, ways, str(field.picklist)))
    if not isinstance(getattr(field.column, "type", None), String):
        return field
    return replace(field, column=Translated(field.column, ways))


# --- where records are read -------------------------------------------------------------------------------------------


def moving_of(model: type[Any]) -> Mapping[str, Moving]:
    """Attribute of a model -> the words in it that are on their way."""
    configuration = live.present()
    if not configuration.moving:
        return {}
    kept = configuration.moving_by_model
    if model not in kept:
        kept[model] = _moving_in(configuration, model)
    return kept[model]


def _moving_in(configuration: LiveConfiguration, model: type[Any]) -> Mapping[str, Moving]:
    known = inspect(model).column_attrs
    found: dict[str, Moving] = {}
    for entity in entities.values():
        for field in entity.declared.values() if entity.model is model else ():
            ways = configuration.moving.get(field.picklist or "")
            if ways and field.attribute in known and isinstance(getattr(field.column, "type", None), String):
                found[field.attribute] = ways
    return found


def _read_moved(record: Any, names: Any) -> None:
    for name, ways in moving_of(type(record)).items():
        held = inspect(record).dict.get(name)
        if held in ways and (names is None or name in names):
            set_committed_value(record, name, ways[held])


def _loaded(record: Any, _context: Any) -> None:
    if live.present().moving:
        _read_moved(record, None)


def _refreshed(record: Any, _context: Any, names: Any) -> None:
    if live.present().moving:
        _read_moved(record, names)


def install() -> None:
    """Let every field and every loaded record of the process read like this, once."""
    if translated not in live.readings:
        live.readings.append(translated)
        event.listen(Model, "load", _loaded, propagate=True)
        event.listen(Model, "refresh", _refreshed, propagate=True)
