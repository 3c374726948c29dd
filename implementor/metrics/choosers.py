"""What the form of a definition offers: a choice for each part of a query, and the filters of its records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.fields import Field, Scope
from implementor.foundation.filters import ME, NONE, Filter, Filters
from implementor.foundation.measures import AMOUNTS, APART, TIMES, Measurable, measurables
from implementor.foundation.words import Phrase, say
from implementor.lists.page import PICKED, Sought, example_of, filter_choices, sought_of
from implementor.metrics import definitions as ways
from implementor.metrics.conditions import SOME
from implementor.metrics.definition_words import AGGREGATES, WINDOWS
from implementor.metrics.definitions import Window
from implementor.metrics.draft import OF_ALL, OF_PART, TIMES_BETWEEN, Narrowing, Side, can_narrow

Option = tuple[str, Any]


@dataclass(frozen=True)
class Chooser:
    """One input of the form: a choice among `options`, or text where there are none."""

    name: str
    label: Phrase
    chosen: str
    options: Sequence[Option] = ()
    type: str = "text"


@dataclass(frozen=True)
class State:
    """What the filters of a list ask of its state."""

    filters: Filters


@dataclass(frozen=True)
class FilterBoard:
    """The filters of a query as the filters of lists are drawn, with names that begin with `prefix`."""

    prefix: str
    label: Phrase
    fields: Sequence[Field]
    choices: Mapping[str, Sequence[Option]]
    sought: Mapping[str, Sought]
    state: State
    offered: Sequence[Field]

    def example_of(self, field: Field) -> Phrase:
        """What may be typed; days may be said from the day of measuring on."""
        return say("2026-01-01..2026-03-31 or today-7..today") if field.kind in TIMES else example_of(field)


@dataclass(frozen=True)
class SideOfForm:
    """What the form shows of one query."""

    title: Phrase | None
    choosers: Sequence[Chooser]
    boards: Sequence[FilterBoard]


def side_of_form(session: Session, side: Side, scope: Scope, title: Phrase | None) -> SideOfForm:
    """The inputs of a query."""
    boards = [_board(session, side, OF_ALL, side.whole, say("Only records with"), scope)]
    if side.query.aggregate == ways.SHARE:
        boards.append(_board(session, side, OF_PART, side.part, say("Of these, the share with"), scope))
    return SideOfForm(
        title, [*_what(side, scope), *window_choosers(side.prefix, side.query.window, side.known)], boards
    )


def _what(side: Side, scope: Scope) -> list[Chooser]:
    query, prefix = side.query, side.prefix
    kinds = [(kind, one.entity.label_plural) for kind, one in measurables.items()]
    found = [
        Chooser(f"{prefix}entity", say("Of which records"), query.entity, kinds),
        Chooser(f"{prefix}aggregate", say("What is counted"), query.aggregate, list(AGGREGATES.items())),
    ]
    fields = side.known.fields_for(scope.actor)
    times = [(key, one.label) for key, one in side.known.times_known().items()]
    takes_times = query.aggregate in ways.OF_VALUES and query.aggregate != ways.SUM and not query.field
    if query.aggregate in (*ways.OF_VALUES, ways.DISTINCT):
        kinds_taken = APART if query.aggregate == ways.DISTINCT else AMOUNTS
        values: list[Option] = [
            (one.name, one.label) for one in fields.values() if one.kind in kinds_taken and one.matches is None
        ]
        if query.aggregate not in (ways.SUM, ways.DISTINCT):
            values.insert(0, (TIMES_BETWEEN, say("Time between two events")))
        chosen = TIMES_BETWEEN if takes_times else query.field
        found.append(Chooser(f"{prefix}field", say("Of what"), chosen, values))
    if takes_times:
        start, end = query.between or ("", "")
        found.append(Chooser(f"{prefix}start", say("From"), start, [("", "–"), *times]))
        found.append(Chooser(f"{prefix}end", say("To"), end, [("", "–"), *times]))
    if query.aggregate == ways.PERCENTILE:
        found.append(Chooser(f"{prefix}percentile", say("Which percentile"), str(query.percentile), type="number"))
    found.append(Chooser(f"{prefix}group", say("Parted by"), query.group_by, _groups(side.known, scope)))
    return found


def _groups(known: Measurable, scope: Scope) -> list[Option]:
    return [("", say("Nothing")), *((one.key, one.label) for one in known.parts_for(scope.actor).values())]


def window_choosers(prefix: str, window: Window, known: Measurable | None = None) -> list[Chooser]:
    """The inputs of a window; without a kind of records the measure knows by which time."""
    found = [Chooser(f"{prefix}window", say("When"), window.kind, list(WINDOWS.items()))]
    if window.kind == ways.ALL:
        return found
    if known is not None:
        times = [(key, one.label) for key, one in known.times_known().items()]
        found.append(Chooser(f"{prefix}by", say("By which time"), window.by, times))
    if window.kind == ways.ROLLING:
        found.append(Chooser(f"{prefix}days", say("How many days"), str(window.days or ""), type="number"))
    if window.kind == ways.SINCE:
        since = window.since.isoformat() if window.since else ""
        found.append(Chooser(f"{prefix}since", say("Since"), since, type="date"))
    return found


def _board(session: Session, side: Side, mark: str, read: Narrowing, label: Phrase, scope: Scope) -> FilterBoard:
    filters = Filters(
        tuple(Filter(one, read.asked[one.name]) for one in read.shown if one.name in read.asked), "", (), ()
    )
    simple = [one for one in read.shown if not one.filterable]
    picked = [one for one in read.shown if one.filterable and one.kind in PICKED and one.target is None]
    some: Option = (SOME, say("Has a value"))
    choices: dict[str, Sequence[Option]] = {one.name: [some, (NONE, say("None"))] for one in simple}
    for one in picked:
        known = [pair for pair in filter_choices(session, one, scope) if pair[0] != ME]
        choices[one.name] = known if one.required else [*known, some]
    sought = {
        one.name: sought_of(session, one, filters, scope)
        for one in read.shown if one.filterable and one.target is not None
    }  # fmt: skip
    rest = [
        one for one in side.known.fields_for(scope.actor).values() if can_narrow(one) and one not in read.shown
    ]  # fmt: skip
    return FilterBoard(side.prefix + mark, label, read.shown, choices, sought, State(filters), rest)
