"""What releases and administrators made of a kind of record: its fields, words, order, columns, needs and owners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from implementor.foundation.conditions import Condition
from implementor.foundation.words import Phrase, say

if TYPE_CHECKING:
    from implementor.foundation.fields import Field


class Strength(StrEnum):
    """What happens where a needed field is empty: it is told, no new record is made, no change is saved."""

    WARN = "warn"
    CREATE = "create"
    EDIT = "edit"


STRENGTHS: Mapping[Strength, Phrase] = {
    Strength.WARN: say("Tell after saving"), Strength.CREATE: say("Stop new records"),
    Strength.EDIT: say("Stop new records and every change"),
}  # fmt: skip


@dataclass(frozen=True)
class Need:
    """A field that must be filled in where conditions hold; `in_imports` says whether files are held to it too."""

    id: int
    uid: str
    label: Phrase
    field: str
    conditions: tuple[Condition, ...] = ()
    strength: Strength = Strength.WARN
    in_imports: bool = False

    def stops(self, *, is_new: bool) -> bool:
        """Whether a record that lacks the field is refused."""
        return self.strength is Strength.EDIT or (is_new and self.strength is Strength.CREATE)


class Way(StrEnum):
    """How a rule finds who gets a record."""

    PERSON = "person"
    IN_TURN = "in_turn"
    LEAST_BUSY = "least_busy"


WAYS: Mapping[Way, Phrase] = {
    Way.PERSON: say("One person"), Way.IN_TURN: say("Everybody of a team in turn"),
    Way.LEAST_BUSY: say("Whoever of a team has the fewest open"),
}  # fmt: skip


@dataclass(frozen=True)
class Assignment:
    """A rule that gives records without an owner to a person, or to somebody of a team."""

    id: int
    uid: str
    label: Phrase
    way: Way
    conditions: tuple[Condition, ...] = ()
    user_id: int | None = None
    team_id: int | None = None


@dataclass(frozen=True)
class Section:
    """Fields that stand together under a heading, in their order."""

    label: Phrase
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Shape:
    """One kind as it is live.

    `added` fields stand after the declared ones, `labels` are the company's own words for fields and `called` those
    for one record and for several. Fields stand in the order of `sections`, those that are in none at the end;
    `left_out` ones are not asked for in the form of a new record. `columns` and `sort` are how the list begins, where
    that is not as the program ships it. `needs` and `assignments` are in their order, those in use alone.
    """

    added: tuple[Field, ...] = ()
    labels: Mapping[str, Phrase] = field(default_factory=dict)
    called: tuple[Phrase, Phrase] | None = None
    sections: tuple[Section, ...] = ()
    left_out: frozenset[str] = frozenset()
    columns: tuple[str, ...] = ()
    sort: str = ""
    is_off: bool = False
    needs: tuple[Need, ...] = ()
    assignments: tuple[Assignment, ...] = ()


PLAIN = Shape()


def shaped(declared: Mapping[str, Field], shape: Shape) -> dict[str, Field]:
    """The catalogue of a kind: its declared fields under their present names, then the added ones, in their order."""
    fields = {name: _renamed(one, shape) for name, one in declared.items()}
    fields.update((one.name, one) for one in shape.added)
    return _placed(fields, shape.sections) if shape.sections else fields


def _renamed(one: Field, shape: Shape) -> Field:
    if one.part_of and one.part_of in shape.labels and one.name not in shape.labels:
        return replace(one, label=say("%(field)s: currency", field=shape.labels[one.part_of]))
    label = shape.labels.get(one.name)
    return one if label is None else replace(one, label=label)


def _placed(fields: dict[str, Field], sections: tuple[Section, ...]) -> dict[str, Field]:
    """The fields under the headings they were put, then the others as they stood; what is no more is passed over."""
    placed = {
        name: replace(fields[name], group=section.label)
        for section in sections
        for name in section.fields
        if name in fields
    }
    return placed | {name: one for name, one in fields.items() if name not in placed}
