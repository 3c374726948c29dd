"""Finds the encoding of a text file from its bytes, never from its name, so that accents arrive as written."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from implementor.foundation.text import folded

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark begins the same
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1 << 20
_WESTERN = frozenset("áéíóúüñçàèìòùâêîôûäëïöÁÉÍÓÚÜÑÇÀÈÌÒÙÂÊÎÔÛÄËÏÖßåÅøØæÆãõÃÕ¿¡ºª°·«»€£©®±–—‘’“”…•´ \u00a0\u00ad")
# The ten letters each language writes most; they are over half of any text of it.
_FREQUENT = {
    "iso-8859-7": "αοιετσνηυρ",
    "windows-1251": "оеаинтсрвл",
    "koi8-r": "оеаинтсрвл",
    "windows-1255": "יהולמאתרבש",
    "windows-1256": "اليمونترب",
}
_FAMILY = ("cp1252", "mac_roman", "cp850")
_BETWEEN = re.compile(rb"[\s,;|]+")
_EDGES = b"\"'.:()<>"


@dataclass(frozen=True)
class Encoding:
    """A codec's name and whether bytes that do not fit are replaced ("replace") or cannot occur ("strict")."""

    name: str
    errors: str = "strict"


def encoding_of(path: Path) -> Encoding:
    """The encoding that fits the whole file; always one that can be read with."""
    with path.open("rb") as stream:
        head = stream.read(65_536)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return Encoding(name, "replace")
    wide = _wide_without_mark(head)
    if wide:
        return Encoding(wide, "replace")
    if _is_utf8(path):
        return Encoding("utf-8")
    odd = _odd_words(path)
    if _mostly_utf8(odd):
        return Encoding("utf-8", "replace")
    return Encoding(_single_byte(odd), "replace")


def _wide_without_mark(head: bytes) -> str | None:
    """UTF-16 without a mark: nearly every second byte of Western text is zero, and always on the same side."""
    if len(head) < 4:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.05:
        return "utf-16-be"
    return None


def _is_utf8(path: Path) -> bool:
    """Whether the whole file, read to its end, is UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as stream:
        try:
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _odd_words(path: Path) -> bytes:
    """Up to 64 KB of the words that hold bytes above ASCII."""
    odd: list[bytes] = []
    size = 0
    with path.open("rb") as stream:
        while (chunk := stream.read(_CHUNK)) and size < 65_536:
            words = [word.strip(_EDGES) for word in _BETWEEN.split(chunk) if not word.isascii()][:8_000]
            odd.extend(words)
            size += sum(map(len, words))
    return b" ".join(odd)[:131_072]


def _mostly_utf8(odd: bytes) -> bool:
    """UTF-8 with a few broken places: many whole sequences for each fault."""
    faults = odd.decode("utf-8", "replace").count("\ufffd")
    whole = sum(character > "\x7f" for character in odd.decode("utf-8", "ignore"))
    return whole >= 5 * faults


def _single_byte(odd: bytes) -> str:
    """The best of the Western families; where words are foreign throughout, what charset-normalizer believes."""
    if _foreign(odd):
        shares = {name: _frequent(odd, name) for name in _FREQUENT}
        likely = max(shares, key=lambda name: shares[name])
        if shares[likely] >= 0.6:
            return likely
        guess = from_bytes(odd).best()
        if guess is not None and not guess.encoding.startswith(("utf", "ascii")):
            return guess.encoding
    best = max(_FAMILY, key=lambda name: (_western(odd, name), -_FAMILY.index(name)))
    return "windows-1252" if best == "cp1252" else best


def _foreign(odd: bytes) -> bool:
    words = [word for word in odd.split() if len(word) >= 4]
    high = sum(sum(byte > 0x7F for byte in word) for word in words)
    return bool(words) and high > 0.6 * sum(map(len, words))


def _frequent(odd: bytes, name: str) -> float:
    letters = [letter for letter in folded(odd.decode(name, "replace")) if letter > "\x7f"]
    return sum(letter in _FREQUENT[name] for letter in letters) / max(1, len(letters))


def _western(odd: bytes, name: str) -> float:
    characters = [character for character in odd.decode(name, "replace") if character > "\x7f"]
    return sum(character in _WESTERN for character in characters) / max(1, len(characters))
