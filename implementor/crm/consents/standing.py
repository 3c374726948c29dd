"""What somebody's consents amount to on a day: the latest word counts, and of several at once the most restrictive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

GIVEN, EXPIRED, REFUSED, WITHDRAWN, OBJECTED = "given", "expired", "refused", "withdrawn", "objected"
STATUSES = (GIVEN, EXPIRED, REFUSED, WITHDRAWN, OBJECTED)
"""From the most permissive to the most restrictive."""
OPT_OUTS = frozenset({REFUSED, WITHDRAWN, OBJECTED})
"""What somebody said themselves; an expired consent is none of these, it may simply be asked for again."""
_WEIGHT = {status: weight for weight, status in enumerate(STATUSES)}


class Said(Protocol):
    """One consent: `channel` is none where it holds for every channel."""

    @property
    def channel(self) -> str | None: ...
    @property
    def status(self) -> str: ...
    @property
    def captured_at(self) -> datetime: ...
    @property
    def expires_on(self) -> date | None: ...


@dataclass(frozen=True)
class Standing:
    """Where somebody stands on one purpose and channel: the status that counts and the word it comes from.

    Without any word there is no status, and nobody may be contacted.
    """

    status: str | None = None
    said: Said | None = None

    @property
    def may_contact(self) -> bool:
        return self.status == GIVEN

    @property
    def is_opt_out(self) -> bool:
        return self.status in OPT_OUTS


NOTHING_SAID = Standing()


def standing_on(consents: Iterable[Said], channel: str, on: date) -> Standing:
    """The standing on a channel, of the consents to one purpose.

    What was said of this channel and what was said of all channels are looked at apart, each by its latest word; the
    more restrictive of the two holds, so that a general yes does not undo a no to one channel, nor the other way round,
    with one exception: a yes to this very channel that is later than a general no lifts it here.
    """
    said = list(consents)
    own = _latest([one for one in said if one.channel == channel], on)
    general = _latest([one for one in said if one.channel is None], on)
    if own.said is None or general.said is None:
        return own if general.said is None else general
    if own.may_contact and own.said.captured_at > general.said.captured_at:
        return own
    return max(general, own, key=_weight)


def weight(status: str) -> int:
    """How restrictive a status is; more is more."""
    return _WEIGHT[status]


def _weight(standing: Standing) -> int:
    return -1 if standing.status is None else _WEIGHT[standing.status]


def _latest(said: list[Said], on: date) -> Standing:
    if not said:
        return NOTHING_SAID
    # what was said at one moment counts by what it is, so the order of rows decides nothing
    last = max(said, key=lambda one: (one.captured_at, _WEIGHT[_on(one, on)]))
    return Standing(_on(last, on), last)


def _on(one: Said, day: date) -> str:
    """The status on a day: a consent holds up to and including its last day."""
    return EXPIRED if one.status == GIVEN and one.expires_on is not None and one.expires_on < day else one.status
