"""Text as it is kept and compared: cleaned of what no screen can show, folded for order and search."""

from __future__ import annotations

import re
import unicodedata

LONGEST_KEY = 18
_MARKS = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Signs nobody sees that come along when text is copied: joints, soft hyphens, marks of the direction of writing."""
_ACCENTS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
"""Marks of Western letters, once they stand apart; U+034F between them combines with nothing."""
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def clean(text: str) -> str:
    """NFC text with Unix line ends, without control characters or lone surrogates; the same twice as once."""
    if text.isprintable():  # no line ends, no signs that cannot be shown
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    text = _UNSHOWABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", text)


def clean_line(text: str) -> str:
    """Cleaned text on one line, without space at its ends."""
    text = clean(text)
    if text.isascii() and text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text  # which is most of what a file holds
    return " ".join(text.split())


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
    apart = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()).casefold())
    if apart.isascii():
        return apart
    apart = unicodedata.normalize("NFKD", apart)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
