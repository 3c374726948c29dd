"""What happens between a campaign and its members, and where that leaves them: the furthest counts, not the last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

LISTED = "listed"
SENT, OPENED, BOUNCED = "sent", "opened", "bounced"
RESPONDED, DECLINED, ACCEPTED, OPTED_OUT = "responded", "declined", "accepted", "opted_out"
HAPPENINGS = (SENT, OPENED, BOUNCED, RESPONDED, DECLINED, ACCEPTED, OPTED_OUT)
STATUSES = (LISTED, *HAPPENINGS)
RESPONSES = (RESPONDED, DECLINED, ACCEPTED)
"""Answers of the person; a mail that was opened is none."""
_RANK = {LISTED: 0, SENT: 1, BOUNCED: 2, OPENED: 3, RESPONDED: 4, DECLINED: 5, ACCEPTED: 5, OPTED_OUT: 6}
"""How far each leads. A yes and a no weigh the same, so that of both the later one counts."""


class Happened(Protocol):
    """Something that happened; `id` orders what has the same moment."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def outcome(self) -> str | None: ...


@dataclass(frozen=True)
class Whereabouts:
    """Where somebody stands in a campaign. `tries` is how often they were approached."""

    status: str
    status_at: datetime
    responded_at: datetime | None = None
    outcome: str | None = None
    tries: int = 0


def whereabouts(joined_at: datetime, happened: Iterable[Happened], *, tries_before: int = 0) -> Whereabouts:
    """Where all that happened leaves somebody who joined at a moment.

    `tries_before` are approaches that a file only counted. The outcome is that of the latest response that names one.
    """
    known = sorted(happened, key=lambda one: (one.at, one.id))
    if not known:
        return Whereabouts(LISTED, joined_at, tries=tries_before)
    furthest = max(known, key=lambda one: _RANK[one.kind])
    last = next(one for one in reversed(known) if _RANK[one.kind] == _RANK[furthest.kind])
    answers = [one for one in known if one.kind in RESPONSES]
    return Whereabouts(
        last.kind,
        last.at,
        answers[0].at if answers else None,
        next((one.outcome for one in reversed(answers) if one.outcome), None),
        tries_before + sum(one.kind == SENT for one in known),
    )
