"""Reads the values of imported cells (numbers, points, truth, people, lists, comments) or says why it cannot."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from implementor.exchange.readers.source import Cell, is_blank
from implementor.foundation.errors import Refusal
from implementor.foundation.text import clean, clean_line, folded
from implementor.foundation.words import Phrase, say

_NUMBER = re.compile(r"[+-]?(?:\d[\d.,'’ ]*|[.,]\d+)(?:e[+-]?\d{1,3})?", re.IGNORECASE)
_CURRENCY = re.compile(r"[$€£¥]|\b(?:usd|eur|gbp|mxn|cop|ars|clp|pen)\b", re.IGNORECASE)
_SPACES = re.compile(r"[\s\u00a0\u2007\u202f]+")
_UNIT = re.compile(
    r"(?P<number>[+-]?(?:\d[\d.,]*|[.,]\d+))\s*(?:puntos?(?:\s+de\s+historia)?|story\s*points?|points?|pts?|sp|p)?\.?\Z",
    re.IGNORECASE,
)
_NAMED_FIRST = re.compile(
    r"(?:puntos?|story\s*points?|points?|pts?|sp)\s*[:=]?\s*(?P<number>\d[\d.,]*)\Z", re.IGNORECASE
)
_SIZE = re.compile(r"(?:x{0,3}s|m|x{0,3}l|small|medium|large|peque[nñ][oa]|median[oa]|grande)\Z", re.IGNORECASE)
_YES = frozenset(
    {
        "yes",
        "y",
        "true",
        "si",
        "s",
        "x",
        "1",
        "verdadero",
        "v",
        "on",
        "✓",
        "✔",
        "ok",
        "cierto",
        "[x]",
        "do not allow",
        "no permitir",
    }
)
_NO = frozenset({"no", "n", "false", "0", "falso", "f", "off", "✗", "✘", "-", "[ ]", "[]", "allow", "permitir"})
_EMAIL = re.compile(r"[^\s@<>;,()\"]{1,64}@[^\s@<>;,()\"]{1,190}\.[^\s@<>;,().\"]{2,24}")
_MISSING = frozenset(
    {"", "null", "none", "n/a", "na", "nan", "s/d", "sin dato", "sin datos", "#n/a", "#¡n/d!", "n.d.", "?"}
)
_LONGEST_MISSING = max(map(len, _MISSING))
_SAYS_SOMETHING = frozenset(string.ascii_letters + string.digits + string.punctuation) - {
    letter for word in _MISSING for letter in word[:1] + word[:1].upper()
}
"""What no word of `_MISSING` begins with; most cells need no second look."""
_SHOWS_COMMA = re.compile(r"[+-]?\d+,(?:\d{1,2}|\d{4,})|[+-]?\d{1,3}(?:\.\d{3})+,\d+")
_SHOWS_POINT = re.compile(r"[+-]?\d*\.(?:\d{1,2}|\d{4,})|[+-]?\d{1,3}(?:,\d{3})+\.\d+")
_THOUSAND = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
LARGEST_NUMBER = Decimal(10) ** 15


class UnreadableValue(Refusal):
    """A cell cannot be read as what its field needs; `reason` names the value and what would do."""


@dataclass(frozen=True)
class Comment:
    """A comment of another system: the moment as written (or None), who wrote it (name or account), the text."""

    when: str | None
    who: str
    text: str


@dataclass(frozen=True)
class Attachment:
    """A file that another system holds: its name, address (or None), when and by whom it was added as written."""

    name: str
    address: str | None = None
    when: str | None = None
    who: str = ""


def is_missing(cell: Cell) -> bool:
    """Whether a cell says that there is no value: blank, NULL, N/A and the like."""
    if cell is None:
        return True
    if not isinstance(cell, str) or cell[:1] in _SAYS_SOMETHING:
        return False
    if len(cell) > _LONGEST_MISSING and not cell[0].isspace():
        return False
    return len(word := cell.strip()) <= _LONGEST_MISSING and folded(word) in _MISSING


def text_of(cell: Cell) -> str:
    """A cell as clean text (NFC, no control characters), whole numbers without a decimal point; "" for a blank one."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return clean(cell).strip()
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, date):
        return cell.isoformat(sep=" ") if isinstance(cell, datetime) else cell.isoformat()
    return clean(str(cell)).strip()


