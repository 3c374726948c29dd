"""Who counts licences by itself: what a contract may be measured by, each declared by the package that knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from implementor.foundation.words import Phrase


@dataclass(frozen=True)
class LicenceSource:
    """What counts: its name, what it counts in words, which are the evidence, and the count at a moment."""

    name: str
    label: Phrase
    evidence: Phrase
    count: Callable[[Session, datetime], int]


licence_sources: dict[str, LicenceSource] = {}


def licence_source(source: LicenceSource) -> LicenceSource:
    """Let contracts be measured by it; called from a package's contributions."""
    licence_sources[source.name] = source
    return source
