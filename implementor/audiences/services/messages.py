"""Sending what was planned: by mail through the outbox to everybody of the audience, or written down as said."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from implementor.audiences.models import PlannedMessage
from implementor.audiences.queries.transition import people_to_reach
from implementor.audiences.services.records import SentAlready
from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.history.services import name_action
from implementor.notifications.services import send_mail

MOST_REACHED = 1_000_000


class NobodyToReach(Refusal):
    """Nobody of the audience has an address, or nothing is there to be said."""


def send_message(
    session: Session, message: PlannedMessage, *, today: date, reached: int | None, by: Actor, at: datetime
) -> int:
    """Send it, or write down that it was said to so many people; answers how many it reached.

    A mail goes to each person of the audience with an address, once, in the words that were written. Raises
    SentAlready, NobodyToReach.
    """
    if message.is_sent:
        raise SentAlready(say("%(name)s was sent. Plan another message instead.", name=message.name))
    count = _mail(session, message, today, at) if message.channel == "mail" else min(reached or 0, MOST_REACHED)
    message.sent_at, message.sent_by_id, message.sent_count = at, by.user_id, count
    name_action(
        session, say("Sent a message of the communication plan"), verb="planned_message.sent",
        project_id=message.project_id,
    )  # fmt: skip
    session.flush()
    return count


def _mail(session: Session, message: PlannedMessage, today: date, at: datetime) -> int:
    if not message.body.strip():
        raise NobodyToReach(say("Write down what is said before it is sent."))
    place = {"project_id": message.project_id, "audience_id": message.audience_id}
    people = session.scalars(people_to_reach(**place, today=today)).all()
    if not people:
        raise NobodyToReach(say("Nobody of this audience has an address. List people with their e-mail first."))
    lines = [line for line in message.body.splitlines() if line.strip()]
    for person in people:
        send_mail(
            session, person.email or "", say("%(subject)s", subject=message.name), lines,
            language=person.language or "en", at=at, user_id=person.user_id,
        )  # fmt: skip
    return len(people)
