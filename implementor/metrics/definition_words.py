"""A definition as a sentence: what is counted, of which records, over which time."""

from __future__ import annotations

from collections.abc import Mapping

from implementor.foundation.fields import Field, Kind
from implementor.foundation.filters import ALL, NONE, WORDS
from implementor.foundation.measures import measurables, named_measures
from implementor.foundation.words import Phrase, say
from implementor.metrics import definitions as ways
from implementor.metrics.conditions import SOME
from implementor.metrics.definitions import Asked, Definition, Formula, Named, Query, Ratio, Window

Names = Mapping[tuple[str, str, str], str]
"""(kind, field, text) -> the name of the record, area or person that a filter means."""
AGGREGATES: Mapping[str, Phrase] = {
    ways.COUNT: say("Number of records"),
    ways.SHARE: say("Share of records"),
    ways.SUM: say("Sum"),
    ways.AVERAGE: say("Average"),
    ways.MEDIAN: say("Median"),
    ways.PERCENTILE: say("Percentile"),
    ways.DISTINCT: say("Number of different values"),
}
WAYS: Mapping[str, Phrase] = {
    ways.QUERY: say("A figure over records"),
    ways.RATIO: say("One figure divided by another"),
    ways.FORMULA: say("A formula over other metrics"),
    ways.NAMED: say("A ready-made measure"),
    ways.MANUAL: say("Written down by people"),
}
WINDOWS: Mapping[str, Phrase] = {
    ways.ALL: say("Whenever"),
    ways.ROLLING: say("In the last days"),
    ways.SINCE: say("Since a day"),
    "month": say("In this month"),
    "quarter": say("In this quarter"),
    "year": say("In this year"),
    "last_month": say("In the last month"),
    "last_quarter": say("In the last quarter"),
    "last_year": say("In the last year"),
}


def in_words(definition: Definition, names: Names | None = None) -> Phrase:
    """What the definition says, as people say it."""
    known = names or {}
    match definition:
        case Query():
            return query_in_words(definition, known)
        case Ratio(part, whole):
            return say(
                "%(part)s, divided by: %(whole)s", part=query_in_words(part, known), whole=query_in_words(whole, known)
            )
        case Formula(expression):
            return say("Computed from other metrics: %(formula)s", formula=expression)
        case Named(measure, window):
            found = named_measures.get(measure)
            said = found.formula if found is not None else measure
            return say("%(what)s%(window)s", what=said, window=_window_of_measure(window))
    return say("People write it down, with evidence.")


def query_in_words(query: Query, names: Names) -> Phrase:
    """What a query counts."""
    known = measurables.get(query.entity)
    kind = known.entity.label_plural if known is not None else query.entity
    fields = dict(known.entity.fields) if known is not None else {}
    said = {
        "kind": kind,
        "where": _where(query.filters, fields, query.entity, names),
        "window": _window(query),
        "part": _conditions(query.part, fields, query.entity, names),
        "field": _value(query, fields),
        "percentile": query.percentile or "",
    }
    match query.aggregate:
        case ways.SHARE:
            return say("Share of %(kind)s with %(part)s among those%(where)s%(window)s", **said)
        case ways.SUM:
            return say("Sum of %(field)s over %(kind)s%(where)s%(window)s", **said)
        case ways.AVERAGE:
            return say("Average of %(field)s over %(kind)s%(where)s%(window)s", **said)
        case ways.MEDIAN:
            return say("Median of %(field)s over %(kind)s%(where)s%(window)s", **said)
        case ways.PERCENTILE:
            return say("%(percentile)s per cent of %(kind)s%(where)s%(window)s have at most this %(field)s", **said)
        case ways.DISTINCT:
            return say("Number of different values of %(field)s over %(kind)s%(where)s%(window)s", **said)
    return say("Number of %(kind)s%(where)s%(window)s", **said)


def _value(query: Query, fields: Mapping[str, Field]) -> Phrase | str:
    if query.between is None:
        return fields[query.field].label if query.field in fields else query.field
    start, end = (time_label(query.entity, key) for key in query.between)
    return say("the time from “%(start)s” to “%(end)s”", start=start, end=end)


def time_label(kind: str, key: str) -> Phrase | str:
    """What a time of a kind is called."""
    known = measurables.get(kind)
    found = known.times_known().get(key) if known is not None else None
    return key if found is None else found.label


def _where(asked: Asked, fields: Mapping[str, Field], kind: str, names: Names) -> Phrase | str:
    return say(" with %(conditions)s", conditions=_conditions(asked, fields, kind, names)) if asked else ""


def _conditions(asked: Asked, fields: Mapping[str, Field], kind: str, names: Names) -> Phrase | str:
    found = [_one(name, texts, fields.get(name), kind, names) for name, texts in asked.items()]
    if not found:
        return ""
    joined: Phrase = found[0]
    for one in found[1:]:
        joined = say("%(first)s and %(next)s", first=joined, next=one)
    return joined


def _one(name: str, texts: tuple[str, ...], field: Field | None, kind: str, names: Names) -> Phrase:
    label = name if field is None else field.label
    if texts == (SOME,):
        return say("%(field)s given", field=label)
    if texts == (NONE,):
        return say("no %(field)s", field=label)
    words = [_text(kind, name, text, field, names) for text in texts]
    joined: Phrase | str = words[0] if words else ""
    for word in words[1:]:
        joined = say("%(first)s or %(next)s", first=joined, next=word)
    return say("%(field)s: %(values)s", field=label, values=joined)


def _text(kind: str, name: str, text: str, field: Field | None, names: Names) -> Phrase | str:
    if text in (NONE, ALL):
        return WORDS[text]
    choice = field.choice(text) if field is not None and field.kind in (Kind.CHOICE, Kind.CHOICES) else None
    if choice is not None:
        return choice.label
    if field is not None and field.kind is Kind.YES_NO:
        return say("Yes") if text in ("y", "yes", "true", "1") else say("No")
    return names.get((kind, name, text), text)


def _window(query: Query) -> Phrase | str:
    return _stretch(query.window, time_label(query.entity, query.window.by))


def _window_of_measure(window: Window) -> Phrase | str:
    return "" if window.kind == ways.ALL else say(" (%(window)s)", window=window_label(window))


def window_label(window: Window) -> Phrase:
    """The stretch of days by itself."""
    if window.kind == ways.ROLLING:
        return say("In the last %(days)s days", days=window.days or 0)
    if window.kind == ways.SINCE:
        return say("Since %(day)s", day=window.since.isoformat() if window.since else "")
    return WINDOWS[window.kind]


def _stretch(window: Window, time: Phrase | str) -> Phrase | str:
    if window.kind == ways.ALL:
        return ""
    return say(", “%(time)s”: %(window)s", time=time, window=window_label(window))
