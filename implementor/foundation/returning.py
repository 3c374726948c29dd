"""Words on their way back: what a release moved reads as it did before, while a job still brings the records back.

The log of the release says which records they are, and what each of them held. One that was changed since, or whose
field somebody changes on the way back, reads as what it holds. What is asked for narrows the column first, so that its
index serves, and looks into the log only for what that leaves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    String,
    Table,
    Text,
    and_,
    case,
    event,
    exists,
    func,
    inspect,
    literal,
    or_,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import object_session
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.sql.visitors import InternalTraversal

from implementor.foundation import live
from implementor.foundation.choices import WayBack
from implementor.foundation.extensible import FORMER, Extensible
from implementor.foundation.extension import is_key
from implementor.foundation.fields import Field, Kind, entities
from implementor.foundation.model import Model
from implementor.foundation.moving import Moving, Translated, TranslatedList, words_asked
from implementor.foundation.several import HoldsWord

Ways = tuple[WayBack, ...]
BLOCK = 256
"""Of so many records, by their ids, the log is read at once, as far as a statement loads them."""
_logs: list[Table] = []


# --- statements -------------------------------------------------------------------------------------------------------


class Returned(Translated):
    """A column of one word as it reads once its records are back."""

    inherit_cache = True

    def __init__(self, column: Any, moving: Moving, ways: Ways) -> None:
        super().__init__(column, moving)
        self.ways = ways
        read: Any = self.raw
        for way in ways:
            read = case((and_(read == _word(way.after), _is_logged(self.raw, way)), _word(way.before)), else_=read)
        words = {_word(old): _word(new) for old, new in sorted(self.moving.items())}
        self.read = case(words, value=read, else_=read) if words else read

    def operate(self, op: Any, *other: Any, **options: Any) -> Any:
        """A comparison of what it reads as."""
        asked = words_asked(op, other)
        if not asked:
            return super().operate(op, *other, **options)
        return and_(self.raw.in_(stored_as(asked, self.moving, self.ways)), self.read.in_(asked))

    def through(self, model: Any) -> Any:
        """The same of another mention of the table."""
        return Returned(getattr(model, str(self.raw.key)), self.moving, self.ways)


class ReturnedList(TranslatedList):
    """A column of several words as it reads once its records are back."""

    inherit_cache = True
    _traverse_internals = [
        ("raw", InternalTraversal.dp_clauseelement),
        ("former", InternalTraversal.dp_clauseelement),
        ("type", InternalTraversal.dp_type),
    ]

    def __init__(self, column: Any, moving: Moving, list_key: str, ways: Ways) -> None:
        super().__init__(column, moving, list_key)
        self.ways = ways
        self.former: Any = self.raw
        for way in ways:
            self.former = func.coalesce(_former(self.raw, self.former, way), self.former, type_=Text())

    def asked(self, word: str) -> ColumnElement[bool]:
        """Whether it reads as holding a word."""
        words = self.reads_as(word)
        narrow = [HoldsWord(self.raw, one) for one in stored_as(words, self.moving, self.ways)]
        return and_(or_(*narrow), or_(*(HoldsWord(self.former, one) for one in words))) if words else or_(False)


@compiles(ReturnedList)
def _list_compiled(element: ReturnedList, compiler: Any, **options: Any) -> str:
    plain = {name: one for name, one in options.items() if name not in ("add_to_result_map", "within_columns_clause")}
    return str(compiler.process(element.former, **plain))


class Logged(ColumnElement[Any]):
    """What the log says that a record held `before` or `after`, as the text of several words."""

    inherit_cache = True
    type = Text()
    _traverse_internals = [("held", InternalTraversal.dp_clauseelement), ("part", InternalTraversal.dp_string)]

    def __init__(self, held: Any, part: str) -> None:
        self.held, self.part = held, part

    @property
    def _from_objects(self) -> list[Any]:
        return list(self.held._from_objects)


@compiles(Logged)
def _logged(element: Logged, compiler: Any, **options: Any) -> str:
    return f"((({compiler.process(element.held, **options)}) -> '{element.part}')::text COLLATE \"C\")"


@compiles(Logged, "sqlite")
def _logged_in_sqlite(element: Logged, compiler: Any, **options: Any) -> str:
    return f"json_extract({compiler.process(element.held, **options)}, '$.{element.part}')"


def stored_as(words: Sequence[str], moving: Moving, ways: Ways) -> list[str]:
    """What records may hold that read as one of the words, or more."""
    found = {*words, *(old for old, new in moving.items() if new in words)}
    for way in reversed(ways):
        if way.before in found:
            found.add(way.after)
    return sorted(found)


def _is_logged(raw: Any, way: WayBack) -> Any:
    return exists(literal(1, Integer(), literal_execute=True)).where(*_of_log(raw, way)).correlate(raw.table)


def _former(raw: Any, now: Any, way: WayBack) -> Any:
    """What a record held that holds what it was moved to; the latest where it was moved more than once."""
    log = _logs[0]
    found = select(Logged(log.c.held, "before")).where(*_of_log(raw, way), Logged(log.c.held, "after") == now)
    return (
        found.order_by(log.c.id.desc())
        .limit(literal(1, Integer(), literal_execute=True))
        .correlate(raw.table)
        .scalar_subquery()
    )


def _of_log(raw: Any, way: WayBack) -> list[Any]:
    log = _logs[0]
    number = literal(way.operation_id, Integer(), literal_execute=True)
    named = [log.c.kind == _word(way.kind), log.c.field == _word(way.field), log.c.operation_id == number]
    return [log.c.record_id == raw.table.c.id, *named, log.c.is_kept.is_(None)]


def _word(key: str) -> Any:
    return literal(key, String(), literal_execute=True)


# --- where columns are read -------------------------------------------------------------------------------------------


def read_back(field: Field, ways: Ways) -> Field:
    """A field whose column reads as it will once its records are back."""
    if not ways or field.matches is not None:
        return field
    return replace(field, column=_with(field.column, field.picklist or "", ways, is_list=field.kind is Kind.CHOICES))


def _with(column: Any, list_key: str, ways: Ways, *, is_list: bool) -> Any:
    raw = getattr(column, "raw", column)
    moving = live.present().moving.get(list_key, {})
    return ReturnedList(raw, moving, list_key, ways) if is_list else Returned(raw, moving, ways)


def as_read(column: Any, list_key: str) -> Any:
    """A column that holds words of a list as people read it now; itself while nothing is on its way."""
    moving, ways = live.present().moving.get(list_key), _ways_of(column) if live.present().returning else ()
    if ways:
        return Returned(column, moving or {}, ways)
    return Translated(column, moving) if moving else column


def _ways_of(column: Any) -> Ways:
    """The words of a column of which records come back, whatever mention of its table it is of."""
    plain = getattr(column, "expression", column)
    table = getattr(plain.table, "element", plain.table)
    for (kind, name), ways in live.present().returning.items():
        field = entities[kind].declared.get(name) if kind in entities else None
        key = name if field is None else str(getattr(field.column, "key", name))
        if kind in entities and entities[kind].model.__table__ is table and key == plain.key:
            return ways
    return ()


# --- where records are read -------------------------------------------------------------------------------------------


def returning_of(model: type[Any]) -> Mapping[str, Ways]:
    """Attribute of a model, fields of one's own too -> the words of it of which records come back."""
    configuration = live.present()
    if not configuration.returning:
        return {}
    kept = configuration.returning_by_model
    if model not in kept:
        found: dict[str, Ways] = {}
        for (kind, name), ways in configuration.returning.items():
            entity = entities.get(kind)
            if entity is not None and entity.model is model and name in entity.fields:
                found[entity.fields[name].attribute] = ways
        kept[model] = found
    return kept[model]


