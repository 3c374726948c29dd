"""What the editor of a story's settings asks of a report: one or two figures, parts, filters, window and columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Field, Kind, Scope
from implementor.foundation.measures import AMOUNTS, Measurable
from implementor.foundation.permissions import SYSTEM
from implementor.foundation.text import folded
from implementor.foundation.words import Phrase, say
from implementor.metrics.definition_words import AGGREGATES, WINDOWS
from implementor.metrics.definitions import ALL, AVERAGE, COUNT, MEDIAN, OF_VALUES, ROLLING, SINCE, SUM, Query, Window
from implementor.metrics.draft import can_narrow, narrowing
from implementor.metrics.periods import periods_of
from implementor.releases.kinds.setting import asked, picked
from implementor.reports.checking import LONG
from implementor.reports.plans import LARGEST, RECORDS, SHOWN, SORTS, TABLE, Figure, Plan

ROWS = (1, 2)
"""So many figures and filters are asked of stories; further ones are put together on the page of reports, and kept."""
COUNTED = (COUNT, SUM, AVERAGE, MEDIAN)


def asked_fields(known: Measurable) -> tuple[Field, ...]:
    """What is asked of a report over records of a kind."""
    fields = known.fields_for(SYSTEM).values()
    amounts = [(one.name, one.label) for one in fields if one.kind in AMOUNTS and one.matches is None]
    parts = [(one.key, one.label) for one in known.parts_for(SYSTEM).values()] + list(periods_of(known).items())
    times = [(key, one.label) for key, one in known.times_known().items()]
    columns = [(one.name, one.label) for one in known.entity.fields.values() if one.is_shown and one.kind not in LONG]
    counted = [(key, AGGREGATES[key]) for key in COUNTED]
    filters = [(one.name, one.label) for one in fields if can_narrow(one) and one.filterable]
    return (
        picked("shown", say("Shown as"), list(SHOWN.items()), required=True),
        *(field for row in ROWS for field in (
            picked(f"aggregate_{row}", say("Figure %(number)s", number=row), counted),
            picked(f"amount_{row}", say("Of what, in figure %(number)s", number=row), amounts),
        )),
        picked("by_1", say("Parted by"), parts),
        picked("by_2", say("And by"), parts),
        picked("sort", say("Order of the parts"), list(SORTS.items())),
        picked("window", say("When"), [one for one in WINDOWS.items() if one[0] != SINCE]),
        picked("window_by", say("By which time"), times),
        asked("window_days", Kind.WHOLE, say("How many days")),
        *(field for row in ROWS for field in (
            picked(f"filter_{row}", say("Only records with, filter %(number)s", number=row), filters),
            asked(f"asked_{row}", Kind.LINE, say("What filter %(number)s asks", number=row), longest=500,
                  hint=say("As in lists: a word, words between semicolons, or a range such as 1000..5000.")),
        )),
        asked("columns", Kind.CHOICES, say("Columns, of rows of records"),
              choices=picked("columns", say("Columns"), columns).choices),
    )  # fmt: skip


def asked_values(plan: Plan) -> dict[str, Any]:
    """A plan as its fields show it."""
    window = plan.base.window
    shown: dict[str, Any] = {
        "shown": plan.shown, "sort": plan.sort, "columns": list(plan.columns), "window": window.kind,
        "window_by": window.by, "window_days": window.days,
    }  # fmt: skip
    for row, figure in zip(ROWS, plan.figures if not plan.is_of_records else (), strict=False):
        shown[f"aggregate_{row}"], shown[f"amount_{row}"] = figure.aggregate, figure.field
    for row, key in zip(ROWS, plan.by, strict=False):
        shown[f"by_{row}"] = key
    for row, (name, texts) in zip(ROWS, plan.base.filters.items(), strict=False):
        shown[f"filter_{row}"], shown[f"asked_{row}"] = name, "; ".join(texts)
    return shown


def plan_asked(known: Measurable, before: Plan | None, values: Mapping[str, Any]) -> Plan:
    """The plan that was filled in, with what of `before` is not asked. Raises InvalidInput, by input."""
    shown = str(values.get("shown") or TABLE)
    base = Query(known.entity.kind, filters=_filters(known, before, values), window=_window(before, values))
    if shown == RECORDS:
        return Plan(base, (Figure(),), (), tuple(values.get("columns") or ()), shown)
    by = tuple(str(values[f"by_{row}"]) for row in ROWS if values.get(f"by_{row}"))
    return Plan(base, _figures(before, values), by, (), shown, str(values.get("sort") or LARGEST))


def _figures(before: Plan | None, values: Mapping[str, Any]) -> tuple[Figure, ...]:
    """Those that were filled in, and those that are not asked; one that stays the same keeps what nobody is asked."""
    old = () if before is None or before.is_of_records else before.figures
    found = []
    for row in ROWS:
        aggregate, amount = (str(values.get(f"{name}_{row}") or "") for name in ("aggregate", "amount"))
        same = next((one for one in old if (one.aggregate, one.field) == (aggregate, amount)), None)
        if aggregate and same is None and aggregate in OF_VALUES and not amount:
            raise InvalidInput({f"amount_{row}": say("Choose the field whose values are taken, or two times.")})
        if aggregate:
            found.append(same or Figure(aggregate, amount if aggregate in OF_VALUES else ""))
    return (*(found or [Figure()]), *old[len(ROWS) :])


def _window(before: Plan | None, values: Mapping[str, Any]) -> Window:
    kind, by = str(values.get("window") or ALL), str(values.get("window_by") or "")
    if before is not None and before.base.window.kind == SINCE and kind == SINCE:
        return before.base.window
    if kind == ALL:
        return Window()
    if not by:
        raise InvalidInput({"window_by": say("Say by which time the records are taken.")})
    days = values.get("window_days")
    if kind == ROLLING and not days:
        raise InvalidInput({"window_days": say("Say how many days.")})
    return Window(kind, by, int(days) if kind == ROLLING and days else None)


def _filters(known: Measurable, before: Plan | None, values: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Filters by field; a field of one's own that is to come is asked when it is there."""
    old = dict(before.base.filters) if before is not None else {}
    found: dict[str, tuple[str, ...]] = {}
    for row in ROWS:
        name, typed = (str(values.get(f"{part}_{row}") or "").strip() for part in ("filter", "asked"))
        if not name:
            continue
        field = known.entity.fields.get(name)
        if field is None:
            raise InvalidInput({f"filter_{row}": say("Choose one of the fields.")})
        texts = _texts(field, typed)
        read = narrowing([field], {name: texts}, Scope(None, SYSTEM))
        if read.faults or not read.asked:
            reason: Phrase = read.faults[0] if read.faults else say("Say what the filter asks.")
            raise InvalidInput({f"asked_{row}": reason})
        found |= read.asked
    rest = list(old.items())[len(ROWS) :]
    return {**found, **{name: texts for name, texts in rest if name not in found}}


def _texts(field: Field, typed: str) -> list[str]:
    """What was typed as addresses have it: words by their keys, whatever language they were typed in."""
    parts = [part.strip() for part in typed.split(";") if part.strip()]
    if field.kind not in (Kind.CHOICE, Kind.CHOICES):
        return parts
    keys = {folded(str(label)): one.key for one in field.known_choices for label in (one.label, one.key)}
    return [keys.get(folded(part), part) for part in parts]
