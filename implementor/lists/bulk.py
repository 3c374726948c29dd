"""Changing many records of a list at once: what would happen first, then all of it with one undo."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.fields import Field, Scope
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say
from implementor.lists.queries import matching
from implementor.lists.services import different
from implementor.lists.sheets import Sheet
from implementor.lists.state import read_state

IN_A_REQUEST = 500
"""More records than this are changed by a job, so that no request is slow."""
BATCH = 200
TOLD = 20


class WiderThanAsked(Refusal):
    """All that match would be more records than those that were meant."""


@dataclass(frozen=True)
class Selection:
    """Records chosen on a list: these ids, or all that match the list's address."""

    ids: tuple[int, ...]
    all_matching: bool
    asked: Mapping[str, Sequence[str]]

    def statement(self, sheet: Sheet, scope: Scope) -> Rows:
        """The ids of the selection, inside what the scope may see."""
        base = sheet.base(scope)
        if self.all_matching:
            state = read_state(sheet.entity, self.asked, scope)
            if state.filters.is_wider:
                raise WiderThanAsked(say("The list was narrowed by what is hidden from you. Open it and choose again."))
            base = matching(base, state, scope)
        else:
            base = base.where(sheet.entity.model.id.in_(self.ids))
        return (
            base.with_only_columns(sheet.entity.model.id, maintain_column_froms=True)
            .order_by(None)
            .order_by(sheet.entity.model.id)
        )


@dataclass(frozen=True)
class Part:
    """Words that every record gets besides its own, or loses."""

    adds: bool
    words: tuple[str, ...]

    def of(self, field: Field, held: Sequence[str]) -> list[str]:
        """What a record holds then, in the order of the list."""
        wanted = {*held, *self.words} if self.adds else set(held).difference(self.words)
        return [choice.key for choice in field.known_choices if choice.key in wanted]


@dataclass
class BulkReport:
    """What a bulk change did or would do."""

    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    reasons: list[tuple[str, Phrase]] = field(default_factory=list)

    def add(self, other: BulkReport) -> None:
        """Count another report into this one."""
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.refused += other.refused
        self.reasons += other.reasons[: TOLD - len(self.reasons)]

    @property
    def total(self) -> int:
        return self.changed + self.unchanged + self.refused


def change_selection(
    session: Session, sheet: Sheet, ids: Sequence[int], values: Mapping[str, Any], *, by: Actor, at: datetime
) -> Iterator[BulkReport]:
    """Give the values to every record, or a `Part` of one; a record whose rules refuse stays as it was and is told.

    Yields the growing report after each batch, so that a job can show how far it is.
    """
    report = BulkReport()
    for start in range(0, len(ids), BATCH):
        model = sheet.entity.model
        for record in session.scalars(select(model).where(model.id.in_(ids[start : start + BATCH])).order_by(model.id)):
            _change_one(session, sheet, record, values, report, by, at)
        yield report


def _change_one(
    session: Session, sheet: Sheet, record: Any, values: Mapping[str, Any], report: BulkReport, by: Actor, at: datetime
) -> None:
    fields = sheet.entity.fields
    whole = {
        name: value.of(fields[name], getattr(record, fields[name].attribute)) if isinstance(value, Part) else value
        for name, value in values.items()
    }
    wanted = different(sheet.entity, record, whole)
    if not wanted:
        report.unchanged += 1
        return
    try:
        with session.begin_nested():
            sheet.change(session, record, wanted, by, at)
    except Refusal as refusal:
        report.refused += 1
        if len(report.reasons) < TOLD:
            reason = next(iter(refusal.errors.values())) if isinstance(refusal, InvalidInput) else refusal.reason
            report.reasons.append((str(getattr(record, sheet.entity.title_field)), reason))
    else:
        report.changed += 1
