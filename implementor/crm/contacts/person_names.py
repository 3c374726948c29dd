"""People's names in files: parted where they stand in one text, and compared where two may be of one person."""

from __future__ import annotations

import re

from implementor.foundation.text import folded

PARTICLES = frozenset(
    ("de", "del", "la", "las", "los", "da", "das", "do", "dos", "di", "van", "von", "der", "den", "ter", "bin", "ibn",
     "al", "el", "y", "e", "du", "le")
)  # fmt: skip
TITLES = frozenset(("mr", "mrs", "ms", "mx", "dr", "dra", "prof", "sr", "sra", "srta", "don", "doña", "ing", "lic"))


def parts_of_name(text: str) -> tuple[str, str]:
    """(first name, last name); "Vega, Ana" is the other way round, and of one word there is only a last name.

    Particles begin the last name; of four words or more two are first names, as two last names usually follow.
    """
    last, comma, first = text.partition(",")
    if comma and last.strip() and first.strip():
        return first.strip(), last.strip()
    words = text.replace(",", " ").split()
    while len(words) > 1 and words[0].lower().rstrip(".") in TITLES:
        words = words[1:]
    if len(words) < 2:
        return "", " ".join(words)
    start = next((at for at, word in enumerate(words) if at and word.lower() in PARTICLES), None)
    cut = start if start is not None else 2 if len(words) > 3 else 1
    return " ".join(words[:cut]), " ".join(words[cut:])


SHORT_FORMS = {"ma": "maria", "fco": "francisco", "fca": "francisca", "jn": "juan"}
_NOT_LETTERS = re.compile(r"[\W_]+")
_JOINED = re.compile(r"['’`´]")


def may_be_one_person(name: str, other: str) -> bool:
    """Whether two names can be the same person's: one says nothing that contradicts the other.

    Order, accents and titles do not count, an initial stands for its name, and one side may say less, such as only the
    last name; but `Mario` is not `Maria`, however few letters they differ in.
    """
    less, more = sorted((_words(name), _words(other)), key=len)
    left = list(more)
    for word in sorted(less, key=len, reverse=True):
        found = next((each for each in left if each == word), None)
        found = found or next((each for each in left if 1 in (len(word), len(each)) and each[0] == word[0]), None)
        if found is None:
            return False
        left.remove(found)
    return True


def says_no_more(name: str, known: str) -> bool:
    """Whether a spelling of a known name has only fewer words, initials or another order to offer."""
    said, words = _words(name), _words(known)
    if not may_be_one_person(name, known) or said == words:
        return False
    return len("".join(said)) <= len("".join(words))


def _words(name: str) -> list[str]:
    """The words of a name that tell it from others."""
    words = _NOT_LETTERS.sub(" ", _JOINED.sub("", folded(name))).split()
    kept = [SHORT_FORMS.get(word, word) for word in words if word not in TITLES and word not in PARTICLES]
    return kept or words
