"""Definitions of metrics as the JSON that is kept, and back; nothing unknown and nothing half is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from implementor.foundation.words import Phrase, say
from implementor.metrics.definitions import (
    AGGREGATES,
    ALL,
    COUNT,
    DISTINCT,
    FORMULA,
    LONGEST_EXPRESSION,
    LONGEST_WINDOW,
    MANUAL,
    MOST_FILTERS,
    NAMED,
    OF_VALUES,
    PERCENTILE,
    QUERY,
    RATIO,
    ROLLING,
    SHARE,
    SINCE,
    SUM,
    WINDOWS,
    Asked,
    BadDefinition,
    Definition,
    Formula,
    Manual,
    Named,
    Query,
    Ratio,
    Window,
    way_of,
)

SCHEMA = 1


def as_json(definition: Definition) -> dict[str, Any]:
    """What is kept; `definition_from` reads it back as the same value."""
    kept: dict[str, Any] = {"schema": SCHEMA, "how": way_of(definition)}
    match definition:
        case Query():
            kept["query"] = _query_json(definition)
        case Ratio(part, whole):
            kept |= {"part": _query_json(part), "whole": _query_json(whole)}
        case Formula(expression):
            kept["expression"] = expression
        case Named(measure, window, filters):
            kept |= _without_nothing(
                {"measure": measure, "window": _window_json(window), "filters": _asked_json(filters)}
            )
    return kept


def definition_from(kept: Any) -> Definition:
    """The definition that `as_json` made. Raises BadDefinition, also for keys that nobody knows."""
    if kept is None:
        return Manual()
    given = _object(kept, "schema", "how", "query", "part", "whole", "expression", "measure", "window", "filters")
    if given.get("schema") != SCHEMA:
        raise _bad(say("The definition is of a version that this program does not read."))
    read = _READERS.get(given.get("how", ""))
    if read is None:
        raise _bad(say("The definition does not say how it is measured."))
    return read(given)


def _query_json(query: Query) -> dict[str, Any]:
    return _without_nothing(
        {
            "entity": query.entity,
            "aggregate": query.aggregate,
            "field": query.field,
            "between": list(query.between) if query.between else None,
            "percentile": query.percentile,
            "filters": _asked_json(query.filters),
            "part": _asked_json(query.part),
            "window": _window_json(query.window),
            "group_by": query.group_by,
        }
    )


def _asked_json(asked: Asked) -> dict[str, list[str]]:
    return {name: list(texts) for name, texts in sorted(asked.items())}


def _window_json(window: Window) -> dict[str, Any] | None:
    if window.kind == ALL:
        return None
    since = window.since.isoformat() if window.since else None
    return _without_nothing({"kind": window.kind, "by": window.by, "days": window.days, "since": since})


def _without_nothing(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", {}, [])}


# --- reading ----------------------------------------------------------------------------------------------------------


def _query(kept: Any) -> Query:
    given = _object(
        kept, "entity", "aggregate", "field", "between", "percentile", "filters", "part", "window", "group_by"
    )
    query = Query(
        entity=_text(given, "entity"),
        aggregate=_among(given, "aggregate", AGGREGATES, COUNT),
        field=_text(given, "field"),
        between=_pair(given.get("between")),
        percentile=_number(given, "percentile", 1, 99),
        filters=_asked(given.get("filters")),
        part=_asked(given.get("part")),
        window=_window(given.get("window")),
        group_by=_text(given, "group_by"),
    )
    _check(query)
    return query


def _check(query: Query) -> None:
    """What a query needs to mean something. Raises BadDefinition."""
    if not query.entity:
        raise _bad(say("Choose what is counted."))
    if query.aggregate in OF_VALUES and not query.field and query.between is None:
        raise _bad(say("Choose the field whose values are taken, or two times."))
    if query.aggregate == SUM and query.between is not None:
        raise _bad(say("Times between two events are averaged or put in order, not added up."))
    if query.aggregate == DISTINCT and not query.field:
        raise _bad(say("Choose the field whose different values are counted."))
    if query.aggregate == PERCENTILE and query.percentile is None:
        raise _bad(say("Say which percentile, from 1 to 99."))
    if query.aggregate == SHARE and not query.part:
        raise _bad(say("Say which of these records the share is of."))


def checked_definition(definition: Definition) -> Definition:
    """The definition as it will be read back from where it is kept. Raises BadDefinition."""
    return definition_from(as_json(definition))


def _window(kept: Any) -> Window:
    if kept is None:
        return Window()
    given = _object(kept, "kind", "by", "days", "since")
    kind = _among(given, "kind", WINDOWS, ALL)
    if kind == ALL:
        return Window()
    days, since = _number(given, "days", 1, LONGEST_WINDOW), None
    if given.get("since") is not None:
        try:
            since = date.fromisoformat(str(given["since"]))
        except ValueError as fault:
            raise _bad(say("The first day must be a date, such as 2026-03-31.")) from fault
    if kind == ROLLING and days is None:
        raise _bad(say("Say how many days, from 1 to %(longest)s.", longest=LONGEST_WINDOW))
    if kind == SINCE and since is None:
        raise _bad(say("Say from which day on."))
    if not _text(given, "by"):
        raise _bad(say("Say by which time the records are taken."))
    return Window(kind, _text(given, "by"), days if kind == ROLLING else None, since if kind == SINCE else None)


def _formula(given: Mapping[str, Any]) -> Formula:
    expression = _text(given, "expression").strip()
    if not expression:
        raise _bad(say("Write the formula."))
    if len(expression) > LONGEST_EXPRESSION:
        raise _bad(say("A formula may have %(longest)s characters.", longest=LONGEST_EXPRESSION))
    return Formula(expression)


def _named(given: Mapping[str, Any]) -> Named:
    if not _text(given, "measure"):
        raise _bad(say("Choose the measure."))
    return Named(_text(given, "measure"), _window(given.get("window")), _asked(given.get("filters")))


_READERS: Mapping[str, Callable[[Mapping[str, Any]], Definition]] = {
    QUERY: lambda given: _query(given.get("query")),
    RATIO: lambda given: Ratio(_query(given.get("part")), _query(given.get("whole"))),
    FORMULA: _formula,
    NAMED: _named,
    MANUAL: lambda _given: Manual(),
}


def _object(kept: Any, *keys: str) -> Mapping[str, Any]:
    if not isinstance(kept, Mapping):
        raise _bad(say("The definition is not whole."))
    unknown = [str(key)[:60] for key in kept if key not in keys]
    if unknown:
        raise _bad(say("The definition says something that nobody knows: %(keys)s.", keys=", ".join(sorted(unknown))))
    return kept


def _asked(kept: Any) -> dict[str, tuple[str, ...]]:
    if kept is None:
        return {}
    if not isinstance(kept, Mapping) or len(kept) > MOST_FILTERS:
        raise _bad(say("The definition is not whole."))
    found = {}
    for name, texts in kept.items():
        if not isinstance(texts, list | tuple) or not all(isinstance(text, str) for text in texts):
            raise _bad(say("The definition is not whole."))
        if texts:
            found[str(name)] = tuple(texts)
    return found


def _pair(kept: Any) -> tuple[str, str] | None:
    match kept:
        case None:
            return None
        case [str(first), str(last)] if first and last and first != last:
            return first, last
    raise _bad(say("Choose two different times."))


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name, "")
    if not isinstance(value, str):
        raise _bad(say("The definition is not whole."))
    return value


def _among(given: Mapping[str, Any], name: str, known: tuple[str, ...], usual: str) -> str:
    value = given.get(name, usual)
    if value not in known:
        raise _bad(say("The definition says something that nobody knows: %(keys)s.", keys=str(value)[:60]))
    return str(value)


def _number(given: Mapping[str, Any], name: str, least: int, most: int) -> int | None:
    value = given.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise _bad(say("A number from %(least)s to %(most)s, please.", least=least, most=most))
    return value


def _bad(reason: Phrase) -> BadDefinition:
    return BadDefinition(reason)
