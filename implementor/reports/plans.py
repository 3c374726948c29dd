"""What a report is, as typed values and as the JSON that is kept: of which records, which figures, in which parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from implementor.foundation.words import Phrase, say
from implementor.metrics.definition_json import as_json, checked_definition, definition_from
from implementor.metrics.definitions import COUNT, BadDefinition, Query
from implementor.metrics.mentions import named_in

SCHEMA = 1
TABLE, BARS, MATRIX, RECORDS = "table", "bars", "matrix", "records"
SHOWN: Mapping[str, Phrase] = {
    TABLE: say("Table"), BARS: say("Bars"), MATRIX: say("Cross table"), RECORDS: say("Rows of records"),
}  # fmt: skip
LARGEST, SMALLEST, BY_PART = "largest", "smallest", "part"
SORTS: Mapping[str, Phrase] = {
    LARGEST: say("Largest first"), SMALLEST: say("Smallest first"), BY_PART: say("By name or time"),
}  # fmt: skip
MOST_FIGURES, MOST_PARTS, MOST_COLUMNS = 3, 2, 12


@dataclass(frozen=True)
class Figure:
    """What is counted or computed of the records; the parts are those of `metrics.definitions.Query`."""

    aggregate: str = COUNT
    field: str = ""
    percentile: int | None = None
    between: tuple[str, str] | None = None

    def of(self, base: Query) -> Query:
        """The query of it over the records of `base`."""
        return replace(
            base, aggregate=self.aggregate, field=self.field, percentile=self.percentile, between=self.between
        )


@dataclass(frozen=True)
class Plan:
    """A report. `base` says of which records: kind, filters and window; the rest of it stays empty.

    `by` are the keys of what parts the figures; a plan that is shown as records has `columns` instead of figures.
    """

    base: Query
    figures: tuple[Figure, ...] = (Figure(),)
    by: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    shown: str = TABLE
    sort: str = LARGEST

    @property
    def kind(self) -> str:
        """The kind of record that it is about."""
        return self.base.entity

    @property
    def queries(self) -> tuple[Query, ...]:
        """A query for each figure."""
        return tuple(one.of(self.base) for one in self.figures)

    @property
    def is_of_records(self) -> bool:
        """Whether it shows rows of records rather than figures."""
        return self.shown == RECORDS

    def named(self) -> Iterator[tuple[str, Sequence[str]]]:
        """(field, what is asked of it) of everything that it names."""
        for query in self.queries:
            yield from named_in(query)
        for key in (*self.by, *self.columns):
            yield key.rpartition(":")[2], ()


def plan_json(plan: Plan) -> dict[str, Any]:
    """What is kept; `plan_from` reads it back as the same value."""
    return {
        "schema": SCHEMA,
        "base": as_json(plan.base),
        "figures": [_figure_json(one) for one in plan.figures],
        "by": list(plan.by),
        "columns": list(plan.columns),
        "shown": plan.shown,
        "sort": plan.sort,
    }


def plan_from(kept: Any) -> Plan:
    """The plan that `plan_json` made. Raises BadDefinition for what is none, or says what nobody knows."""
    if not isinstance(kept, Mapping) or kept.keys() - {"schema", "base", "figures", "by", "columns", "shown", "sort"}:
        raise _not_whole()
    base = definition_from(kept.get("base"))
    figures = tuple(_figure(one) for one in _list(kept, "figures"))
    by, columns = (tuple(str(one) for one in _list(kept, name)) for name in ("by", "columns"))
    shown, sort = kept.get("shown", TABLE), kept.get("sort", LARGEST)
    if kept.get("schema") != SCHEMA or not isinstance(base, Query) or shown not in SHOWN or sort not in SORTS:
        raise _not_whole()
    plan = Plan(base, figures, by, columns, shown, sort)
    _check(plan)
    return plan


def checked_plan(plan: Plan) -> Plan:
    """The plan as it will be read back from where it is kept. Raises BadDefinition."""
    return plan_from(plan_json(plan))


def _check(plan: Plan) -> None:
    """What a plan needs to mean something. Raises BadDefinition."""
    if plan.is_of_records:
        if not plan.columns or len(plan.columns) > MOST_COLUMNS:
            raise BadDefinition(say("Choose from one to %(most)s columns.", most=MOST_COLUMNS))
        return
    if not plan.figures or len(plan.figures) > MOST_FIGURES:
        raise BadDefinition(say("Choose from one to %(most)s figures.", most=MOST_FIGURES))
    if len(plan.by) > MOST_PARTS or len(set(plan.by)) != len(plan.by):
        raise BadDefinition(say("Choose two different things to part the figures by."))
    if plan.shown == MATRIX and (len(plan.by) != MOST_PARTS or len(plan.figures) != 1):
        raise BadDefinition(say("A cross table has one figure, parted by two things."))
    if plan.shown == BARS and not plan.by:
        raise BadDefinition(say("Choose what the bars stand for."))
    for query in plan.queries:
        checked_definition(query)


def _figure(kept: Any) -> Figure:
    if not isinstance(kept, Mapping) or kept.keys() - {"aggregate", "field", "percentile", "between"}:
        raise _not_whole()
    between = tuple(str(one) for one in _list(kept, "between"))
    return Figure(
        str(kept.get("aggregate", COUNT)), str(kept.get("field", "")), kept.get("percentile"),
        (between[0], between[1]) if len(between) == MOST_PARTS else None,
    )  # fmt: skip


def _figure_json(figure: Figure) -> dict[str, Any]:
    values = {**vars(figure), "between": list(figure.between) if figure.between else None}
    return {name: value for name, value in values.items() if value not in (None, "")}


def _list(kept: Mapping[str, Any], name: str) -> list[Any]:
    found = kept.get(name, [])
    if not isinstance(found, list):
        raise _not_whole()
    return found


def _not_whole() -> BadDefinition:
    return BadDefinition(say("The report is not whole."))
