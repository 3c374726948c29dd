"""The key of a metric: a short name made of its name once, by which formulas and commands call it."""

from __future__ import annotations

import re
from collections.abc import Collection

from implementor.foundation.text import folded

LONGEST = 40
WORDS_OF_PYTHON = frozenset({"and", "or", "not", "in", "is", "if", "else", "lambda", "for", "none", "true", "false"})
"""Words that a formula cannot read as a key."""


def key_for(name: str, taken: Collection[str]) -> str:
    """A key that nothing of the project bears yet: letters, digits and lines below, beginning with a letter."""
    plain = re.sub(r"[^a-z0-9]+", "_", folded(name)).strip("_")[:LONGEST].strip("_")
    if not plain or not plain[0].isalpha() or plain in WORDS_OF_PYTHON:
        plain = f"metric_{plain}".strip("_")
    key, number = plain, 2
    while key in taken:
        key, number = f"{plain}_{number}", number + 1
    return key
