"""Files that have one row for each change of a record: the rows that follow each other by key are one, with its way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from implementor.exchange.kinds import Setup
from implementor.exchange.readers.source import Row, Source
from implementor.exchange.records.declaring import EXTERNAL_ID, Draft, RecordImport
from implementor.exchange.records.importer import RecordImporter
from implementor.exchange.records.people import Owners, everybody
from implementor.exchange.records.reading import RowReader
from implementor.exchange.values import line_of
from implementor.foundation.words import Phrase, say_n


@dataclass(slots=True)
class FoldedRow(Row):
    """The last of several rows of one record; `steps` are all of them, in the order of the file."""

    steps: tuple[Row, ...] = ()


@dataclass
class FoldedDraft(Draft):
    """What a record is in the end, and what each of its rows says."""

    steps: list[Draft] = field(default_factory=list)


class StepReader(RowReader):
    """Reads folded rows with all their steps; one that cannot be read refuses the record."""

    def read(self, row: Row) -> Draft:
        """What the last row says, and the earlier ones."""
        draft = super().read(row)
        if not isinstance(row, FoldedRow):
            return draft
        steps = [super(StepReader, self).read(step) for step in row.steps]
        reasons = [reason for step in steps for reason in step.reasons]
        return FoldedDraft(**{**vars(draft), "reasons": reasons[:1] or draft.reasons}, steps=steps)


class FoldingImporter(RecordImporter):
    """Takes files of records and files of their changes.

    Rows are folded where a column fills `step_at`, the field that says when the record came to be so. `meanings`
    explain words of other systems, by field; what a person says goes before them.
    """

    step_at: str = ""
    meanings: Mapping[str, Mapping[str, str]] = {}

    def __init__(self, declared: RecordImport, session: Session, setup: Setup) -> None:
        self.is_folding = bool(setup.columns_of(self.step_at) and setup.columns_of(EXTERNAL_ID))
        if self.is_folding and not isinstance(setup.source, FoldedSource):
            setup.source = folded_source(setup)
        told = setup.options.meanings
        known = {
            name: {**self.meanings.get(name, {}), **told.get(name, {})} for name in {*self.meanings, *told}
        }  # fmt: skip
        explained = replace(setup, options=replace(setup.options, meanings=known))
        super().__init__(declared, session, explained)
        self.reader = StepReader(declared, explained, Owners(session.execute(everybody()), known.get("owner", {})))
        self.rows, self.records = 0, 0

    def parse(self, rows: Sequence[Row]) -> list[Draft]:
        """Rows as drafts; counts what was folded."""
        self.records += len(rows)
        self.rows += sum(len(row.steps) if isinstance(row, FoldedRow) else 1 for row in rows)
        return super().parse(rows)

    def remarks(self) -> list[Phrase]:
        """What is worth telling besides the counts."""
        if self.rows == self.records:
            return super().remarks()
        told = say_n(
            "%(rows)s rows of changes tell of %(count)s record.",
            "%(rows)s rows of changes tell of %(count)s records.",
            self.records,
            rows=self.rows,
        )
        return [told, *super().remarks()]


@dataclass
class FoldedSource(Source):
    """A source whose rows of one key that follow each other come as one."""

    key_column: int = 0

    def rows(self) -> Iterator[Row]:
        """The last row of each key, with all its rows."""
        for key, rows in groupby(super().rows(), self._key):
            kept = list(rows)
            if key and len(kept) > 1:
                last = kept[-1]
                yield FoldedRow(kept[0].number, last.cells, last.record, last.problem, tuple(kept))
            else:
                yield from kept

    def _key(self, row: Row) -> str:
        cell: Any = row.cells[self.key_column] if self.key_column < len(row.cells) else None
        return "" if row.problem is not None else line_of(cell)


def folded_source(setup: Setup) -> FoldedSource:
    """The source of a file, folded by the column of its keys."""
    return FoldedSource(**vars(setup.source), key_column=setup.columns_of(EXTERNAL_ID)[0])
