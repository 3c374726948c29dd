"""The field catalogue: what each field of each entity is, said once for every use of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement

from implementor.foundation import live
from implementor.foundation.choices import Choice as Choice
from implementor.foundation.model import Column, Rows
from implementor.foundation.naming import named
from implementor.foundation.permissions import Actor, Permission
from implementor.foundation.words import Phrase, say


class Kind(StrEnum):
    """What a field holds, which decides how it is typed, parsed, shown, filtered and exported."""

    LINE = "line"
    TEXT = "text"
    MARKDOWN = "markdown"
    WHOLE = "whole"
    DECIMAL = "decimal"
    DATE = "date"
    MOMENT = "moment"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    REFERENCE = "reference"
    TAGS = "tags"
    MONEY = "money"
    CURRENCY = "currency"
    PERCENT = "percent"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"


LISTS = (Kind.TAGS, Kind.CHOICES)
"""Kinds whose value is a list of texts; an empty one is no value."""


@dataclass(frozen=True)
class Scope:
    """Where a list or form stands: the project it is of (None outside projects) and who looks."""

    project_id: int | None
    actor: Actor


Options = Callable[[Scope], Rows]
Join = Callable[[Rows], Rows]


@dataclass(frozen=True)
class Field:
    """One field of an entity.

    `column` holds the value; `shown` is what lists select for people to read (a joined name), with the `join`
    that makes it available; `options` gives the (id, label) rows that a reference may point at in a scope.
    `minimum` and `maximum` are inclusive; `longest` counts characters. `mark` stands between the project's key and a
    number that names the record (VEN-12); a field that `is_order` only orders lists and is never shown.
    `picklist` names the list of words that a choice is from, instead of `choices`; `kind_of_record` is filled in by the
    entity that the field is declared in.

    Money is kept in minor units; its `currency` is a fixed code or the column that holds it. The field of that column's
    name, or one that is made for it, is `part_of` the amount and never shown alone. A percentage is kept as a ratio of
    four decimals (a `Scaled(4)` column), bounded by 0 and 1 unless it says otherwise. `target` is the kind of record
    (foundation/lookup.py) that a reference with too many rows for a select points at; it is sorted only by a
    `sort_column` that an index serves. `compared` is the column of the form in which a telephone number or mail address
    is found, where that is not how it is kept. `begins` gives the value that the form of a new record shows at first. A
    whole number that `is_year` has no separator of thousands. `told` makes what people read of
    the value and of what is `shown`, such as the time that is left until a moment.
    """

    name: str
    kind: Kind
    label: Phrase
    column: Column
    hint: Phrase | None = None
    group: Phrase | None = None
    required: bool = False
    choices: tuple[Choice, ...] = ()
    options: Options | None = None
    shown: Column | None = None
    join: Join | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    longest: int = 200
    offered: tuple[str, ...] = ()
    editable: bool = True
    bulk: bool = False
    filterable: bool = False
    sortable: bool = False
    sort_column: Column | None = None
    nullable: bool = True
    groupable: bool = False
    personal: bool = False
    may_see: Permission | None = None
    may_edit: Permission | None = None
    matches: Callable[[list[str], Scope], ColumnElement[bool]] | None = None
    width: str = "normal"
    is_person: bool = False
    mark: str = ""
    is_order: bool = False
    picklist: str | None = None
    kind_of_record: str = ""
    currency: Column | str | None = None
    target: str | None = None
    compared: Column | None = None
    begins: Callable[[Scope], Any] | None = None
    told: Callable[[Any, Any], Any] | None = None
    part_of: str = ""
    is_year: bool = False

    @property
    def attribute(self) -> str:
        """The attribute of the record that holds the value; contributed fields may have none there."""
        return str(getattr(self.column, "key", self.name))

    @property
    def is_shown(self) -> bool:
        """Whether lists and records have it among their columns."""
        return not self.is_order and not self.part_of

    def first_value(self, scope: Scope) -> Any:
        """The value that the form of a new record shows; None for none."""
        if self.begins is not None:
            return self.begins(scope)
        usual = live.present().picklist(self.picklist).default if self.picklist is not None else None
        return None if usual is None else usual.key

    @property
    def currency_name(self) -> str | None:
        """The field that holds the currency of this one's amounts; None where it is fixed or there is none."""
        if self.currency is None or isinstance(self.currency, str):
            return None
        return str(getattr(self.currency, "key", ""))

    def choice(self, key: str | None) -> Choice | None:
        """The choice of that key, if it is one of this field's; retired ones are too."""
        if self.picklist is not None:
            return live.present().picklist(self.picklist).by_key.get(key or "")
        return next((choice for choice in self.choices if choice.key == key), None)

    def words(self, keys: Iterable[Any]) -> list[Any]:
        """What several choices are called; what is no choice (any more) stays as it is."""
        known = ((key, self.choice(str(key))) for key in keys)
        return list(dict.fromkeys(key if found is None else found.label for key, found in known))

    @property
    def known_choices(self) -> tuple[Choice, ...]:
        """Every choice that a record may hold, retired ones too."""
        return self.choices if self.picklist is None else live.present().picklist(self.picklist).values

    @property
    def offered_choices(self) -> tuple[Choice, ...]:
        """The choices that may be made now."""
        return self.choices if self.picklist is None else live.present().picklist(self.picklist).offered

    def is_visible_to(self, actor: Actor) -> bool:
        """Whether its own permission and the access rules of its kind show it, and an amount it is part of."""
        if self.target is not None and live.present().is_off(self.target):
            return False
        may_see, kind = live.present().access.may_see_field, self.kind_of_record
        shown = may_see(actor, kind, self.name) and any(may_see(actor, kind, name) for name in self._amounts())
        return shown and (self.may_see is None or actor.may(self.may_see))

    def is_editable_by(self, actor: Actor) -> bool:
        """Whether it can be written at all, and by this person."""
        return self.editable and self.is_open_to(actor)

    def is_open_to(self, actor: Actor) -> bool:
        """Whether this person may say what stands in it, by hand or by a file that states what nobody types."""
        if not self.is_visible_to(actor):
            return False
        may_edit, kind = live.present().access.may_edit_field, self.kind_of_record
        written = may_edit(actor, kind, self.name) and any(may_edit(actor, kind, name) for name in self._amounts())
        return written and (self.may_edit is None or actor.may(self.may_edit))

    def _amounts(self) -> tuple[str, ...]:
        """The amounts that a currency is of, of which somebody must see one to see it; of other fields, themselves."""
        if not self.part_of or self.kind_of_record not in entities:
            return (self.name,)
        fields = entities[self.kind_of_record].fields.values()
        return tuple(one.name for one in fields if one.currency_name == self.name)