def line_of(cell: Cell) -> str:
    """A cell as clean text on one line."""
    return clean_line(cell if isinstance(cell, str) else text_of(cell))


def decimal_comma(cells: Iterable[Cell]) -> bool | None:
    """Whether a column writes decimals with a comma: True or False where some cell shows it, else None."""
    for cell in cells:
        if isinstance(cell, str):
            bare = _bare(cell)
            if _SHOWS_COMMA.fullmatch(bare) or _SHOWS_POINT.fullmatch(bare):
                return bool(_SHOWS_COMMA.fullmatch(bare))
    return None


def number_of(cell: Cell, *, comma: bool | None = None) -> Decimal | None:
    """A number in any usual writing, None where missing; a percentage gives its ratio (25 % is 0.25).

    `comma` says how the column writes decimals (`decimal_comma`); without it a single separator before exactly
    three digits separates thousands.
    """
    if is_missing(cell):
        return None
    if isinstance(cell, bool | date):
        raise _no_number(cell)
    if isinstance(cell, int | float):
        return _bounded(Decimal(str(cell)), cell)
    bare = _bare(cell or "")
    negative = bare.startswith("(") and bare.endswith(")")
    percent = bare.endswith("%")
    bare = bare.strip("()%")
    if not _NUMBER.fullmatch(bare):
        raise _no_number(cell)
    try:
        number = Decimal(_with_point(bare.replace("'", "").replace("’", ""), comma))
    except InvalidOperation as error:
        raise _no_number(cell) from error
    number = number.scaleb(-2) if percent else number
    return _bounded(-number if negative else number, cell)


def _bare(text: str) -> str:
    return _CURRENCY.sub("", _SPACES.sub("", text)).replace("−", "-")


def _with_point(text: str, comma: bool | None) -> str:
    """A number's text with a decimal point and without thousands separators."""
    point, last = text.rfind("."), text.rfind(",")
    if point >= 0 and last >= 0:
        mark = "." if point > last else ","
        other = "," if mark == "." else "."
        return text.replace(other, "").replace(mark, ".") if text.count(mark) == 1 else text
    mark = "." if point >= 0 else ","
    if text.count(mark) > 1:
        return text.replace(mark, "") if re.fullmatch(rf"[+-]?\d{{1,3}}(?:\{mark}\d{{3}})+", text) else text
    decimal = (mark == ",") is comma if comma is not None else not _THOUSAND.fullmatch(text)
    return text.replace(mark, "." if decimal else "")


def _bounded(number: Decimal, cell: Cell) -> Decimal:
    if not number.is_finite() or abs(number) > LARGEST_NUMBER:
        raise _no_number(cell)
    return number


def points_of(cell: Cell, *, comma: bool | None = None) -> Decimal | None:
    """Story points: 3, 3.5, `3 Puntos`, `5 pts`; sizes such as XL are refused, for only the team knows their points."""
    if is_missing(cell) or (isinstance(cell, str) and cell.strip() in {"-", "–", "∅"}):
        return None
    if isinstance(cell, str):
        text = line_of(cell).replace("½", "0.5")
        found = _UNIT.fullmatch(text) or _NAMED_FIRST.fullmatch(text)
        if _SIZE.fullmatch(text):
            raise UnreadableValue(
                say(
                    "%(value)s is a size, not a number of points. Replace sizes by points, such as 1, 2, 3, 5, 8.",
                    value=shown(cell),
                )
            )
        if not found:
            raise _no_points(cell)
        cell = found["number"]
    points = number_of(cell, comma=comma)
    if points is not None and not 0 <= points <= 1000:
        raise _no_points(cell)
    return points


