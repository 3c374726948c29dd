"""Telling those who must sign a gate that it waits for them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from implementor.foundation.permissions import SIGNED_IN, Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say
from implementor.notifications.news import News, NewsKind, news_kind
from implementor.notifications.notices import tell_people
from implementor.stages.gate_look import Look
from implementor.stages.gate_models import Gate
from implementor.stages.gate_queries import roles_held

REVIEW = "gate.review"


def declare_news() -> None:
    """What people can hear of gates."""
    news_kind(NewsKind(REVIEW, say("A gate waits for my signature"), SIGNED_IN, by_mail=True, order=20))


def tell_signers(session: Session, look: Look, gate: Gate, *, by: Actor, at: datetime) -> int:
    """Let those whose roles sign the gate know that it waits for them; returns how many. Who proposed it knows."""
    held = session.execute(roles_held(project_id=gate.project_id, roles=look.unsigned))
    wanted = {row.user_id for row in held} - {by.user_id}
    news = News(
        kind=REVIEW,
        key=f"{REVIEW}-{gate.id}-{at:%Y%m%d%H%M%S}",
        sentence=say("A gate of %(project)s waits for your signature", project=look.place.project_key),
        record=RecordRef("gate", gate.id),
        title=gate.title,
        page=f"/projects/{look.place.project_key}/gates/{gate.name}",
        at=at,
    )
    return tell_people(session, wanted, news)
