"""The address under which calendar programs read the meetings of one person: made anew, and taken back."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from implementor.committees.models import MeetingFeed
from implementor.committees.queries.meetings import feed_that_works
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.history.services import name_action


def open_feed(session: Session, *, by: Actor, at: datetime) -> MeetingFeed:
    """A new address; the one before, if any, works no more."""
    end_feed(session, by=by, at=at)
    feed = MeetingFeed(user_id=by.user_id or 0, secret=secrets.token_urlsafe(24))
    session.add(feed)
    name_action(session, say("Made an address for one's calendar"), verb="feed.open")
    session.flush()
    return feed


def end_feed(session: Session, *, by: Actor, at: datetime) -> None:
    """The address works no more; nothing happens where there is none."""
    found = session.scalars(feed_that_works(user_id=by.user_id)).one_or_none()
    if found is None:
        return
    found.revoked_at = at
    name_action(session, say("Took back the address for one's calendar"), verb="feed.end")
    session.flush()
