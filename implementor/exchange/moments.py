"""Reads dates in every style that exports write, in English and Spanish, deciding day or month first per column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone

from implementor.exchange.readers.source import Cell
from implementor.exchange.values import UnreadableValue, is_missing, line_of, shown
from implementor.foundation.text import folded
from implementor.foundation.words import say

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january ene enero janv janvier januar janeiro gen gennaio",
            "feb february febr febrero fev fevr fevrier februar fevereiro febbraio",
            "mar march marzo mars marz maerz mrz marco",
            "apr april abr abril avr avril aprile",
            "may mayo mai maio mag maggio",
            "jun june junio juin juni junho giu giugno",
            "jul july julio juil juillet juli julho lug luglio",
            "aug august ago agosto aout",
            "sep sept september septiembre set setiembre septembre setembro settembre",
            "oct october octubre okt oktober octobre out outubro ott ottobre",
            "nov november noviembre novembre novembro",
            "dec december dic diciembre dez dezember decembre dezembro dicembre",
        ),
        start=1,
    )
    for name in names.split()
}
_TIME = re.compile(
    r"(?:^|[T\s,])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(?:([ap])\.?\s?m\b\.?)?\s*"
    r"(Z|UTC|GMT|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:\D.*)?\Z", re.DOTALL)
_COMPACT = re.compile(r"(19|20)(\d{2})(\d{2})(\d{2})\Z")
_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})\Z")
_TOKENS = re.compile(r"\d+|[^\W\d_]+")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?\Z")
_FILLER = frozenset({"de", "del", "of", "the", "th", "st", "nd", "rd", "a", "las", "at", "utc", "gmt", "z", "o", "er"})
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "lun", "mar", "mie", "jue", "vie", "sab", "dom")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 spreadsheets count days without a zone


@dataclass
class DateStyle:
    """How a column writes dates: show it all cells (`see`), then `day_first` is True, False or None (not decided)."""

    day_over_12: int = 0
    month_over_12: int = 0
    seen: set[str] = field(default_factory=set)

    def see(self, cell: Cell) -> None:
        """Take one cell into account."""
        found = _NUMBERS.match(_without_time(line_of(cell))[0]) if isinstance(cell, str) else None
        if found:
            self.day_over_12 += int(found[1]) > 12
            self.month_over_12 += int(found[2]) > 12

    @property
    def day_first(self) -> bool | None:
        if bool(self.day_over_12) == bool(self.month_over_12):
            return None if not self.day_over_12 else self.day_over_12 >= self.month_over_12
        return self.day_over_12 > 0


def style_of(cells: Iterable[Cell]) -> DateStyle:
    """The style of a column from as many of its cells as are known."""
    style = DateStyle()
    for cell in cells:
        style.see(cell)
    return style


def moment_of(cell: Cell, *, day_first: bool | None = None) -> datetime | None:
    """A moment, None where missing; midnight where only a day is given. It has a zone only if the cell names one.

    `day_first` decides 04/05/2026; None takes the day first, as everywhere but in the United States. A time with
    AM or PM beside numeric months does not change that, for Spanish exports write it too.
    """
    if is_missing(cell):
        return None
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 a cell has no zone
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _serial(float(cell), cell)
    text = line_of(cell)
    if _SERIAL.match(text):
        return _serial(float(text), cell)
    rest, clock, zone = _without_time(text)
    try:
        day = _day(rest, day_first)
        return datetime.combine(day, clock, zone) if day else _refuse(cell)
    except ValueError as error:
        raise _no_date(cell) from error


def day_of(cell: Cell, *, day_first: bool | None = None) -> date | None:
    """A day, None where missing; a time beside it is left out."""
    moment = moment_of(cell, day_first=day_first)
    return moment.date() if moment else None


def _without_time(text: str) -> tuple[str, time, timezone | None]:
    """The text before and after its time of day, the time, and its zone."""
    found = _TIME.search(text)
    if not found:
        return text, time(), None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    half = (found[5] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    rest = f"{text[: found.start()]} {text[found.end() :]}".strip(" ,T")
    if hour > 23 or minute > 59 or second > 59:
        return text, time(), None
    micro = int((found[4] or "").ljust(6, "0")[:6] or 0)
    return rest, time(hour, minute, second, micro), _zone(found[6])


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text[0] not in "+-":
        return timezone.utc  # noqa: UP017 the type of the others
    digits = text[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)


def _day(text: str, day_first: bool | None) -> date | None:
    """The day that a text without time names; ValueError where the calendar has no such day."""
    if found := _ISO.match(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _COMPACT.match(text):
        return date(int(found[1] + found[2]), int(found[3]), int(found[4]))
    if found := _NUMBERS.match(text):
        first, second = int(found[1]), int(found[2])
        swap = second > 12 >= first if day_first is None else not day_first
        month, day = (first, second) if swap else (second, first)
        return date(_year(found[3]), month, day)
    return _day_in_words(folded(text))


def _day_in_words(text: str) -> date | None:
    """A day with a month's name: 11/abr/26, 11 de abril de 2026, Apr 11, 2026, Mon Sep 22 2025."""
    numbers: list[str] = []
    months: list[int] = []
    for token in _TOKENS.findall(text):
        if token.isdigit():
            numbers.append(token)
        elif token in _MONTHS:
            months.append(_MONTHS[token])
        elif token not in _FILLER and token[:3] not in _WEEKDAYS:
            return None
    if len(months) > 1 and "mar" in text[:4]:
        months = months[1:]  # martes, shortened, opens the date
    if len(months) != 1 or len(numbers) != 2:
        return None
    year, day = (numbers[0], numbers[1]) if len(numbers[0]) == 4 else (numbers[1], numbers[0])
    return date(_year(year), months[0], int(day))


def _year(text: str) -> int:
    """A year; of two digits, 69 to 99 belong to the last century."""
    number = int(text)
    if len(text) == 4:
        return number
    if len(text) != 2:
        raise ValueError(text)
    return number + (1900 if number >= 69 else 2000)


def _serial(number: float, cell: Cell) -> datetime:
    """A day counted as spreadsheets do; only days of 1954 to 2119, so that years and keys are not taken for dates."""
    if not 20_000 <= number < 80_500:
        raise _no_date(cell)
    return _EPOCH + timedelta(days=int(number), seconds=round(number % 1 * 86_400))


def _refuse(cell: Cell) -> datetime:
    raise _no_date(cell)


def _no_date(cell: Cell) -> UnreadableValue:
    return UnreadableValue(say("%(value)s is not a date. Write it like 2026-04-11 or 11/04/2026.", value=shown(cell)))
