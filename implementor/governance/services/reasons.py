"""Sentences that a service asks for: why something was closed, decided or given back."""

from __future__ import annotations

from implementor.foundation.errors import InvalidInput
from implementor.foundation.text import clean
from implementor.foundation.words import Phrase, say

LONGEST_REASON = 5000


def sentence(text: str, *, field: str, missing: Phrase) -> str:
    """The text without space at its ends. Raises InvalidInput for `field` where there is none, or too much."""
    found = clean(text).strip()
    if not found:
        raise InvalidInput({field: missing})
    if len(found) > LONGEST_REASON:
        raise InvalidInput({field: say("Up to %(longest)s characters, please.", longest=LONGEST_REASON)})
    return found
