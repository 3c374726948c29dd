"""A report while it is put together in a form: what an address says of it, and what the form offers next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from implementor.foundation.fields import Field, Scope
from implementor.foundation.measures import AMOUNTS, Measurable, measurables
from implementor.foundation.text import clean_line
from implementor.foundation.words import Phrase, say
from implementor.metrics import definitions as ways
from implementor.metrics.choosers import Chooser, FilterBoard, Option, side_of_form
from implementor.metrics.definition_words import AGGREGATES
from implementor.metrics.draft import FIRST, Address, Side, address_of, read_draft
from implementor.metrics.periods import periods_of
from implementor.reports import plans
from implementor.reports.checking import LONG
from implementor.reports.plans import Figure, Plan
from implementor.reports.reading import kinds_read_by

PART_INPUTS, FURTHER = ("by_1", "by_2"), (2, 3)
OF_FURTHER = (ways.COUNT, ways.SUM, ways.AVERAGE, ways.MEDIAN)
"""What further figures may be; the first may be anything that a metric counts, except a share."""
LEFT_OUT = (f"{FIRST}group",)


@dataclass(frozen=True)
class PlanDraft:
    """What an address says by now: the records and the first figure as in the form of metrics, and the whole plan."""

    side: Side
    plan: Plan

    @property
    def faults(self) -> Sequence[Phrase]:
        """What could not be understood."""
        return self.side.whole.faults


@dataclass(frozen=True)
class PlanForm:
    """The inputs: of which records and what, how they are narrowed, and how it is parted and shown."""

    records: Sequence[Chooser]
    board: FilterBoard
    parts: Sequence[Chooser]
    columns: Sequence[tuple[str, Phrase, bool]]


def read_plan_draft(address: Address, scope: Scope) -> PlanDraft | None:
    """What an address says of a report; whatever it cannot mean is left out. None for who sees no records at all."""
    kinds = kinds_read_by(scope.actor)
    if not kinds:
        return None
    asked = {name: list(texts) for name, texts in address.items()} | {"how": [ways.QUERY]}
    if (asked.get(f"{FIRST}entity") or [""])[0] not in kinds:
        asked[f"{FIRST}entity"] = [kinds[0]]
    if (asked.get(f"{FIRST}aggregate") or [""])[0] == ways.SHARE:
        asked[f"{FIRST}aggregate"] = [ways.COUNT]
    side = read_draft(asked, scope).sides[0]
    query, known = side.query, side.known
    shown = _one(asked, "shown", tuple(plans.SHOWN), plans.TABLE)
    offered = ("", *_parts_offered(known, scope))
    by = tuple(dict.fromkeys(part for name in PART_INPUTS if (part := _one(asked, name, offered, ""))))
    first = Figure(query.aggregate, query.field, query.percentile, query.between)
    figures = (first, *(one for number in FURTHER if (one := _figure(asked, number, known, scope))))
    base = ways.Query(query.entity, filters=query.filters, window=query.window)
    if shown == plans.RECORDS:
        plan = Plan(base, (Figure(),), (), _columns(asked, known, scope), shown)
    else:
        plan = Plan(base, figures, by, (), shown, _one(asked, "sort", tuple(plans.SORTS), plans.LARGEST))
    return PlanDraft(side, plan)


def address_of_plan(plan: Plan) -> dict[str, list[str]]:
    """The address whose draft is this plan."""
    said = address_of(plan.queries[0] if not plan.is_of_records else plan.base)
    said |= {name: [key] for name, key in zip(PART_INPUTS, plan.by, strict=False)}
    for number, one in zip(FURTHER, plan.figures[1:], strict=False):
        said |= {f"aggregate_{number}": [one.aggregate], f"field_{number}": [one.field]}
    return said | {"shown": [plan.shown], "sort": [plan.sort], "column": list(plan.columns)}


def form_of_plan(session: Session, draft: PlanDraft, scope: Scope) -> PlanForm:
    """The inputs of a draft."""
    side = side_of_form(session, draft.side, scope, None)
    kinds = [(kind, measurables[kind].entity.label_plural) for kind in kinds_read_by(scope.actor)]
    records = [
        replace(one, options=_options(one, kinds)) for one in side.choosers if _is_asked(one, draft.plan)
    ]  # fmt: skip
    columns = [
        (one.name, one.label, one.name in draft.plan.columns)
        for one in _columns_offered(draft.side.known, scope)
    ] if draft.plan.is_of_records else []  # fmt: skip
    return PlanForm(records, side.boards[0], _arranged(draft, scope), columns)


def _is_asked(chooser: Chooser, plan: Plan) -> bool:
    figure = chooser.name.removeprefix(FIRST) in ("aggregate", "field", "start", "end", "percentile")
    return chooser.name not in LEFT_OUT and not (figure and plan.is_of_records)


def _options(chooser: Chooser, kinds: Sequence[Option]) -> Sequence[Option]:
    if chooser.name == f"{FIRST}entity":
        return kinds
    if chooser.name == f"{FIRST}aggregate":
        return [one for one in chooser.options if one[0] != ways.SHARE]
    return chooser.options


def _arranged(draft: PlanDraft, scope: Scope) -> list[Chooser]:
    """How the figures are parted and shown."""
    plan, known = draft.plan, draft.side.known
    shown = Chooser("shown", say("Shown as"), plan.shown, list(plans.SHOWN.items()))
    if plan.is_of_records:
        return [shown]
    parts = [("", say("Nothing")), *_parts_offered(known, scope).items()]
    chosen = [*plan.by, "", ""]
    found = [
        Chooser("by_1", say("Parted by"), chosen[0], parts),
        Chooser("by_2", say("And by"), chosen[1], parts),
        shown,
        Chooser("sort", say("Order of the parts"), plan.sort, list(plans.SORTS.items())),
    ]
    amounts = _amounts(known, scope)
    for number, one in zip(FURTHER, [*plan.figures[1:], None, None], strict=False):
        aggregate = one.aggregate if one is not None else ""
        offered = [("", say("Nothing")), *((key, AGGREGATES[key]) for key in OF_FURTHER)]
        found.append(Chooser(f"aggregate_{number}", say("Figure %(number)s", number=number), aggregate, offered))
        if aggregate in ways.OF_VALUES:
            field = one.field if one is not None else ""
            found.append(Chooser(f"field_{number}", say("Of what"), field, list(amounts.items())))
    return found


def _figure(asked: Address, number: int, known: Measurable, scope: Scope) -> Figure | None:
    aggregate = _one(asked, f"aggregate_{number}", ("", *OF_FURTHER), "")
    if not aggregate or aggregate == ways.COUNT:
        return Figure(ways.COUNT) if aggregate else None
    amounts = _amounts(known, scope)
    field = _one(asked, f"field_{number}", tuple(amounts), next(iter(amounts), ""))
    return Figure(aggregate, field) if field else None


def _amounts(known: Measurable, scope: Scope) -> dict[str, Phrase]:
    fields = known.fields_for(scope.actor).values()
    return {one.name: one.label for one in fields if one.kind in AMOUNTS and one.matches is None}


def _parts_offered(known: Measurable, scope: Scope) -> dict[str, Phrase]:
    """What figures may be parted by: fields and ways to other records, then times."""
    fields = {one.key: one.label for one in known.parts_for(scope.actor).values()}
    hidden = known.entity.fields.keys() - known.fields_for(scope.actor).keys()
    times = {key: label for key, label in periods_of(known).items() if key.partition(":")[2] not in hidden}
    return fields | times


def _columns_offered(known: Measurable, scope: Scope) -> list[Field]:
    fields = known.entity.fields.values()
    return [one for one in fields if one.is_shown and one.kind not in LONG and one.is_visible_to(scope.actor)]


def _columns(asked: Address, known: Measurable, scope: Scope) -> tuple[str, ...]:
    offered = [one.name for one in _columns_offered(known, scope)]
    wanted = asked.get("column", ())
    chosen = [name for name in offered if name in wanted] or [
        name for name in known.entity.first_columns if name in offered
    ]
    return tuple(chosen[: plans.MOST_COLUMNS])


def _one(address: Address, name: str, known: Sequence[str], usual: str) -> str:
    texts = address.get(name) or ("",)
    text = clean_line(texts[0])
    return text if text in known else usual
