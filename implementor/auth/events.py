"""What others may want to hear about people: links that must reach them, and what matters for safety."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from implementor.foundation.permissions import Actor


@dataclass(frozen=True)
class AccountLinkIssued:
    """Somebody needs this link; `purpose` is invite or reset, `language` the one to write in."""

    user_id: int
    email: str
    name: str
    purpose: str
    url: str
    language: str
    expires_at: datetime


@dataclass(frozen=True)
class SecurityEvent:
    """Something worth a line in the log, such as `sign_in.refused`; carries ids, never names or addresses."""

    kind: str
    at: datetime
    user_id: int | None = None
    by_id: int | None = None


@dataclass(frozen=True)
class CommandBegan:
    """A command begins to work in a session, for this actor; history notes who changes what from here on."""

    actor: Actor
    at: datetime