def truth_of(cell: Cell) -> bool | None:
    """Yes or no in both languages and as ticked boxes; None where missing."""
    if is_blank(cell):
        return None
    word = folded(text_of(cell))
    if word in _YES or word in _NO:
        return word in _YES
    raise UnreadableValue(say("%(value)s is neither yes nor no. Write yes or no.", value=shown(cell)))


def email_of(cell: Cell) -> str | None:
    """The first address in a cell, as in `Ana Ruiz <ana@firma.es>`, in lower case; None where there is none."""
    found = _EMAIL.search(text_of(cell))
    return found[0].lower().removeprefix("mailto:") if found else None


def person_of(cell: Cell) -> tuple[str, str | None]:
    """Name and address of a person as written; the name is "" where there is only an address."""
    text, address = line_of(cell), email_of(cell)
    if address is None:
        return text, None
    name = _EMAIL.sub("", text).replace("mailto:", "")
    return re.sub(r"[<>()\[\]\"]", "", name).strip(" ,;-"), address


def list_of(cell: Cell, *, spaces: bool = False) -> list[str]:
    """The parts of a list cell without repetition: cut at ; | or line ends, else at commas, else at `spaces`."""
    text = text_of(cell)
    parts = re.split(r"[;|\n]", text) if re.search(r"[;|\n]", text) else text.split(",")
    if spaces and len(parts) == 1:
        parts = text.split()
    return list(dict.fromkeys(part for raw in parts if (part := " ".join(raw.split()).strip("\"'"))))


def lines_of(cell: Cell) -> list[str]:
    """The lines of a cell without bullets, numbers or tick boxes, for criteria and checklists."""
    bullet = re.compile(r"^\s*(?:(?:[-*•·–—▪◦+]|\(?\d{1,3}[.)]|\[[ xX]?\]|[☐☑✓✔])\s*)+(?=\S)")
    lines = (" ".join(bullet.sub("", line).split()) for line in text_of(cell).split("\n"))
    return [line for line in lines if line]


def comment_of(cell: Cell) -> Comment | None:
    """A comment cell `date;author;text` as Jira writes it; any other text is a comment without date and author."""
    text = text_of(cell)
    if not text:
        return None
    parts = text.split(";", 2)
    if len(parts) == 3 and 6 <= len(parts[0]) <= 40 and any(map(str.isdigit, parts[0])) and len(parts[1]) <= 200:
        return Comment(parts[0].strip(), parts[1].strip(), parts[2].strip())
    return Comment(None, "", text)


def attachment_of(cell: Cell) -> Attachment | None:
    """An attachment cell `date;author;name;address` as Jira writes it, or a name or an address alone."""
    text = text_of(cell)
    if not text:
        return None
    parts = text.split(";")
    if len(parts) >= 4 and parts[-1].strip().startswith(("http://", "https://")):
        return Attachment(";".join(parts[2:-1]).strip(), parts[-1].strip(), parts[0].strip(), parts[1].strip())
    if text.startswith(("http://", "https://")):
        return Attachment(text.rstrip("/").rsplit("/", 1)[-1] or text, text)
    return Attachment(text)


def shown(cell: Cell) -> str:
    """A cell short enough to stand in a sentence."""
    text = line_of(cell)
    return text if len(text) <= 60 else text[:57] + "..."


def _no_number(cell: Cell) -> UnreadableValue:
    return UnreadableValue(say("%(value)s is not a number. Write it like 1234.5 or 1.234,5.", value=shown(cell)))


def _no_points(cell: Cell) -> UnreadableValue:
    reason: Phrase = say("%(value)s is no number of points. Write a number from 0 to 1000.", value=shown(cell))
    return UnreadableValue(reason)
