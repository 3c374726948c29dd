"""What people read about a score: the fields that were compared, and how far they agree."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from implementor.duplicates.own_roles import own_roles
from implementor.duplicates.sameness import Sameness
from implementor.duplicates.weights import Weighing
from implementor.foundation.words import Label, Phrase, say

ROLES: dict[str, Phrase] = {
    "tax_id": say("Tax number"),
    "email": say("E-mail"),
    "phone": say("Telephone"),
    "name": say("Name"),
    "company": say("Company"),
    "born": say("Date of birth"),
    "postcode": say("Postcode"),
    "street": say("Street"),
    "city": say("City"),
    "domain": say("Website"),
    "base": say("Size of the base"),
}
LEVELS: dict[str, Phrase] = {
    "same": say("the same"),
    "close": say("nearly the same"),
    "near": say("similar"),
    "far": say("another year, near the day"),
    "small": say("few people agree by chance"),
    "shared": say("the same, but shared by many"),
    "part": say("one says more"),
    "partly close": say("one says more, with a slip"),
    "half": say("half the same"),
    "other": say("different"),
}


@dataclass(frozen=True)
class SaidPart:
    """One field of a score; `tone` is that of a badge."""

    label: Phrase | Label
    level: Phrase
    points: int

    @property
    def tone(self) -> str:
        return "neutral" if self.points == 0 else "ok" if self.points > 0 else "off"

    @property
    def signed(self) -> str:
        """The points with their sign."""
        return f"{self.points:+d}".replace("-", "−")


def labels_of(declared: Sameness) -> dict[str, Phrase | Label]:
    """What every role of a kind is called, those of fields of one's own too."""
    return {**ROLES, **{role: field.label for role, field in own_roles(declared).items()}}


def said_parts(stored: Iterable[Sequence[Any]], *, declared: Sameness, hidden: Collection[str] = ()) -> list[SaidPart]:
    """A stored score in words; roles that are hidden, or that nobody compares any more, are left out."""
    labels = labels_of(declared)
    return [
        SaidPart(labels[role], LEVELS[level], points)
        for role, level, points in stored
        if role in labels and level in LEVELS and role not in hidden
    ]


def likelihood(score: int, weighing: Weighing) -> tuple[Phrase, str]:
    """What a score means, and the tone of its badge."""
    if score < weighing.possible:
        return say("Probably two"), "neutral"
    return (say("Very likely one"), "ok") if score >= weighing.sure else (say("Possibly one"), "review")
