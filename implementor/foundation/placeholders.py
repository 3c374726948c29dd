"""Places in people's texts that are filled in later: `{{ name }}` and `{{ account.name }}`, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches

PLACE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?\Z")
BRACES = re.compile(r"\{\{|\}\}")


def places_in(text: str) -> list[str]:
    """The names of the places of a text, each once, in their order; also those that no place can have."""
    return list(dict.fromkeys(PLACE.findall(text)))


def is_name(name: str) -> bool:
    """Whether a place can be called so: a field, or a field of a record that the record points at."""
    return NAME.match(name) is not None


def is_unclosed(text: str) -> bool:
    """Whether braces stand in a text that begin or end no place."""
    return BRACES.search(PLACE.sub("", text)) is not None


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant."""
    found = get_close_matches(name.lower(), list(known), n=1, cutoff=0.5)
    return found[0] if found else None


def filled(text: str, value_of: Callable[[str], str]) -> str:
    """The text with each place filled in. What is filled in is never read for places itself."""
    return PLACE.sub(lambda found: value_of(found.group(1)), text)
