"""Text as it is kept and compared: cleaned of what no screen can show, folded for order and search."""

from __future__ import annotations

import re
import unicodedata

LONGEST_KEY = 18
_MARKS = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Signs nobody sees that come along when text is copied: joints, soft hyphens, marks of the direction of writing."""
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def clean(text: str) -> str:
    """NFC text with Unix line ends, without control characters or lone surrogates; the same twice as once."""
    if text.isascii() and text.isprintable():
        return text
    text = _UNSHOWABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", text)


def clean_line(text: str) -> str:
    """Cleaned text on one line, without space at its ends."""
    return " ".join(clean(text).split())


def without_marks(text: str) -> str:
    """Text without the invisible signs that make two equal addresses or numbers differ."""
    return text if text.isascii() else _MARKS.sub("", text)


def whole_number(text: str | None) -> int | None:
    """The number that an address or a hidden field names, if it is one that a database key can have."""
    if not text or not text.isascii() or not text.isdigit() or len(text) > LONGEST_KEY:
        return None
    return int(text)


def folded(text: str) -> str:
    """Text without case and accents, the key by which people expect lists to be in order."""
    # twice, because letters that only come apart here (such as a mathematical A) have a case of their own
    if text.isascii():
        return text.casefold()
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.casefold()).casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
