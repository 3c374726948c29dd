"""What others may want to hear of requests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from implementor.foundation.words import Phrase
from implementor.support.models import SupportHandover, SupportRequest


@dataclass(frozen=True)
class RequestMoved:
    """Something became of a request; the sentence says it to its sender."""

    request: SupportRequest
    sentence: Phrase
    at: datetime


@dataclass(frozen=True)
class RequestWaits:
    """A request is to be taken up; the sentence says it to those who answer."""

    request: SupportRequest
    sentence: Phrase
    at: datetime


@dataclass(frozen=True)
class RequestsPassedOn:
    """Requests of the weeks after a wave, by its number and name, are somebody else's from now on."""

    handover: SupportHandover
    wave_number: int
    wave_name: str
    at: datetime
