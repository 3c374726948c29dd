"""A person's name that stands in one text, parted into first and last name."""

from __future__ import annotations

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
