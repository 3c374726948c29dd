"""Offering somebody help: a notice and, as they chose, a mail with a few words of who offers it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import SIGNED_IN, Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.text import clean_line
from implementor.foundation.words import say
from implementor.notifications.news import News, NewsKind, news_kind
from implementor.notifications.notices import tell_people

NEWS = "adoption.help"
LONGEST = 300


class OfferTooLong(Refusal):
    """A few words are a few words."""


def declare_news() -> None:
    """Make it known as something to hear of."""
    news_kind(NewsKind(NEWS, say("Somebody offers me help with the CRM"), SIGNED_IN, by_mail=True, order=31))


def offer_help(session: Session, user_id: int, name: str, text: str, *, by: Actor, at: datetime) -> None:
    """Tell somebody who offers them help, once a day by the same person. Raises OfferTooLong."""
    words = clean_line(text)
    if len(words) > LONGEST:
        raise OfferTooLong(say("Up to %(longest)s characters, please.", longest=LONGEST))
    offer = (
        say("%(who)s offers you help with the CRM: %(text)s", who=by.name, text=words)
        if words
        else say("%(who)s offers you help with the CRM. Answer to %(email)s.", who=by.name, email=by.email)
    )
    news = News(
        NEWS, f"{NEWS}-{user_id}-{by.user_id}-{at:%Y%m%d}", offer, RecordRef("user", user_id), name, "/use/", at
    )
    tell_people(session, [user_id], news)
