"""Finds delimiter and quoting of a delimited text from its first lines, by what cuts them most evenly."""

from __future__ import annotations

import io
import math
import re
from collections import Counter
from dataclasses import replace
from itertools import islice

from implementor.exchange.readers.delimited import Form, parsed
from implementor.exchange.readers.source import Remarks

SAMPLE = 262_144  # characters looked at
_SINGLE = (",", ";", "\t", "|", "\x1f", "^", "~", "¦", "§")
_DOUBLE = ("+|", "||", "|~|", "~|~", "|^|", "^|^", "@|@", "|;|", ";;", "::", "##", "\x1e")
_TOLD = re.compile(r"\ufeff?\s*sep=(.{1,3}?)\s*[\r\n]", re.IGNORECASE)


def form_of(text: str, *, chosen: str | None = None, least: float = 0.6) -> Form | None:
    """The form the beginning of a text is written in; None where no delimiter cuts enough records evenly.

    `least` is the share (0-1) of records that must have the usual number of cells.
    """
    told = _TOLD.match(text)
    if told:
        return replace(_quoted(text[told.end() :], told[1] or chosen or "\t"), preamble=1)
    if chosen:
        return _quoted(text, chosen)
    best, best_score = None, 0.0
    for delimiter in (*_DOUBLE, *_SINGLE):
        if delimiter in text:
            form = _quoted(text, delimiter)
            score = _evenness(text, form)
            if score > best_score and not _is_part_of(delimiter, best, best_score, text):
                best, best_score = form, score
    return best if best is not None and best_score >= least else None


def _is_part_of(delimiter: str, best: Form | None, score: float, text: str) -> bool:
    """Whether a delimiter is only a piece of a longer one that already cuts nearly everything evenly.

    Where it stands alone in the line of the names, the longer one is only a column that is empty in every row.
    """
    if best is None or len(best.delimiter) == 1 or delimiter not in best.delimiter or score < 0.9:
        return False
    first = next(line for line in text.splitlines() if delimiter in line)
    return best.delimiter in first


def _quoted(text: str, delimiter: str) -> Form:
    """The form of this delimiter with the quotation marks that stand beside it."""
    edge = re.escape(delimiter)
    single = len(re.findall(rf"(?:^|{edge})'[^'\n]*'(?={edge}|\r?$)", text[:65_536], re.MULTILINE))
    double = len(re.findall(rf'(?:^|{edge})\s?"', text[:65_536], re.MULTILINE))
    quote = "'" if single >= 3 and single > 2 * double else '"'
    escape = "\\" if _escaped(text[:65_536], quote, edge) else None
    return Form(delimiter, quote, escape, _terminator(text, delimiter))


def _escaped(text: str, quote: str, edge: str) -> bool:
    """Whether quotation marks inside quotes are written with a backslash rather than doubled."""
    inside = len(re.findall(rf"\\{quote}(?!{edge}|\r?\n|\Z)", text))
    doubled = len(re.findall(rf"[^\\\n{quote}]{quote}{quote}[^\n{quote}]", text))
    return inside > 0 and inside > doubled


def _terminator(text: str, delimiter: str) -> str:
    """The mark before the line end in files whose cells span lines unquoted, such as `&|` beside `+|`."""
    if len(delimiter) < 2:
        return ""
    ends = Counter(line[-2:] for line in text.splitlines()[:200] if len(line) > 2)
    mark, count = ends.most_common(1)[0] if ends else ("", 0)
    odd = len(mark) == 2 and not any(character.isalnum() or character.isspace() for character in mark)
    return mark if odd and mark != delimiter and mark[-1] == delimiter[-1] and count >= 2 else ""


def _evenness(text: str, form: Form) -> float:
    """How evenly a form cuts: the share of records with the usual number of cells, weighed by that number."""
    cut = text[:SAMPLE]
    whole = len(text) > SAMPLE and "\n" in cut
    if whole:
        cut = cut[: cut.rindex("\n") + 1]
    rows = [row.cells for row in islice(parsed(io.StringIO(cut, newline=""), form, Remarks()), 200)]
    rows = [cells for cells in rows if any(str(cell).strip() for cell in cells)] or rows
    widths = Counter(map(len, rows))
    if not widths:
        return 0.0
    usual, count = max(widths.items(), key=lambda pair: (pair[1] if pair[0] > 1 else 0, pair[0]))
    if usual < 2 or widths[1] > count:
        return 0.0
    return count / len(rows) * (1 + 0.05 * math.log2(usual))
