"""Measures that are a share of records: which ones count, and which of them have what is asked."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal
from sqlalchemy.orm import Session

from implementor.foundation.measures import NamedMeasure, Question, Tally, measurables, named_measure
from implementor.foundation.model import Rows
from implementor.foundation.parting import Split
from implementor.foundation.words import Phrase, say
from implementor.metrics.conditions import AsOf, condition_of

Condition = Callable[[Question], ColumnElement[bool]]
HUNDRED = Decimal(100)


def narrowed(kind: str, model: Any, question: Question) -> Rows:
    """Records of a kind that count, narrowed to what people asked; select what is needed with `with_only_columns`."""
    known = measurables[kind]
    as_of = AsOf(question.on, question.zone, question.project_id)
    return known.counted(question.project_id).where(condition_of(known, question.filters, as_of))


def share_measure(
    key: str, label: Phrase, formula: Phrase, source: Phrase, *, kind: str, model: Any, among: Condition,
    holds: Condition, direction: str = "up",
) -> NamedMeasure:  # fmt: skip
    """Declare a share: of the records `among`, those of which it `holds`, in per cent."""

    def counted(question: Question, by: Split | None) -> Rows:
        found = narrowed(kind, model, question).where(among(question))
        return in_parts(found, by, func.count(), func.count(case((holds(question), 1))))

    def tally(session: Session, question: Question) -> Tally:
        _part, n, with_it = session.execute(counted(question, None)).one()
        return share_of(with_it, n)

    def parted(session: Session, question: Question, by: Split) -> dict[Any, Tally]:
        return {part: share_of(with_it, n) for part, n, with_it in session.execute(counted(question, by))}

    def records(question: Question, numerator: bool) -> Select[int]:
        found = narrowed(kind, model, question).where(among(question))
        return (found.where(holds(question)) if numerator else found).with_only_columns(model.id)

    return named_measure(
        NamedMeasure(
            key, label, "percent", kind, formula, tally, records, source=source, direction=direction, parted=parted
        )
    )


def in_parts(found: Rows, by: Split | None, *columns: Any) -> Rows:
    """Rows (part, ...) of these columns for each value of a split; one row with no part without it."""
    if by is None:
        return found.with_only_columns(literal(None).label("part"), *columns)
    shown = by.join(found).with_only_columns(by.column.label("part"), *columns, maintain_column_froms=True)
    return shown.group_by(by.column)


def share_of(part: int, whole: int) -> Tally:
    """A share in per cent; none where there is nothing to take a share of."""
    if not whole:
        return Tally(None, Decimal(0), Decimal(0), 0, say("There are no records to take a share of."))
    return Tally(part * HUNDRED / whole, Decimal(part), Decimal(whole), whole)
