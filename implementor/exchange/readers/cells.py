"""Tells what a cell looks like (number, date, text, ...), which is how headers are told from data."""

from __future__ import annotations

import re
from datetime import date

from implementor.exchange.readers.source import Cell, is_blank

_NUMBER = re.compile(r"[+\-(]?\s*[$€£]?\s*\d[\d.,'\s]*(?:[eE][+-]?\d+)?\s*[%€$)]?\Z|[+-]?[.,]\d+\Z")
_DATE = re.compile(
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/. ](?:\d{1,2}|[^\W\d_]{3,10}\.?)[-/. ]\d{2,4})(?:[T\s,].{0,30})?\Z"
)
_TRUTH = frozenset({"true", "false", "yes", "no", "sí", "si", "verdadero", "falso", "x"})
_KEY = re.compile(r"[A-Z][A-Z0-9_]{1,9}-\d{1,7}\Z")
_ADDRESS = re.compile(r"\S+@\S+\.\w+\Z|https?://\S+\Z", re.IGNORECASE)
_MISSING = frozenset({"null", "n/a", "na", "none", "nan", "-", "?", "s/d"})


def look_of(cell: Cell) -> str:
    """One of blank, missing, truth, number, date, key, address, text; text is anything a header could be."""
    if is_blank(cell):
        return "blank"
    if isinstance(cell, bool):
        return "truth"
    if isinstance(cell, int | float):
        return "number"
    if isinstance(cell, date):
        return "date"
    return _look_of_text(str(cell).strip())


def _look_of_text(text: str) -> str:
    if len(text) > 120:
        return "text"
    for look, pattern in (("date", _DATE), ("number", _NUMBER), ("key", _KEY), ("address", _ADDRESS)):
        if pattern.match(text):
            return look
    lower = text.lower()
    return "truth" if lower in _TRUTH else "missing" if lower in _MISSING else "text"