def _read_returned(record: Any, context: Any, names: Any) -> None:
    for name, ways in returning_of(type(record)).items():
        own = is_key(name) and isinstance(record, Extensible)
        if names is not None and ("ext" if own else name) not in names:
            continue
        state = inspect(record)
        held = (state.dict.get("ext") or {}).get(name) if own else state.dict.get(name)
        former = held_before(record, held, ways, context)
        if own:
            state.info[FORMER] = {**state.info.get(FORMER, {}), name: (held, former)}
        elif former != held:
            set_committed_value(record, name, former)


def held_before(record: Any, held: Any, ways: Ways, context: Any = None) -> Any:
    """What a record reads as that holds this."""
    for way in ways:
        if held == way.after or (isinstance(held, list) and way.after in held):
            logged = _logged_of(record, way, context)
            held = next((one["before"] for one in logged if one["after"] == held), held)
    return held


def _logged_of(record: Any, way: WayBack, context: Any) -> Sequence[Mapping[str, Any]]:
    """What the log keeps of a record, the latest first; of its neighbours too, for those that are loaded with it."""
    record_id = inspect(record).dict["id"]
    block = record_id // BLOCK
    kept = context.attributes if context is not None else {}
    known = kept.get(("returning", way, block))
    if known is None:
        known = kept[("returning", way, block)] = {}
        for row_id, held in _session_of(record, context).connection().execute(_block(way, block)):
            known.setdefault(row_id, []).append(held)
    found: Sequence[Mapping[str, Any]] = known.get(record_id, ())
    return found


def _block(way: WayBack, block: int) -> Any:
    log = _logs[0]
    found = select(log.c.record_id, log.c.held).where(
        log.c.kind == way.kind, log.c.record_id.between(block * BLOCK, (block + 1) * BLOCK - 1),
        log.c.field == way.field, log.c.operation_id == way.operation_id, log.c.is_kept.is_(None),
    )  # fmt: skip
    return found.order_by(log.c.id.desc())


def _session_of(record: Any, context: Any) -> Any:
    return context.session if context is not None else object_session(record)


def _loaded(record: Any, context: Any, names: Any = None) -> None:
    if live.present().returning:
        _read_returned(record, context, names)


def install(log: Table) -> None:
    """Let every field and every loaded record of the process read like this, by a log of what was moved; once."""
    if read_back not in live.readings_of_returns:
        _logs.append(log)
        live.readings_of_returns.append(read_back)
        event.listen(Model, "load", _loaded, propagate=True)
        event.listen(Model, "refresh", _loaded, propagate=True)
