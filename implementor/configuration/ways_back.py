"""What is kept with a word to which a job brings records back."""

from __future__ import annotations

from implementor.configuration.models import PicklistValue
from implementor.foundation.choices import WayBack


def ways_back_of(word: PicklistValue) -> tuple[WayBack, ...]:
    """The fields whose records come back to a word."""
    kept = word.come_back
    if not kept:
        return ()
    return tuple(WayBack(kept["operation"], kind, name, word.key, after) for kind, name, after in kept["fields"])
