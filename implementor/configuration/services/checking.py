"""What the services of the configuration have in common: labels in both languages, keys, and places in an order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.rank import rank_between
from implementor.foundation.text import clean_line, folded
from implementor.foundation.words import Phrase, say

LONGEST_LABEL = 80
LONGEST_KEY = 40
LABELS = ("label_en", "label_es")
Step = Literal["up", "down"]


@dataclass(frozen=True)
class Identity:
    """Who a row is that a release brings, where that was said before it was made; its key only where that is free."""

    uid: str
    key: str = ""

    def columns(self) -> dict[str, str]:
        """The columns that hold it besides the key."""
        return {"uid": self.uid}


class NotInUse(Refusal):
    """What is retired must be restored first."""


def checked_labels(labels: Mapping[str, str], others: Iterable[Any]) -> dict[str, str]:
    """Labels cleaned, each needed and unlike those of `others` in its language. Raises InvalidInput."""
    cleaned = {name: clean_line(labels.get(name, "")) for name in LABELS}
    errors: dict[str, Phrase] = {}
    rows = list(others)
    taken = {name: {folded(getattr(row, name)) for row in rows} for name in LABELS}
    for name, text in cleaned.items():
        if not text:
            errors[name] = say("Write the name in this language too.")
        elif len(text) > LONGEST_LABEL:
            errors[name] = say("A name may have %(longest)s characters.", longest=LONGEST_LABEL)
        elif folded(text) in taken[name]:
            errors[name] = say("There is one of this name already.")
    if errors:
        raise InvalidInput(errors)
    return cleaned


def new_key(label: str, taken: Iterable[str]) -> str:
    """A key for what gets this label: its letters and digits, with a number where the key is taken."""
    held = set(taken)
    base = re.sub(r"[^a-z0-9]+", "_", folded(label)).strip("_")[:LONGEST_KEY] or "value"
    key, number = base, 2
    while key in held:
        key, number = f"{base}_{number}", number + 1
    return key


def key_for(label: str, identity: Identity | None, taken: Iterable[str]) -> str:
    """The key of a new row: the one that its identity brings, else one made of its label."""
    return new_key(identity.key if identity is not None and identity.key else label, taken)


def identified(identity: Identity | None) -> dict[str, str]:
    """The further columns of a new row that has an identity already."""
    return {} if identity is None else identity.columns()


def step_rank(rows: Sequence[Any], row: Any, step: Step) -> str | None:
    """The rank that moves a row one place among `rows` (in their order); None where it is at that end already."""
    place = next(at for at, each in enumerate(rows) if each.id == row.id)
    if step == "up":
        if place == 0:
            return None
        return rank_between(rows[place - 2].rank if place > 1 else None, rows[place - 1].rank)
    if place + 1 == len(rows):
        return None
    return rank_between(rows[place + 1].rank, rows[place + 2].rank if place + 2 < len(rows) else None)
