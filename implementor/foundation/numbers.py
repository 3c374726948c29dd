"""Plain numbers as people write them in their language, read and shown for changing."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from babel import Locale

from implementor.foundation.text import without_marks

_BLANKS = re.compile(r"[\s'’]+")
_GROUPED = re.compile(r"-?[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*")
LONGEST = 60
"""Characters of a number in any writing; longer text is something else."""


def read_number(text: str, language: str = "") -> Decimal:
    """The number a text says. Raises ValueError.

    Of two kinds of separators the last is the decimal mark. One before three digits groups thousands if the language
    groups so; without a language nothing is grouped.
    """
    if text.isascii() and text.isdigit() and len(text) <= LONGEST:
        return Decimal(text)
    bare = _BLANKS.sub("", without_marks(text)).replace("−", "-")
    if not bare or len(bare) > LONGEST:
        raise ValueError(text)
    try:
        number = Decimal(_with_point(bare, language))
    except InvalidOperation as fault:
        raise ValueError(text) from fault
    if not number.is_finite():
        raise ValueError(text)
    return number


def _with_point(bare: str, language: str) -> str:
    point, comma = bare.rfind("."), bare.rfind(",")
    if point >= 0 and comma >= 0:
        mark, other = (".", ",") if point > comma else (",", ".")
        whole, _mark, fraction = bare.partition(mark)
        grouped = _GROUPED.fullmatch(whole) is not None and bare.count(mark) == 1
        return f"{whole.replace(other, '')}.{fraction}" if grouped else bare
    found = _GROUPED.fullmatch(bare) if language else None
    if found and (found[1] != decimal_mark(language) or bare.count(found[1]) > 1):
        return bare.replace(found[1], "")
    return bare.replace(",", ".")


def typed_number(number: Decimal, language: str = "") -> str:
    """A number as an input shows it: without groups or needless zeros, with the language's decimal mark."""
    text = format(number.normalize(), "f")
    return text.replace(".", decimal_mark(language)) if language else text


@lru_cache(maxsize=32)
def decimal_mark(language: str) -> str:
    """The sign between a number's whole part and its decimals."""
    return str(Locale.parse(language.replace("-", "_")).number_symbols["latn"]["decimal"])
