"""The first use of a newer program: its words and pipelines are brought in, in the languages that configuration has."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from implementor.configuration.services.shipping import bring_in, digest
from implementor.foundation.words import Speech
from implementor.web.language import catalogue

LANGUAGES = ("en", "es")


def bring_in_shipped(session: Session, *, at: datetime) -> bool:
    """Bring in what is missing; whether there was anything to do."""
    return bring_in(session, speeches(), at=at)


def shipped_digest() -> str:
    """What this program ships, in a few letters."""
    return digest(speeches())


def speeches() -> list[Speech]:
    """The speech of each language that configuration has words in."""
    return [Speech(language, catalogue(language)) for language in LANGUAGES]
