"""When stories first came into a status, for figures about how long things take."""

from __future__ import annotations

from sqlalchemy import func, select

from implementor.foundation.measures import TimeOf, time_of
from implementor.foundation.model import Column
from implementor.foundation.words import Phrase, say
from implementor.stories.models import Story, StoryFact

REACHED: dict[str, Phrase] = {
    "ready": say("First ready"),
    "doing": say("First begun"),
    "validated": say("First validated"),
    "live": say("First live"),
}


def tell_status_times() -> None:
    """Let stories be measured by them."""
    time_of("story", *(TimeOf(f"first_{status}", label, _first(status)) for status, label in REACHED.items()))


def _first(status: str) -> Column:
    facts = select(func.min(StoryFact.at)).where(
        StoryFact.story_id == Story.id, StoryFact.kind == "status", StoryFact.after == status
    )
    return facts.correlate(Story).scalar_subquery()
