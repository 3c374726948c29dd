"""A definition while it is put together in a form: what an address says of it, and what the form offers next."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from implementor.foundation.fields import Field, Scope
from implementor.foundation.filters import NONE, read_filters
from implementor.foundation.lookup import MARK
from implementor.foundation.measures import TIMES, Measurable, measurables
from implementor.foundation.text import clean_line, whole_number
from implementor.foundation.words import Phrase
from implementor.metrics import definitions as ways
from implementor.metrics.conditions import SOME
from implementor.metrics.definition_json import checked_definition
from implementor.metrics.definitions import Asked, Definition, Formula, Manual, Named, Query, Ratio, Window
from implementor.metrics.windows import TODAY

Address = Mapping[str, Sequence[str]]
TIMES_BETWEEN = "~between"
"""Chosen instead of a field: the time between two events."""
FIRST, SECOND = "a-", "b-"
OF_ALL, OF_PART = "f-", "p-"
"""Before the names of fields: filters of everything that is counted, and of what a share is of."""


@dataclass(frozen=True)
class Narrowing:
    """Filters of a query as they were understood, the fields that the form shows, and what was not understood."""

    asked: Asked
    shown: tuple[Field, ...]
    faults: tuple[Phrase, ...]


@dataclass(frozen=True)
class Side:
    """One query of a definition in the form, with the names of its inputs beginning with `prefix`."""

    prefix: str
    known: Measurable
    query: Query
    whole: Narrowing
    part: Narrowing


@dataclass(frozen=True)
class Draft:
    """What an address says: how it is measured, the queries of its form, and the definition if it is one already."""

    how: str
    sides: tuple[Side, ...] = ()
    expression: str = ""
    measure: str = ""
    window: Window = dataclasses.field(default_factory=Window)

    @property
    def faults(self) -> list[Phrase]:
        """What could not be understood."""
        return [fault for side in self.sides for one in (side.whole, side.part) for fault in one.faults]

    def definition(self) -> Definition:
        """What it says by now. Raises BadDefinition where something is missing."""
        match self.how:
            case ways.QUERY:
                made: Definition = self.sides[0].query
            case ways.RATIO:
                made = Ratio(self.sides[0].query, self.sides[1].query)
            case ways.FORMULA:
                made = Formula(self.expression)
            case ways.NAMED:
                made = Named(self.measure, self.window)
            case _:
                made = Manual()
        return checked_definition(made)


def read_draft(address: Address, scope: Scope) -> Draft:
    """What an address says of a definition; whatever it cannot mean is left out."""
    how = _one(address, "how")
    how = how if how in ways.WAYS else ways.QUERY
    prefixes = {ways.QUERY: (FIRST,), ways.RATIO: (FIRST, SECOND)}.get(how, ())
    sides = tuple(_side(address, prefix, scope) for prefix in prefixes)
    window = _window(_under(address, "w-"), ("", *_times_of_nothing()))
    return Draft(how, sides, _one(address, "expression"), _one(address, "measure"), window)


def _times_of_nothing() -> tuple[str, ...]:
    """A named measure takes its window by a time of its own."""
    return ("measure",)


def _side(address: Address, prefix: str, scope: Scope) -> Side:
    asked = _under(address, prefix)
    known = measurables.get(_one(asked, "entity")) or next(iter(measurables.values()))
    fields, times = known.fields_for(scope.actor), known.times_known()
    aggregate = _among(_one(asked, "aggregate"), ways.AGGREGATES, ways.COUNT)
    of, between = _one(asked, "field"), (_one(asked, "start"), _one(asked, "end"))
    takes_times = of == TIMES_BETWEEN and aggregate in ways.OF_VALUES
    is_pair = between[0] in times and between[1] in times and between[0] != between[1]
    whole, part = (narrowing(fields.values(), _under(asked, mark), scope) for mark in (OF_ALL, OF_PART))
    group = _one(asked, "group")
    query = Query(
        known.entity.kind, aggregate, of if of in fields and aggregate in (*ways.OF_VALUES, ways.DISTINCT) else "",
        between if takes_times and is_pair else None,
        _percentile(_one(asked, "percentile")) if aggregate == ways.PERCENTILE else None,
        whole.asked, part.asked if aggregate == ways.SHARE else {}, _window(asked, (known.usual, *times)),
        group if group and group in known.parts_for(scope.actor) else "",
    )  # fmt: skip
    return Side(prefix, known, query, whole, part)


def can_narrow(field: Field) -> bool:
    """Whether records can be narrowed by it at all, if only by whether it has a value."""
    return field.filterable or (field.matches is None and field.is_shown)


def narrowing(fields: Iterable[Field], asked: Address, scope: Scope) -> Narrowing:
    """Filters by these fields from the parameters of an address, in the form that is kept."""
    kept: dict[str, tuple[str, ...]] = {}
    faults: list[Phrase] = []
    known = {field.name: field for field in fields if can_narrow(field)}
    for name, field in known.items():
        texts, wrong = _texts(field, asked, scope)
        faults += wrong
        if texts:
            kept[name] = texts
    wanted = asked.get("more", ())
    shown = [field for name, field in known.items() if name in asked or name in wanted]
    return Narrowing(kept, tuple(shown), tuple(faults))


def _texts(field: Field, asked: Address, scope: Scope) -> tuple[tuple[str, ...], tuple[Phrase, ...]]:
    raw = [clean_line(text) for text in asked.get(field.name, ()) if text.strip()]
    if raw in ([SOME], [NONE]):
        return (raw[0],), ()
    if not raw or not field.filterable:
        return (), ()
    if field.kind in TIMES and all(TODAY.search(text) for text in raw):
        return tuple(raw), ()
    read = read_filters(
        [field], {name: asked[name] for name in (field.name, field.name + MARK) if name in asked}, scope
    )
    return (read.chosen[0].values if read.chosen else ()), read.faults


def _window(asked: Address, times: Sequence[str]) -> Window:
    """The window as far as it is told; without a length or a first day it is of everything."""
    kind, by = _among(_one(asked, "window"), ways.WINDOWS, ways.ALL), _among(_one(asked, "by"), times[1:], times[0])
    days, since = whole_number(_one(asked, "days")), _day(_one(asked, "since"))
    if kind == ways.ROLLING:
        return Window(kind, by or times[1], min(max(days or 90, 1), ways.LONGEST_WINDOW))
    if kind == ways.SINCE:
        return Window(kind, by or times[1], since=since) if since else Window(kind, by or times[1])
    return Window() if kind == ways.ALL else Window(kind, by or times[1])


def _percentile(text: str) -> int:
    number = whole_number(text)
    return number if number is not None and 1 <= number <= 99 else 90


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _under(address: Address, prefix: str) -> dict[str, list[str]]:
    """The parameters whose names begin with a prefix, by the rest of their names."""
    return {name.removeprefix(prefix): list(texts) for name, texts in address.items() if name.startswith(prefix)}


def _one(address: Address, name: str) -> str:
    texts = address.get(name) or ("",)
    return clean_line(texts[0])[: ways.LONGEST_EXPRESSION]


def _among(text: str, known: Sequence[str], usual: str) -> str:
    return text if text in known else usual


# --- the way back -----------------------------------------------------------------------------------------------------


def address_of(definition: Definition) -> dict[str, list[str]]:
    """The address whose draft is this definition."""
    said: dict[str, list[str]] = {"how": [ways.way_of(definition)]}
    for prefix, query in zip((FIRST, SECOND), ways.queries_of(definition), strict=False):
        said |= {prefix + name: texts for name, texts in _address_of_query(query).items()}
    match definition:
        case Formula(expression):
            said["expression"] = [expression]
        case Named(measure, window):
            said["measure"] = [measure]
            said |= {f"w-{name}": texts for name, texts in _address_of_window(window).items()}
    return said


def _address_of_query(query: Query) -> dict[str, list[str]]:
    said = {"entity": [query.entity], "aggregate": [query.aggregate], "group": [query.group_by]}
    said["field"] = [query.field if query.between is None else TIMES_BETWEEN]
    if query.between is not None:
        said |= {"start": [query.between[0]], "end": [query.between[1]]}
    if query.percentile is not None:
        said["percentile"] = [str(query.percentile)]
    for mark, asked in ((OF_ALL, query.filters), (OF_PART, query.part)):
        for name, texts in asked.items():
            said[mark + name] = list(texts)
    return said | _address_of_window(query.window)


def _address_of_window(window: Window) -> dict[str, list[str]]:
    said = {"window": [window.kind], "by": [window.by]}
    if window.days is not None:
        said["days"] = [str(window.days)]
    if window.since is not None:
        said["since"] = [window.since.isoformat()]
    return said
