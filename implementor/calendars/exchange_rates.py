"""Exchange rates as numbers and as text: reading one, reading a pasted table, converting without losing a cent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.money import currency_codes, decimal_mark, minor_amount, plain_amount
from implementor.foundation.text import clean_line
from implementor.foundation.words import Phrase, say

PLACES = 12
SMALLEST, LARGEST = Decimal(1).scaleb(-PLACES), Decimal(9_000_000)
MOST_LINES = 5000
MOST_SHOWN = 10
SEPARATORS = ("\t", ";", "|", ",")
_LONE_GROUP = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_PLAIN = re.compile(r"\d{1,12}([.,]\d{1,20})?")
_BOTH = re.compile(r"\d{1,3}(?:([.,' ])\d{3})+([.,])\d+")
_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")


class BadRate(Refusal):
    """What was typed is no exchange rate."""


@dataclass(frozen=True)
class Quotation:
    """What one unit of a currency is worth in the base currency from a day on."""

    currency: str
    rated_on: date
    rate: Decimal


def read_rate(text: str, language: str, *, is_inverse: bool = False) -> Decimal:
    """A rate as people write it; `is_inverse` for units of the currency that one of the base is worth.

    A lone separator that could mean thousands is refused rather than guessed at. Raises BadRate.
    """
    line = clean_line(text)
    both = _BOTH.fullmatch(line)
    if both is not None and both[1] != both[2]:
        line = re.sub(rf"[^\d{re.escape(both[2])}]", "", line)
    elif _LONE_GROUP.fullmatch(line) and decimal_mark(language) not in line:
        raise BadRate(
            say("“%(text)s” can be read in two ways. Write it without a separator of thousands, or with more decimals.",
                text=line)
        )  # fmt: skip
    if not _PLAIN.fullmatch(line):
        raise BadRate(say("“%(text)s” is not an exchange rate, such as 1.0852.", text=line[:40]))
    return sound_rate(Decimal(line.replace(",", ".")), is_inverse=is_inverse)


def sound_rate(rate: Decimal, *, is_inverse: bool = False) -> Decimal:
    """The rate with the decimals that are kept. Raises BadRate for none, or one that no two currencies have."""
    if is_inverse and rate > 0:
        rate = 1 / rate
    rounded = round(rate, PLACES)
    if not SMALLEST <= rounded <= LARGEST:
        raise BadRate(say("An exchange rate is more than zero and at most %(largest)s.", largest=f"{LARGEST:,}"))
    return rounded


def converted(minor: int, currency: str, other: str, rates: Mapping[str, Decimal]) -> int:
    """Minor units of an amount in another currency; both rates against one base, halves to the even neighbour."""
    if currency == other:
        return minor
    with localcontext(prec=50):
        value = plain_amount(minor, currency) * rates[currency] / rates[other]
        return minor_amount(value, other)


def read_table(text: str, base: str, language: str, *, is_inverse: bool = False) -> list[Quotation]:
    """The rates of pasted lines of currency, day and rate, a heading or not. Raises InvalidInput on `table`.

    Columns are told apart by tabs, semicolons, bars or commas; days are 2026-03-31 or 31/03/2026.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise InvalidInput({"table": say("Paste lines of currency, day and rate.")})
    if len(lines) > MOST_LINES:
        raise InvalidInput({"table": say("At most %(most)s lines at once.", most=MOST_LINES)})
    separator = next((mark for mark in SEPARATORS if mark in lines[-1]), ",")
    read: list[Quotation] = []
    wrong: list[Phrase] = []
    for number, line in enumerate(lines, start=1):
        cells = [cell.strip().strip('"') for cell in line.split(separator, 2)]
        if number == 1 and len(cells) == 3 and _is_heading(cells):
            continue
        try:
            read.append(_quotation(cells, base, language, is_inverse))
        except Refusal as refusal:
            wrong.append(say("Line %(number)s: %(reason)s", number=number, reason=refusal.reason))
    if wrong:
        raise InvalidInput({"table": _listed(wrong)})
    return read


def _is_heading(cells: list[str]) -> bool:
    return cells[0].upper() not in currency_codes() and not any(character.isdigit() for character in cells[2])


def _quotation(cells: list[str], base: str, language: str, is_inverse: bool) -> Quotation:
    if len(cells) != 3:
        raise BadRate(say("Write currency, day and rate, such as USD;2026-03-31;0.9215."))
    currency = sound_currency(cells[0], base)
    return Quotation(currency, _day(cells[1]), read_rate(cells[2], language, is_inverse=is_inverse))


def sound_currency(text: str, base: str) -> str:
    """The code of a currency that can have a rate against the base. Raises BadRate."""
    code = clean_line(text).upper()
    if code not in currency_codes():
        raise BadRate(say("“%(text)s” is not the three-letter code of a currency, such as USD.", text=code[:20]))
    if code == base:
        raise BadRate(say("%(currency)s is the base currency: its rate is always 1.", currency=code))
    return code


def _day(text: str) -> date:
    found = _DAY.fullmatch(text)
    try:
        if found is not None:
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(text)
    except ValueError as fault:
        raise BadRate(say("“%(text)s” is not a day, such as 2026-03-31.", text=text[:20])) from fault


def _listed(wrong: list[Phrase]) -> Phrase:
    """The first faults, and how many there are."""
    shown = " ".join(str(reason) for reason in wrong[:MOST_SHOWN])
    if len(wrong) <= MOST_SHOWN:
        return say("%(faults)s Nothing was kept.", faults=shown)
    return say("%(faults)s There are %(count)s such lines. Nothing was kept.", faults=shown, count=len(wrong))