@dataclass
class Entity:
    """The catalogue of one kind of record: its fields in order and how its list begins.

    It goes by the company's own words for it, and `first_columns` and `first_sort` are how its list begins by now.
    `declared` are the fields that the program knows; `fields` are those as they are live, with what releases added.
    `extend` lets upper packages add fields, such as the wave of a story; the order of registration is kept. `search`
    gives the condition for words; where it looks into fields that may be hidden, it is `search_for` who asks.
    """

    kind: str
    label: Phrase
    label_plural: Phrase
    model: type[Any]
    default_columns: tuple[str, ...]
    default_sort: str
    title_field: str
    unique_order: Column
    search: Callable[[str], ColumnElement[bool]] | None = None
    search_for: Callable[[str, Actor], ColumnElement[bool]] | None = None
    declared: dict[str, Field] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.label = named(self.kind, self.label)
        self.label_plural = named(self.kind, self.label_plural, is_plural=True)

    @property
    def first_columns(self) -> tuple[str, ...]:
        """The columns that its list begins with: those that somebody chose for everybody, else the program's."""
        return live.present().shape(self.kind).columns or self.default_columns

    @property
    def first_sort(self) -> str:
        """The order that its list begins in, as an address says it."""
        return live.present().shape(self.kind).sort or self.default_sort

    @property
    def fields(self) -> dict[str, Field]:
        """Every field of the kind for the work at hand: not to be changed, `extend` declares."""
        return live.present().fields_of(self.kind, self.declared)

    def declare(self, fields: Iterable[Field]) -> Entity:
        """Add this package's own fields; a name can be declared once."""
        for one in fields:
            self.extend(one)
        return self

    def extend(self, one: Field) -> None:
        """Add a field contributed by an upper package."""
        if one.name in self.declared and not self.declared[one.name].part_of:
            raise ValueError(f"{self.kind} already has a field {one.name}")
        self.declared[one.name] = replace(one, kind_of_record=self.kind)
        code = one.currency_name
        if (
            code is not None
            and code not in self.declared
            and not isinstance(one.currency, str)
            and one.currency is not None
        ):
            label = say("%(field)s: currency", field=one.label)
            self.extend(Field(code, Kind.CURRENCY, label, one.currency, editable=False, part_of=one.name))

    @property
    def is_searched(self) -> bool:
        """Whether its list can be asked for words."""
        return self.search is not None or self.search_for is not None

    def found_by(self, words: str, actor: Actor) -> ColumnElement[bool] | None:
        """The condition for words in what the actor may see; None for a kind that is not searched."""
        if self.search_for is not None:
            return self.search_for(words, actor)
        return None if self.search is None else self.search(words)

    def shows(self, name: str, actor: Actor) -> bool:
        """Whether a field is there and the actor may see it."""
        return name in self.fields and self.fields[name].is_visible_to(actor)

    def visible_to(self, actor: Actor) -> list[Field]:
        return [one for one in self.fields.values() if one.is_visible_to(actor)]

    def shown_to(self, actor: Actor) -> list[Field]:
        """The fields that lists and records show; those that only order, or only belong to others, are left out."""
        return [one for one in self.visible_to(actor) if one.is_shown]

    def editable_by(self, actor: Actor) -> list[Field]:
        return [one for one in self.fields.values() if one.is_editable_by(actor)]

    def by_attribute(self, attribute: str) -> Field | None:
        """The field that an attribute of the record belongs to."""
        return next((one for one in self.fields.values() if one.attribute == attribute), None)

    def labels(self) -> Mapping[str, Phrase]:
        return {name: one.label for name, one in self.fields.items()}


entities: dict[str, Entity] = {}


def entity(declared: Entity) -> Entity:
    """Make an entity known to the shared pages; importing its package twice changes nothing."""
    return entities.setdefault(declared.kind, declared)
