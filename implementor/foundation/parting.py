"""By what figures are parted: fields of the records, what is no field of theirs, and fields of records they lead to.

A record may stand in several parts, such as a sale of two products, but in none of them twice: what leads to several
others is brought in as different pairs (record, value).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import aliased

from implementor.foundation.extension import ExtColumn
from implementor.foundation.fields import Field, Kind, entities
from implementor.foundation.model import Column, Rows
from implementor.foundation.returning import as_read
from implementor.foundation.several import words_of_rows
from implementor.foundation.text import whole_number
from implementor.foundation.words import Phrase, say

BETWEEN = "."
"""What stands between a path and a field in the key of a part, such as `account.zone`."""


@dataclass(frozen=True)
class Split:
    """A way to part records.

    `column` is the value of a part, `join` makes it available. What the parts are called follows from the field that
    the values are `of`, from the kind of record that they are the ids of (`target`), or from the rows (key, label) that
    `names` gives. In `several` a record may stand in more than one part, so that these add up to more than the whole.
    """

    key: str
    label: Phrase
    column: Column
    join: Callable[[Rows], Rows]
    names: Callable[[Iterable[Any]], Rows] | None = None
    several: bool = False
    of: Field | None = None
    target: str = ""


@dataclass(frozen=True)
class Path:
    """The way from a record to those of another kind, by whose fields figures about it are parted.

    It is the column `pointer`, or goes over rows: `pairs` selects (record id, other id), however often the same.
    `itself` parts by the other records too, of which there should be few.
    """

    key: str
    target: str
    pointer: Column | None = None
    pairs: Rows | None = None
    itself: bool = False
    several: bool = False


NOBODY = "none"


def value_called(split: Split, text: str) -> Any:
    """The value of a part as an address says it, in the type of its column; None for what has none."""
    column: Any = split.column
    if text == NOBODY:
        return None
    if column.type.python_type is bool:
        return text == "True"
    return whole_number(text) if column.type.python_type is int else text


def parts_figures(field: Field) -> bool:
    """Whether many records share its values: lists group by them, or people set the same line for many at once."""
    shared_line = field.kind is Kind.LINE and field.filterable and field.bulk and field.matches is None
    chosen = field.kind is Kind.CHOICES and field.filterable
    return (field.groupable or shared_line or chosen) and not field.personal


def split_of_field(field: Field) -> Split:
    """Records by the values of a field of theirs; by each of the words, where it holds several."""
    if field.kind is Kind.CHOICES:
        return _split_of_words(field)

    def join(found: Rows) -> Rows:
        return field.join(found) if field.join is not None and field.kind is not Kind.CHOICE else found

    return Split(field.name, field.label, field.column, join, of=field)


def _split_of_words(field: Field) -> Split:
    column: Any = field.column
    table = column.table
    each = words_of_rows(table, column).subquery(f"words_{field.name}")

    def join(found: Rows) -> Rows:
        return found.outerjoin(each, each.c.record_id == table.c.id)

    return Split(field.name, field.label, each.c.word, join, several=True, of=replace(field, kind=Kind.CHOICE))


def split_of_path(model: Any, path: Path, field: Field | None = None) -> Split:
    """Records of a model by a field of those that a path leads to, or by these themselves."""
    target = entities[path.target]
    key = f"{path.key}{BETWEEN}{field.name}" if field is not None else path.key
    label = say("%(field)s (%(kind)s)", field=field.label, kind=target.label) if field is not None else target.label
    split = _over_rows if path.pairs is not None else _by_pointer
    column, join = split(model, path, field)
    return Split(key, label, column, join, several=path.several, of=field, target="" if field else path.target)


def _by_pointer(_model: Any, path: Path, field: Field | None) -> tuple[Column, Callable[[Rows], Rows]]:
    pointer: Any = path.pointer
    if field is None:
        return pointer, lambda found: found
    other = aliased(entities[path.target].model, name=f"by_{path.key}_{field.name}")
    return _value(other, field), lambda found: found.outerjoin(other, other.id == pointer)


def _over_rows(model: Any, path: Path, field: Field | None) -> tuple[Column, Callable[[Rows], Rows]]:
    assert path.pairs is not None
    pairs = path.pairs.subquery(f"links_{path.key}")
    record_id, other_id = pairs.c
    if field is None:
        values: Rows = select(record_id.label("record_id"), other_id.label("value"))
    else:
        other = aliased(entities[path.target].model, name=f"by_{path.key}")
        values = select(record_id.label("record_id"), _value(other, field).label("value"))
        values = values.join(other, other.id == other_id)
    different = values.distinct().subquery(f"parts_{path.key}_{field.name if field is not None else 'itself'}")
    return different.c.value, lambda found: found.outerjoin(different, different.c.record_id == model.id)


def _value(other: Any, field: Field) -> Any:
    """The column of a field in another mention of its table."""
    if isinstance(getattr(field.column, "raw", field.column), ExtColumn):
        return as_read(ExtColumn(inspect(other).selectable.c.ext, field.name, field.kind), field.picklist or "")
    through = getattr(field.column, "through", None)
    return getattr(other, field.attribute) if through is None else through(other)
