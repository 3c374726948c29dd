"""What can be measured: kinds of records with the times they have, and measures that no form can put together.

Packages declare their kinds in `contributions.py`; fields that may be counted, narrowed and grouped by come from the
catalogue of the kind, so what a release adds to it can be measured as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from implementor.foundation.access import Reach
from implementor.foundation.fields import Entity, Field, Kind, entities
from implementor.foundation.live import present
from implementor.foundation.model import Column, Rows
from implementor.foundation.parting import BETWEEN, Path, Split, parts_figures, split_of_field, split_of_path
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say

TIMES = (Kind.DATE, Kind.MOMENT)
AMOUNTS = (Kind.WHOLE, Kind.DECIMAL, Kind.MONEY, Kind.PERCENT)
"""Kinds of fields that can be added up."""
APART = (Kind.CHOICE, Kind.REFERENCE, Kind.LINE, Kind.YES_NO, Kind.CURRENCY, Kind.WHOLE, Kind.DATE)
"""Kinds of fields whose different values can be counted."""


@dataclass(frozen=True)
class TimeOf:
    """A time of a record: a column, or the first fact of a table as a scalar subquery. `is_day` has no hour."""

    key: str
    label: Phrase
    column: Column
    is_day: bool = False


@dataclass
class Measurable:
    """A kind of record that can be measured. `usual` is the time by which windows are taken if nobody says another.

    `times` are those that are no fields of the kind. It is parted by its fields that many records share, by `splits`,
    and by such fields of the records that `paths` lead to.
    """

    entity: Entity
    usual: str = "created_at"
    times: dict[str, TimeOf] = field(default_factory=dict)
    splits: dict[str, Split] = field(default_factory=dict)
    paths: dict[str, Path] = field(default_factory=dict)
    narrowed: Callable[[Rows], Rows] | None = None

    @property
    def is_of_project(self) -> bool:
        """Whether its records belong to projects."""
        return hasattr(self.entity.model, "project_id")

    def counted(self, project_id: int | None) -> Select[Any]:
        """Every record that counts, whoever looks: neither put away nor merged into another, of the project if any."""
        model = self.entity.model
        found = select(model)
        if self.is_of_project:
            found = found.where(model.project_id == project_id)
        for gone in ("archived_at", "merged_into_id"):
            if hasattr(model, gone):
                found = found.where(getattr(model, gone).is_(None))
        return found if self.narrowed is None else self.narrowed(found)

    def times_known(self) -> Mapping[str, TimeOf]:
        """Every time of the kind: its fields that hold one, then those of its facts."""
        found = {one.name: TimeOf(one.name, one.label, one.column, one.kind is Kind.DATE) for one in self._with_times()}
        if hasattr(self.entity.model, "created_at"):
            found.setdefault("created_at", TimeOf("created_at", say("Created"), self.entity.model.created_at))
        return {**found, **self.times}

    def _with_times(self) -> list[Field]:
        known = self.entity.fields.values()
        return [one for one in known if one.kind in TIMES and one.matches is None and not one.personal]

    def fields_for(self, actor: Actor) -> dict[str, Field]:
        """The fields that somebody may measure by: no personal data, nothing that the access rules hide from them.

        Who leads a project measures kinds that they do not reach in the CRM themselves: they see numbers, not records.
        """
        kind = self.entity.kind
        outside = present().access.reach(actor, kind, "see") is Reach.NONE
        fields = (one for one in self.entity.fields.values() if not one.personal)
        return {one.name: one for one in fields if outside or one.is_visible_to(actor)}

    def parts_for(self, actor: Actor) -> dict[str, Split]:
        """What somebody may part figures by."""
        fields = (one for one in self.fields_for(actor).values() if parts_figures(one))
        found = {one.name: split_of_field(one) for one in fields} | self.splits
        for path in self.paths.values():
            target = measurables[path.target]
            if present().is_off(path.target) or not self._leads_for(path, actor):
                continue
            if path.itself:
                found[path.key] = split_of_path(self.entity.model, path)
            reached = (one for one in target.fields_for(actor).values() if parts_figures(one) and not one.is_person)
            splits = (split_of_path(self.entity.model, path, one) for one in reached)
            found |= {one.key: one for one in splits}
        return found

    def _leads_for(self, path: Path, actor: Actor) -> bool:
        """Whether the field that the path goes by, where it is one, is not hidden."""
        return path.key not in self.entity.fields or path.key in self.fields_for(actor)

    def part_called(self, key: str) -> Split | None:
        """What parts figures under this key, whoever asks; None where nothing does (any more)."""
        if key in self.splits:
            return self.splits[key]
        name, _dot, of_other = key.partition(BETWEEN)
        path = self.paths.get(name)
        if path is not None and not of_other and path.itself:
            return split_of_path(self.entity.model, path)
        kind = self if not of_other else measurables.get(path.target) if path is not None else None
        found = kind.entity.fields.get(of_other or name) if kind is not None else None
        if found is None or not parts_figures(found):
            return None
        return split_of_path(self.entity.model, path, found) if path is not None and of_other else split_of_field(found)


Found = TypeVar("Found")
measurables: dict[str, Measurable] = {}


def measurable(entity: Entity, *, usual: str = "created_at", narrowed: Callable[[Rows], Rows] | None = None) -> None:
    """Let the records of a kind be measured; saying it again changes the usual time only."""
    known = measurables.setdefault(entity.kind, Measurable(entity))
    known.entity, known.usual = entity, usual
    known.narrowed = narrowed or known.narrowed


def time_of(kind: str, *times: TimeOf) -> None:
    """Let a kind be measured by times that are no fields of it."""
    known = measurables.setdefault(kind, Measurable(entities[kind]))
    known.times.update({one.key: one for one in times})


def split_by(kind: str, *splits: Split) -> None:
    """Let a kind be parted by what is no field of it."""
    known = measurables.setdefault(kind, Measurable(entities[kind]))
    known.splits.update({one.key: one for one in splits})


def lead_to(kind: str, *paths: Path) -> None:
    """Let figures about a kind be parted by the records that it leads to."""
    known = measurables.setdefault(kind, Measurable(entities[kind]))
    known.paths.update({one.key: one for one in paths})


takers: list[Callable[[Session, str], Phrase | None]] = []
"""Functions that say what took the setting of a `uid` away; packages that do such things add theirs."""


@dataclass(frozen=True)
class Question:
    """For what a named measure is asked: the days from `first` to `last` (None: no bound), as of a day in a zone.

    `project_id` is None outside projects. `filters` hold what people narrowed it to, by field name, as in addresses.
    `memory` is shared by the questions of one measuring: what several measures count is counted once.
    """

    on: date
    at: datetime
    zone: ZoneInfo
    first: date | None = None
    last: date | None = None
    project_id: int | None = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    memory: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def remembered(self, what: str, find: Callable[[], Found]) -> Found:
        """What `find` finds, found once for all questions that are the same."""
        key = (what, repr(self))
        if key not in self.memory:
            self.memory[key] = find()
        found: Found = self.memory[key]
        return found


@dataclass(frozen=True)
class Tally:
    """What was found: a value in the unit of its metric, the two numbers behind a share, and how many were counted.

    Without a value `reason` says why not.
    """

    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    n: int = 0
    reason: Phrase | None = None


@dataclass(frozen=True)
class NamedMeasure:
    """A measure that the form of a query cannot express. `kind` is whose records it counts.

    `tally` counts them whoever looks; `counted` selects the ids that stand in the denominator, or, asked for the
    `numerator`, those above it. `parted` counts them by the values of a split. `unit` is the one that the value is in
    (see metrics.models.UNITS); `formula` says in words how it is counted, `source` where that is from. Those
    `of_amounts` tell what records are worth.
    """

    key: str
    label: Phrase
    unit: str
    kind: str
    formula: Phrase
    tally: Callable[[Session, Question], Tally]
    counted: Callable[[Question, bool], Select[int]]
    source: Phrase | None = None
    direction: str = "up"
    parted: Callable[[Session, Question, Split], dict[Any, Tally]] | None = None
    of_amounts: bool = False


named_measures: dict[str, NamedMeasure] = {}


def named_measure(declared: NamedMeasure) -> NamedMeasure:
    """Let metrics be measured by it; declaring it again changes nothing."""
    return named_measures.setdefault(declared.key, declared)
