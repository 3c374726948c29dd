"""Filters of definitions as conditions: those of lists, with days said from the day of measuring, and "some value"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, true

from implementor.foundation.errors import Refusal
from implementor.foundation.fields import Field, Scope
from implementor.foundation.filters import ME, NONE, Filters, read_filters
from implementor.foundation.measures import Measurable, measurables
from implementor.foundation.permissions import SYSTEM
from implementor.foundation.words import Phrase, say, speaking, speech
from implementor.metrics.definitions import Asked, Query
from implementor.metrics.windows import said_from

SOME = "some"
"""What a filter says of records that have any value there."""


class CannotMeasure(Refusal):
    """What a definition names is not there, or cannot be counted so; the reason says which and why."""


class MissingField(CannotMeasure):
    """The kind has no such field now; `name` may be the key of one that was withdrawn."""

    def __init__(self, reason: Phrase, name: str) -> None:
        super().__init__(reason)
        self.name = name


@dataclass(frozen=True)
class AsOf:
    """The day that is measured, in whose zone days begin, and the project whose records count.

    `within` selects the records of a kind that count, such as those that a reader sees; without it all of them do.
    """

    on: date
    zone: ZoneInfo
    project_id: int | None
    within: Callable[[Measurable], Select[Any]] | None = field(default=None, compare=False, repr=False)

    def counted(self, known: Measurable) -> Select[Any]:
        """The records of a kind that count, before anything narrows them."""
        return known.counted(self.project_id) if self.within is None else self.within(known)


def measurable_of(query: Query) -> Measurable:
    """The kind that a query counts. Raises CannotMeasure for one that is not there."""
    found = measurables.get(query.entity)
    if found is None:
        raise CannotMeasure(say("Records of the kind “%(kind)s” are not measured here.", kind=query.entity[:60]))
    return found


def field_of(known: Measurable, name: str) -> Field:
    """A field of the kind. Raises CannotMeasure for one that is not there (any more)."""
    found = known.entity.fields.get(name)
    if found is None or found.personal:
        reason = say("%(kind)s have no field “%(field)s” now.", kind=known.entity.label_plural, field=name[:60])
        raise MissingField(reason, name)
    return found


def condition_of(known: Measurable, asked: Asked, as_of: AsOf) -> ColumnElement[bool]:
    """The records that meet every filter. Raises CannotMeasure for a filter that means nothing now."""
    parts = [_one(field_of(known, name), texts, as_of) for name, texts in asked.items()]
    return and_(true(), *parts)


def _one(field: Field, texts: tuple[str, ...], as_of: AsOf) -> ColumnElement[bool]:
    if texts == (SOME,) and field.matches is None:
        return field.column.is_not(None)
    if texts == (NONE,) and field.matches is None:
        return field.column.is_(None)
    if not field.filterable:
        raise CannotMeasure(say("Records are not narrowed by %(field)s.", field=field.label))
    read = read_for(field, tuple(said_from(text, as_of.on) for text in texts), as_of)
    if read.faults or not read.conditions:
        raise CannotMeasure(
            read.faults[0] if read.faults else say("Records are not narrowed by %(field)s.", field=field.label)
        )
    return read.conditions[0]


def read_for(field: Field, texts: tuple[str, ...], as_of: AsOf) -> Filters:
    """A filter as the list of the kind would read it, for nobody in particular and in the days of the zone."""
    with speaking(replace(speech(), zone=as_of.zone)):
        return read_filters([field], {field.name: texts}, Scope(as_of.project_id, SYSTEM))


def depends_on_reader(asked: Asked) -> bool:
    """Whether a filter means somebody else for each reader, which no metric can be measured by."""
    return any(ME in texts for texts in asked.values())
