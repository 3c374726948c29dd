"""Reads what columns hold besides the fields of the catalogue: further addresses and numbers, flags, plain texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import literal_column

from implementor.exchange.dates import Dates
from implementor.exchange.kinds import Reason
from implementor.exchange.readers.source import Cell
from implementor.exchange.records.declaring import Draft, Extra
from implementor.exchange.values import UnreadableValue, is_missing, line_of, shown, truth_of
from implementor.foundation.contacting import with_country
from implementor.foundation.conventions import Reading, conventions
from implementor.foundation.errors import BadValue
from implementor.foundation.fields import Field, Kind
from implementor.foundation.values import as_stored

KINDS = {"email": Kind.EMAIL, "phone": Kind.PHONE}
PARTED_AT = {Kind.EMAIL: re.compile(r"[;,|\s]+"), Kind.PHONE: re.compile(r"\s*(?:[;|]|\s/\s)\s*")}


def parts_of(kind: Kind, text: str) -> list[str]:
    """The addresses or numbers in a cell that holds several."""
    parts = [part for part in PARTED_AT[kind].split(text) if part]
    return [text] if kind is Kind.EMAIL and not all("@" in part for part in parts) else parts


def abroad(number: str, reading: Reading) -> str:
    """A number with its country's code where the file's country is not the one taken for granted here."""
    country = reading.country
    return number if country == conventions().country else with_country(number, country)


@dataclass
class ExtraReader:
    """Reads what the columns of one file hold besides fields; `labels` are the names of its columns by their place."""

    labels: Sequence[str]
    reading: Reading
    dates: Dates
    fault: Callable[[Draft, Reason], None]

    def read(self, draft: Draft, extra: Extra, cells: Iterable[tuple[int, Cell]]) -> None:
        """Add what the (column, cell) pairs say, or the reason why it cannot be taken."""
        found: list[str] = []
        for column, cell in cells:
            if is_missing(cell):
                continue
            try:
                found += self._texts(extra, column, cell)
            except (UnreadableValue, BadValue) as wrong:
                label = self.labels[column] if column >= 0 else str(extra.label)
                self.fault(draft, Reason(wrong.reason, label, shown(cell), extra.kind != "truth"))
        draft.extra.setdefault(extra.name, []).extend(found)

    def _texts(self, extra: Extra, column: int, cell: Cell) -> list[str]:
        if extra.kind == "truth":
            return ["true"] if truth_of(cell) else []
        if extra.kind == "moment":
            moment = self.dates.moment(column, cell)
            return [moment.isoformat()] if moment is not None else []
        text = line_of(cell)
        kind = KINDS.get(extra.kind)
        if kind is None:
            return [text] if text else []
        return [_checked(kind, extra.label, part, self.reading) for part in parts_of(kind, text)]


def _checked(kind: Kind, label: Any, text: str, reading: Reading) -> str:
    value: str = as_stored(Field("value", kind, label, literal_column("NULL")), text, reading)
    return abroad(value, reading) if kind is Kind.PHONE else value
