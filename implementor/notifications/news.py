"""What people can be told of: upper packages declare their kinds of news in their contributions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from implementor.foundation.permissions import Actor, Permission
from implementor.foundation.records import RecordRef
from implementor.foundation.words import Phrase


@dataclass(frozen=True)
class NewsKind:
    """One kind of news. `label` ends the sentence “I want to hear of …”; who lacks `may_hear` is never told.

    `by_bell` and `by_mail` are how people hear of it who did not choose.
    """

    key: str
    label: Phrase
    may_hear: Permission
    by_bell: bool = True
    by_mail: bool = False
    order: int = 50


@dataclass(frozen=True)
class News:
    """Something that happened to a record, which some people are to hear of once.

    `sentence` names nothing that only some may see; `title` is the record's, for mails to people who see it; `page` is
    its path. `key` is equal where it is the same news. `moment` is the one it is about. What may not be mailed is only
    shown.
    """

    kind: str
    key: str
    sentence: Phrase
    record: RecordRef
    title: str
    page: str
    at: datetime
    moment: datetime | None = None
    may_mail: bool = True


news_kinds: dict[str, NewsKind] = {}


def news_kind(declared: NewsKind) -> NewsKind:
    """Make a kind of news known; declaring it twice, as tests with several applications do, changes nothing."""
    return news_kinds.setdefault(declared.key, declared)


def heard_by(actor: Actor) -> list[NewsKind]:
    """The kinds of news that somebody may hear of, in the order of the page."""
    found = [one for one in news_kinds.values() if actor.may(one.may_hear)]
    return sorted(found, key=lambda one: (one.order, one.key))
